import type { Deps } from "../../deps/deps.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { lockOrder } from "../record/order-names.ts";
import type { OrderRow } from "../rows/schema.ts";
import { deleteWaiting, insertWaiting, listWaiting } from "../rows/waiting-decisions.ts";
import { type DecidedOrder, type DecisionCause, decideOrder } from "./decide-order.ts";
import { isEarlier } from "./is-earlier.ts";
import { reportOrder } from "./report-order.ts";
import type { DecidingDeps } from "./ways.ts";

/** So many orders are decided anew in the transaction that gives the reason: nobody waits long for the writer. */
export const decidedAtOnce = 10;

/** Why orders are decided anew, and which of them as they stand when they are locked. */
export interface Again {
  cause: DecisionCause;
  isDue?: (order: OrderRow) => boolean;
}

/**
 * Decides some orders anew, the earliest first, as what one is credited for counts for the next. Beyond the first few
 * they wait for the job that does the rest.
 */
export async function decideSome(
  tx: Tx,
  deps: DecidingDeps,
  orders: readonly OrderRow[],
  { cause, isDue = () => true }: Again,
  now: Instant,
): Promise<DecidedOrder[]> {
  const sorted = orders.filter(isDue).sort((a, b) => (isEarlier(a, b) ? -1 : 1));
  const decided: DecidedOrder[] = [];
  for (const [index, { order_key }] of sorted.entries()) {
    if (index >= decidedAtOnce) {
      await insertWaiting(tx, { order_key, cause, waiting_since: now });
      continue;
    }
    const order = await lockOrder(tx, order_key);
    if (order !== undefined && order.joined_to === null && isDue(order))
      decided.push(await decideOrder(tx, deps, { order, cause, fresh: false }, now));
  }
  return decided;
}

const pageSize = 100;

/**
 * Decides the orders that wait for it, each in a transaction of its own, the earliest sale first. Safe to run at any
 * time and on many processes at once: an order is locked while it is decided.
 *
 * @returns how many were decided
 */
export async function decideWaiting(deps: Deps): Promise<number> {
  let count = 0;
  for (;;) {
    const page = await deps.store.read((tx) => listWaiting(tx, pageSize));
    if (page.length === 0) return count;
    for (const { order_key, cause } of page) {
      const now = deps.clock();
      const decided = await deps.store.write(async (tx) => {
        const order = await lockOrder(tx, order_key);
        await deleteWaiting(tx, order_key);
        if (order === undefined || order.joined_to !== null) return undefined;
        // Late evidence never moves what somebody was credited for meanwhile.
        if (cause === "late_evidence" && order.outcome !== "unattributed") return undefined;
        const again = { order, cause: cause as DecisionCause, fresh: false };
        return decideOrder(tx, deps, again, now);
      });
      if (decided !== undefined) reportOrder(deps.log, decided);
      count += 1;
    }
  }
}
