import { customerFor } from "../agreements/customer-for.ts";
import type { Viewer } from "../agreements/view-for.ts";
import { readAgreementVersion } from "../channel/change-agreement.ts";
import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import type { FindContact } from "../orders/explain/partner-orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import type { CustomerDocument } from "../secrets/customer-seal.ts";
import { unopened } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { cutPage, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { readIfSound } from "./customers-of.ts";
import { nameOf } from "./organisations.ts";
import { findSeller, listLicencesOfCustomer, partnerNow } from "./rows/licences.ts";
import { findOrganisation } from "./rows/organisations.ts";
import {
  deleteCustomer,
  findCustomer,
  findToldCustomer,
  listCustomerRows,
  listCustomersNear,
} from "./rows/people.ts";
import type { CustomerLicenceRow, CustomerRow } from "./rows/schema.ts";
import { type CustomerPart, partsOf } from "./told-customer.ts";

/** A licence in which somebody has a part. */
export interface ShownLicence {
  product: string | null;
  /** The last four characters, where somebody told the licence. */
  licenceEnd: string | null;
  version: string | null;
  parts: CustomerPart[];
}

/** A person among customers as the partner sees it who sold the licences. */
export interface PartnerCustomer {
  customer: string;
  email: string;
  name: string | null;
  address: string | null;
  language: string | null;
  /** The organisation's name. */
  organisation: string | null;
  licences: ShownLicence[];
}

/** A person among customers as the vendor sees it. Times are ISO 8601 in UTC. */
export interface Customer extends Omit<PartnerCustomer, "organisation" | "licences"> {
  source: CustomerRow["source"];
  /** The partner that told of it; null for the vendor and its shops. */
  toldBy: string | null;
  organisation: { id: string; name: string } | null;
  /** The parts in whatever the organisation buys. */
  organisationParts: CustomerPart[];
  consent: { version: string; at: string } | null;
  addedAt: string;
  changedAt: string;
  /** Each with the partner who sold its last term; null for the vendor. */
  licences: (ShownLicence & { partner: string | null; order: string | null })[];
}

/** Which customers to list. */
export interface CustomerFilter {
  organisation?: string | undefined;
  product?: string | undefined;
  limit?: number | undefined;
  /** The `next` of an earlier page. */
  after?: string | undefined;
}

type World = Pick<Deps, "store" | "clock" | "hashes">;

/** A page of customers for the vendor, in the order in which they became known. */
export async function listCustomers(
  deps: World,
  { organisation, product, limit, after = "" }: CustomerFilter = {},
): Promise<{ customers: Customer[]; next: string | null }> {
  const most = rowsOfPage(limit);
  return deps.store.read(async (tx) => {
    const rows = await listCustomerRows(tx, { organisation, product, after, limit: most + 1 });
    const { shown, next } = cutPage(rows, most, ({ customer_id }) => customer_id);
    const customers: Customer[] = [];
    for (const row of shown) customers.push(await forVendor(tx, deps, row));
    return { customers, next };
  });
}

/**
 * One customer for the vendor.
 *
 * @throws {Refusal} `customer_unknown`
 */
export async function showCustomer(deps: World, customer: string): Promise<Customer> {
  return deps.store.read(async (tx) => {
    const row = await findCustomer(tx, customer);
    if (row === undefined) throw new Refusal("customer_unknown", `There is no customer ${customer}.`);
    return forVendor(tx, deps, row);
  });
}

/** Who somebody is; of a row that was changed by hand only that it cannot be opened, so that the others are shown. */
const documentOf = (deps: Pick<Deps, "hashes">, row: CustomerRow): CustomerDocument =>
  readIfSound(deps, { id: row.customer_id, sealedFor: row.sealed_for, sealed: row.sealed }) ?? {
    email: unopened,
  };

async function forVendor(tx: Tx, deps: World, row: CustomerRow): Promise<Customer> {
  const organisation =
    row.organisation_id === null ? undefined : await findOrganisation(tx, row.organisation_id);
  const licences: Customer["licences"] = [];
  for (const one of await listLicencesOfCustomer(tx, row.customer_id)) {
    const { partner } = await findSeller(tx, one);
    licences.push({ ...shownLicence(one), partner, order: one.order_key === "" ? null : one.order_key });
  }
  return {
    ...whoIs(deps, row),
    source: row.source,
    toldBy: row.told_by === "" ? null : row.told_by,
    organisation:
      organisation === undefined
        ? null
        : { id: organisation.organisation_id, name: nameOf(deps, organisation) },
    organisationParts: partsOf(row.organisation_parts),
    consent:
      row.consent_version === null || row.consent_at === null
        ? null
        : { version: row.consent_version, at: isoTime(row.consent_at) },
    addedAt: isoTime(row.added_at),
    changedAt: isoTime(row.changed_at),
    licences,
  };
}

function whoIs(deps: World, row: CustomerRow) {
  const { email, name, address } = documentOf(deps, row);
  return {
    customer: row.customer_id,
    email,
    name: name ?? null,
    address: address ?? null,
    language: row.language,
  };
}

const shownLicence = ({ product, licence_end, version, parts }: CustomerLicenceRow): ShownLicence => ({
  product: product === "" ? null : product,
  licenceEnd: licence_end,
  version,
  parts: partsOf(parts),
});

/**
 * A page of a partner's customers: of the licences whose last term it sold, while its agreement shares everything. Empty
 * under any other, and once its agreement has ended.
 */
export async function listPartnerCustomers(
  deps: World,
  partner: PartnerId,
  { limit, after = "" }: Pick<CustomerFilter, "limit" | "after"> = {},
): Promise<{ customers: PartnerCustomer[]; next: string | null }> {
  const most = rowsOfPage(limit);
  return deps.store.read(async (tx) => {
    const viewer = await viewerNow(tx, partner, deps.clock());
    const found: PartnerCustomer[] = [];
    if (viewer.sharing !== "full") return { customers: found, next: null };
    let from = after;
    // One more than is shown tells whether a page follows: a hidden row is never where one begins.
    while (found.length <= most) {
      const rows = await listCustomersNear(tx, { partner_id: partner, after: from, limit: most + 1 });
      for (const row of rows) {
        const shown = await forPartner(tx, deps, viewer, row);
        if (shown !== undefined) found.push(shown);
      }
      from = rows.at(-1)?.customer_id ?? from;
      if (rows.length <= most) break;
    }
    const { shown, next } = cutPage(found, most, ({ customer }) => customer);
    return { customers: shown, next };
  });
}

/**
 * Who bought an order, for a partner's view of it: what the vendor or its shops told of the buyer's address, or else what
 * the partner told itself, while its agreement shares everything and as long as it is the one who sold the last term.
 */
export const contactOfOrder =
  (deps: World): FindContact =>
  async (tx, { partner }, order) => {
    const { email_hash: address } = order;
    const viewer = await viewerNow(tx, partner, deps.clock());
    if (address === null || viewer.sharing !== "full") return undefined;
    for (const teller of ["", partner] as const) {
      const row = await findToldCustomer(tx, address, teller);
      if (row === undefined || !(await isOwnBuyer(tx, viewer, { row, order }))) continue;
      const { email, name } = whoIs(deps, row);
      return { email, name };
    }
    return undefined;
  };

/** Whether a partner may see a person as the buyer of an order: by the link to its licence, or to the order itself. */
async function isOwnBuyer(
  tx: Tx,
  viewer: Viewer,
  { row, order }: { row: CustomerRow; order: Pick<OrderRow, "order_key" | "licence_hash"> },
): Promise<boolean> {
  const licences = [];
  for (const one of await listLicencesOfCustomer(tx, row.customer_id)) {
    const isOfOrder =
      one.licence_hash === "" ? one.order_key === order.order_key : one.licence_hash === order.licence_hash;
    if (isOfOrder) licences.push(await findSeller(tx, one));
  }
  const toldBy = row.told_by === "" ? null : await partnerNow(tx, row.told_by);
  return customerFor(viewer, { toldBy, licences }) !== undefined;
}

async function viewerNow(tx: Tx, partner: PartnerId, now: Instant): Promise<Viewer> {
  const { agreement } = await readAgreementVersion(tx, partner, now);
  const row = await findPartner(tx, partner);
  return { partner, sharing: row?.status === "active" ? agreement.sharing : "none" };
}

async function forPartner(
  tx: Tx,
  deps: World,
  viewer: Viewer,
  row: CustomerRow,
): Promise<PartnerCustomer | undefined> {
  const rows = await listLicencesOfCustomer(tx, row.customer_id);
  const sold = [];
  for (const one of rows) sold.push({ licence: one, ...(await findSeller(tx, one)) });
  const toldBy = row.told_by === "" ? null : await partnerNow(tx, row.told_by);
  const own = customerFor(viewer, { toldBy, licences: sold });
  if (own === undefined) return undefined;
  const organisation =
    row.organisation_id === null ? undefined : await findOrganisation(tx, row.organisation_id);
  return {
    ...whoIs(deps, row),
    organisation: organisation === undefined ? null : nameOf(deps, organisation),
    licences: own.map(({ licence }) => shownLicence(licence)),
  };
}

/**
 * Removes a person from the customers; a partner what it told itself. Orders and registrations stay.
 *
 * @throws {Refusal} `customer_unknown`, in the same words for one that is not there and for one that another told
 */
export async function removeCustomer(
  deps: World,
  { customer, partner }: { customer: string; partner?: PartnerId },
): Promise<{ customer: string; status: "removed" }> {
  await deps.store.write(async (tx) => {
    const row = await findCustomer(tx, customer);
    if (row === undefined || (partner !== undefined && row.told_by !== partner))
      throw new Refusal("customer_unknown", `There is no customer ${customer}.`);
    await deleteCustomer(tx, customer);
  });
  return { customer, status: "removed" };
}
