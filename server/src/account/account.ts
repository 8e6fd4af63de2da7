import type { Sharing } from "../agreements/agreement.ts";
import { readAgreement } from "../channel/change-agreement.ts";
import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import type { OrderSummary } from "../orders/explain/list-orders.ts";
import { exportPerson } from "../persons/persons.ts";
import { everyProduct } from "../registered-emails/rows/schema.ts";
import type { Tx } from "../store/store.ts";
import { instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { findGivenConsents } from "./rows/given-consents.ts";

/** Who sold something, and what that partner may see of it. */
export interface Seller {
  id: string;
  name: string;
  /** By the agreement that held on the day of the purchase. */
  sharing: Sharing;
}

/** One of a customer's purchases. */
export interface Purchase {
  order: OrderSummary;
  /** Nobody where no partner is credited. */
  seller: Seller | undefined;
}

/** What a partner registered of a customer's address. */
export interface GivenConsent {
  partner: string;
  partnerName: string;
  /** Null for every product. */
  product: string | null;
  registeredAt: string;
  /** Word for word; null where the partner keeps the words itself. */
  wording: string | null;
}

/** All that a customer is shown: what belongs to the address that was proved, and nothing else. */
export interface Account {
  purchases: Purchase[];
  consents: GivenConsent[];
}

/** Reads what is kept of an address. A licence is not among it: of each only a keyed hash is kept. */
export async function readAccount(deps: Deps, email: string): Promise<Account> {
  const { orders } = await exportPerson(deps, { email });
  return deps.store.read(async (tx) => {
    const purchases: Purchase[] = [];
    for (const order of orders) purchases.push({ order, seller: await sellerOf(tx, order) });
    const consents = await findGivenConsents(tx, deps.hashes.email(email));
    return {
      purchases: purchases.sort((one, other) => (one.order.occurredAt < other.order.occurredAt ? 1 : -1)),
      consents: consents.map((row) => ({
        partner: row.partner_id,
        partnerName: row.partner_name,
        product: row.product === everyProduct ? null : row.product,
        registeredAt: isoTime(row.registered_at),
        wording: row.wording === "" ? null : row.wording,
      })),
    };
  });
}

async function sellerOf(tx: Tx, { partner, occurredAt }: OrderSummary): Promise<Seller | undefined> {
  if (partner === null) return undefined;
  const found = await findPartner(tx, as.partner(partner));
  if (found === undefined) return undefined;
  const { sharing } = await readAgreement(tx, found.id, instant(Date.parse(occurredAt)));
  return { id: found.id, name: found.name, sharing };
}
