import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { LicenceHash, ProductId } from "../words/ids.ts";
import { type DecidedOrder, decideOrder } from "./decide-order.ts";
import { lockOrder } from "./order-names.ts";
import { findOrdersOfLicence } from "./rows/orders.ts";
import type { OrderRow } from "./rows/schema.ts";
import type { DecidingDeps } from "./ways.ts";

/** The copy that evidence came in for. */
export interface LateEvidence {
  licence: LicenceHash;
  product: ProductId;
}

/**
 * Decides the orders of a licence anew that nobody was credited for, as the evidence that just came in is what they
 * lacked. The caller has written the evidence in the same transaction, has the licence locked (`lockLicence`), and
 * reports what was decided once that is durable (`reportOrder`).
 */
export async function decideWaitingOrders(
  tx: Tx,
  deps: DecidingDeps,
  { licence, product }: LateEvidence,
  now: Instant,
): Promise<DecidedOrder[]> {
  const orders = await findOrdersOfLicence(tx, licence);
  const ofProduct = orders.filter((order) => order.product === null || order.product === product);
  return decideUnattributed(tx, deps, ofProduct, now);
}

/** Decides anew those of some orders that nobody was credited for. */
export async function decideUnattributed(
  tx: Tx,
  deps: DecidingDeps,
  orders: readonly OrderRow[],
  now: Instant,
): Promise<DecidedOrder[]> {
  const decided: DecidedOrder[] = [];
  for (const { order_key, outcome } of orders) {
    if (outcome !== "unattributed") continue;
    const order = await lockOrder(tx, order_key);
    if (order === undefined || order.outcome !== "unattributed") continue;
    decided.push(await decideOrder(tx, deps, { order, cause: "late_evidence", fresh: false }, now));
  }
  return decided;
}
