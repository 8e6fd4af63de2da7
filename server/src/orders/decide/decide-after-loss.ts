import type { LossRow } from "../../events/rows/events.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { lockLicence, lockSubscription } from "../record/order-names.ts";
import type { OrderRow } from "../rows/schema.ts";
import type { DecidedOrder } from "./decide-order.ts";
import { decideSome } from "./decide-some.ts";
import { isEarlier } from "./is-earlier.ts";
import { findRelatedOrders } from "./related-orders.ts";
import type { DecidingDeps } from "./ways.ts";

/**
 * Decides later sales of the same copy anew when money of an order went back, or came back again: what was refunded
 * hands nothing on, whenever it was. It waits for the sales that are recorded meanwhile: one of them that has not seen the
 * loss is then seen here.
 */
export async function decideAfterLoss(
  tx: Tx,
  deps: DecidingDeps,
  { order, losses }: { order: OrderRow; losses: readonly LossRow[] },
  now: Instant,
): Promise<DecidedOrder[]> {
  if (losses.length === 0 || (order.licence_hash === null && order.subscription_id === null)) return [];
  if (order.subscription_id !== null)
    await lockSubscription(tx, order.shop, order.subscription_id, order.order_key);
  if (order.licence_hash !== null) await lockLicence(tx, order.licence_hash, order.order_key);
  const related = (await findRelatedOrders(tx, order, order.licence_hash)).map((one) => one.order);
  const later = related.filter((one) => isEarlier(order, one));
  return decideSome(tx, deps, later, { cause: "earlier_refund" }, now);
}
