import { orderLoss } from "../../books/book.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash, OrderKey } from "../../words/ids.ts";
import { findOrdersOfLicence, findOrdersOfSubscription } from "../rows/orders.ts";
import { findLossesOfRelated } from "../rows/related-losses.ts";
import type { OrderRow } from "../rows/schema.ts";
import type { EarlierOrder } from "./evidence-source.ts";
import { isEarlier } from "./is-earlier.ts";

/** Another sale of the same subscription or licence, and what the two have in common. */
type RelatedOrder = Omit<EarlierOrder, "knownAt" | "lost">;

/** The other sales of the same subscription or licence, each once, whenever they were made. */
export async function findRelatedOrders(
  tx: Tx,
  order: OrderRow,
  licence: LicenceHash | null,
): Promise<RelatedOrder[]> {
  const found = new Map<string, RelatedOrder>();
  if (order.subscription_id !== null)
    for (const other of await findOrdersOfSubscription(tx, order.shop, order.subscription_id))
      found.set(other.order_key, { order: other, route: "subscription" });
  if (licence !== null)
    for (const other of await findOrdersOfLicence(tx, licence))
      if (!found.has(other.order_key))
        found.set(other.order_key, { order: other, route: "earlier_purchase" });
  found.delete(order.order_key);
  return [...found.values()];
}

/** How much of each related sale has gone back, from 0 to 1, by its key; sales that lost nothing are not named. */
export async function findLosses(
  tx: Tx,
  order: OrderRow,
  related: readonly RelatedOrder[],
  licence: LicenceHash | null,
): Promise<Map<OrderKey, number>> {
  const losses = new Map<OrderKey, number>();
  if (related.length === 0) return losses;
  const { shop, subscription_id } = order;
  const events = await findLossesOfRelated(tx, { licence_hash: licence, shop, subscription_id });
  for (const { order: other } of events.length === 0 ? [] : related) {
    const own = events.filter(({ order_key }) => order_key === other.order_key);
    const { lostNetMinor, netMinor, whole } = orderLoss(other, own);
    const lost = whole ? 1 : netMinor === 0 ? 0 : lostNetMinor / netMinor;
    if (lost > 0) losses.set(other.order_key, lost);
  }
  return losses;
}

/**
 * Those that were made before an order, the nearest first. Shops may tell purchases in any order, so a purchase counts
 * as known since the first one that was heard of, be it this one or one after it. What was installed by then stands
 * before what led to it, at this purchase and at every later one, whichever was told first.
 */
export function earlierOf(
  related: readonly RelatedOrder[],
  order: OrderRow,
  losses: ReadonlyMap<OrderKey, number>,
): EarlierOrder[] {
  const earlier = related.filter((one) => isEarlier(one.order, order));
  earlier.sort((a, b) => (isEarlier(a.order, b.order) ? 1 : -1));
  let knownAt = order.received_at;
  return earlier.map((one) => {
    if (one.order.received_at < knownAt) knownAt = one.order.received_at;
    return { ...one, knownAt, lost: losses.get(one.order.order_key) ?? 0 };
  });
}
