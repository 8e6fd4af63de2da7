import { findOrdersOfEmail, listOrderRows } from "../orders/rows/order-lists.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as, type OrderKey, type PartnerId } from "../words/ids.ts";
import { openCustomer } from "./deal-conflicts.ts";
import { hashesOfCustomer } from "./deal-customer.ts";
import type { DealRow } from "./rows/schema.ts";

/** Another partner that sold to a deal's customer. Times are ISO 8601 in UTC. */
export interface EarlierSeller {
  partner: PartnerId;
  /** How many orders of the customer, of the deal's product, are credited to it. */
  orders: number;
  lastSoldAt: string;
}

/** So many of the newest credited orders are looked through for those of a domain, which no index finds. */
const mostOfDomain = 5_000;
const pageRows = 1_000;

/**
 * The other partners that the books credit with sales to a deal's customer, the latest first: of an address with the newest
 * 200 orders of it, of a domain with those among the newest 5,000 credited orders.
 */
export async function findEarlierSellers(
  tx: Tx,
  world: { hashes: Hashes },
  deal: DealRow,
): Promise<EarlierSeller[]> {
  const customer = openCustomer(world, deal);
  if (customer === undefined) return [];
  const { hash } = hashesOfCustomer(world, customer);
  const orders = isEmailAddress(customer)
    ? await findOrdersOfEmail(tx, world.hashes.email(customer))
    : await creditedOrders(tx, (one) => one.email_domain_hash === hash || one.email_site_hash === hash);
  const sellers = new Map<PartnerId, { orders: number; lastAt: Instant }>();
  for (const { outcome, partner_id, product, occurred_at } of orders) {
    const isOther = outcome === "credited" && partner_id !== null && partner_id !== deal.partner_id;
    const isOfProduct = deal.product === null || product === null || product === deal.product;
    if (!isOther || !isOfProduct) continue;
    const known = sellers.get(partner_id) ?? { orders: 0, lastAt: occurred_at };
    const lastAt = known.lastAt > occurred_at ? known.lastAt : occurred_at;
    sellers.set(partner_id, { orders: known.orders + 1, lastAt });
  }
  return [...sellers]
    .sort(([a, one], [b, other]) => other.lastAt - one.lastAt || (a < b ? -1 : 1))
    .map(([partner, { orders, lastAt }]) => ({ partner, orders, lastSoldAt: isoTime(lastAt) }));
}

async function creditedOrders(tx: Tx, isTheirs: (order: OrderRow) => boolean): Promise<OrderRow[]> {
  const found: OrderRow[] = [];
  let before: OrderKey = as.order("~");
  for (let read = 0; read < mostOfDomain; read += pageRows) {
    const rows = await listOrderRows(
      tx,
      { first: as.order(""), before, limit: pageRows },
      { outcome: "credited" },
    );
    found.push(...rows.filter(isTheirs));
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) break;
    before = last.order_key;
  }
  return found;
}
