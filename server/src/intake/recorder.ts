import type { Deps } from "../deps/deps.ts";
import type { ConcealedEvent } from "../events/conceal-event.ts";
import { type OrderReport, reportsOf, waitingReport } from "../orders/decide/report-order.ts";
import type { DecidingDeps } from "../orders/decide/ways.ts";
import { recordEvent } from "../orders/record/record-event.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { ShopName } from "../words/ids.ts";

/** One event of a shop, and when it came. */
export interface ToRecord {
  shop: ShopName;
  event: ConcealedEvent;
  now: Instant;
}

/** What became of an event, with the lines that the log is to have of it. */
export type Recording = { status: "duplicate" } | { status: "recorded"; reports: OrderReport[] };

/** Records events of shops: resolves once what an event led to is durable. */
export interface Recorder {
  record(toRecord: ToRecord): Promise<Recording>;
}

/** Records on a store, in the caller's own thread. */
export function recorderOn(deps: DecidingDeps & Pick<Deps, "store">): Recorder {
  return {
    async record({ shop, event, now }) {
      const work = (tx: Tx) => recordEvent(tx, deps, { shop, event }, now);
      const result = await deps.store.write(work, { inGroup: true });
      if (result.status === "duplicate") return result;
      const waiting = result.waiting === undefined ? [] : [waitingReport(shop, result.waiting)];
      return { status: "recorded", reports: [...waiting, ...result.decided.flatMap(reportsOf)] };
    },
  };
}
