import type { Deps } from "../deps/deps.ts";
import {
  type CustomerDocument,
  customerRow,
  openCustomerText,
  type SealedCustomer,
} from "../secrets/customer-seal.ts";
import { openIfSound } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { EmailHash, LicenceHash, OrderKey, PartnerId, ProductId } from "../words/ids.ts";
import { refuseCursor } from "../words/page-cursor.ts";
import { findSeller, type LinkedCustomer, listLinkedCustomers } from "./rows/licences.ts";
import { type CustomerPart, partsOf } from "./told-customer.ts";

/** Someone with a part in a licence of a product: whom the vendor may have to tell something. */
export interface CustomerOfProduct {
  /** The person, `cu_…`. One address can be several, since it is kept once for each who told of it. */
  customer: string;
  /** By which one address is known as one. */
  emailHash: EmailHash;
  /** Opened by `readCustomer` alone. */
  sealed: SealedCustomer;
  /** BCP 47; null where nobody told it. */
  language: string | null;
  product: ProductId;
  /** Null where the shop told none: then it is the order. */
  licence: LicenceHash | null;
  order: OrderKey | null;
  /** The licence's last four characters, where somebody told it. */
  licenceEnd: string | null;
  /** The version of the product, where it is known. */
  version: string | null;
  parts: CustomerPart[];
  /** Who sold the licence's last term; null for the vendor itself. The agreement of this partner says what may be sent. */
  partner: PartnerId | null;
  /** What the person agreed to being written about, beside what it bought; null where nothing is known of it. */
  consent: { version: string; at: Instant } | null;
  /** The partner that told of the person; null for the vendor and its shops. */
  toldBy: PartnerId | null;
}

/** Whose customers: of a product, and where a version is named without those who are known to have another. */
export interface CustomersQuestion {
  product: ProductId;
  /** `3` has in mind 3, 3.1 and 3.1.2. */
  version?: string | undefined;
  /** The `next` of an earlier page. */
  after?: string | undefined;
  limit?: number | undefined;
}

/**
 * A page of all who have a part in the licences of a product, in the order in which they became known. Pages can be read in
 * transactions of their own: `next` leads on from the same place whatever came or went meanwhile.
 */
export async function customersOf(
  tx: Tx,
  { product, version, after, limit = 200 }: CustomersQuestion,
): Promise<{ customers: CustomerOfProduct[]; next: string | null }> {
  const rows = await listLinkedCustomers(tx, { product, ...readCursor(after), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const customers: CustomerOfProduct[] = [];
  for (const row of shown)
    if (isVersion(row.version, version)) customers.push(await customerOf(tx, product, row));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    customers,
    next: last === undefined ? null : [last.customer_id, last.licence_hash, last.order_key].join("/"),
  };
}

/** Who a person is. */
export function readCustomer({ hashes }: Pick<Deps, "hashes">, sealed: SealedCustomer): CustomerDocument {
  return JSON.parse(openCustomerText(hashes, sealed)) as CustomerDocument;
}

/** The same, undefined where the row was changed by hand. */
export function readIfSound(
  { hashes }: Pick<Deps, "hashes">,
  { id, sealedFor, sealed }: SealedCustomer,
): CustomerDocument | undefined {
  const text = openIfSound(sealed, customerRow(id, sealedFor), hashes.customerKey);
  return text === undefined ? undefined : (JSON.parse(text) as CustomerDocument);
}

const isVersion = (known: string | null, asked: string | undefined): boolean =>
  asked === undefined || known === null || known === asked || known.startsWith(`${asked}.`);

function readCursor(after: string | undefined) {
  if (after === undefined) return { customer_id: "", licence_hash: "", order_key: "" };
  const [customer_id = "", licence_hash, order_key] = after.split("/");
  if (licence_hash === undefined || order_key === undefined) refuseCursor();
  return { customer_id, licence_hash, order_key };
}

async function customerOf(tx: Tx, product: ProductId, row: LinkedCustomer): Promise<CustomerOfProduct> {
  return {
    customer: row.customer_id,
    emailHash: row.email_hash,
    sealed: { id: row.customer_id, sealedFor: row.sealed_for, sealed: row.sealed },
    language: row.language,
    product,
    licence: row.licence_hash === "" ? null : row.licence_hash,
    order: row.order_key === "" ? null : row.order_key,
    licenceEnd: row.licence_end,
    version: row.version,
    parts: partsOf(row.parts),
    partner: (await findSeller(tx, row)).partner,
    consent:
      row.consent_version === null || row.consent_at === null
        ? null
        : { version: row.consent_version, at: row.consent_at },
    toldBy: row.told_by === "" ? null : row.told_by,
  };
}
