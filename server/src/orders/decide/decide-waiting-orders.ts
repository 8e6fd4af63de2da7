import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, ProductId } from "../../words/ids.ts";
import { findOrdersOfLicence } from "../rows/orders.ts";
import type { OrderRow } from "../rows/schema.ts";
import type { DecidedOrder } from "./decide-order.ts";
import { decideSome } from "./decide-some.ts";
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
export const decideUnattributed = (
  tx: Tx,
  deps: DecidingDeps,
  orders: readonly OrderRow[],
  now: Instant,
): Promise<DecidedOrder[]> => {
  const isDue = ({ outcome }: OrderRow) => outcome === "unattributed";
  return decideSome(tx, deps, orders, { cause: "late_evidence", isDue }, now);
};

/**
 * Decides anew the orders of a licence that are credited and not released, or held: something was learnt of the
 * licence that may speak against a credit, or for one. The caller has the licence locked.
 */
export async function decideSuspects(
  tx: Tx,
  deps: DecidingDeps,
  licence: LicenceHash,
  now: Instant,
): Promise<DecidedOrder[]> {
  const isDue = ({ outcome, released_at }: OrderRow) => outcome !== "unattributed" && released_at === null;
  return decideSome(tx, deps, await findOrdersOfLicence(tx, licence), { cause: "licence_check", isDue }, now);
}
