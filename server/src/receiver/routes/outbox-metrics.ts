import { Gauge } from "prom-client";
import type { Deps } from "../../deps/deps.ts";
import type { Metrics } from "../../http/metrics.ts";
import { countInState, findOldestPending } from "../../outbox/rows/lists.ts";
import { findNextDue } from "../../outbox/rows/work.ts";

const states = ["pending", "failed", "manual"] as const;

/** What the outbox holds, asked of the database when somebody scrapes. What was delivered is counted by each process. */
export function addOutboxMetrics(
  { registry, beforeScrape }: Metrics,
  { store, clock }: Pick<Deps, "store" | "clock">,
): void {
  const sinceSeconds = (at: number | null) => (at === null ? 0 : Math.max(0, (clock() - at) / 1000));
  const registers = [registry];
  const overdue = new Gauge({
    name: "tallystick_outbox_overdue_seconds",
    help: "How long the message that is due longest has been due",
    registers,
  });
  const oldest = new Gauge({
    name: "tallystick_outbox_oldest_seconds",
    help: "Age of the oldest message that is neither delivered, given up nor dropped",
    registers,
  });
  const messages = new Gauge({
    name: "tallystick_outbox_messages",
    help: "Messages that are not delivered",
    labelNames: ["state"],
    registers,
  });
  for (const state of states) messages.set({ state }, 0);
  beforeScrape(() =>
    store.read(async (tx) => {
      overdue.set(sinceSeconds(await findNextDue(tx)));
      oldest.set(sinceSeconds(await findOldestPending(tx)));
      for (const state of states) messages.set({ state }, await countInState(tx, state));
    }),
  );
}
