import { Gauge, type Registry } from "prom-client";
import type { Deps } from "../deps/deps.ts";
import { countInState, findOldestPending } from "../outbox/rows/lists.ts";
import { findNextDue } from "../outbox/rows/work.ts";

const states = ["pending", "failed", "manual"] as const;

/** What the outbox holds, asked of the database when somebody scrapes. What was delivered is counted by each process. */
export function addOutboxMetrics(registry: Registry, { store, clock }: Pick<Deps, "store" | "clock">): void {
  const sinceSeconds = (at: number | null) => (at === null ? 0 : Math.max(0, (clock() - at) / 1000));
  new Gauge({
    name: "tallystick_outbox_overdue_seconds",
    help: "How long the message that is due longest has been due",
    registers: [registry],
    async collect() {
      this.set(sinceSeconds(await store.read(findNextDue)));
    },
  });
  new Gauge({
    name: "tallystick_outbox_oldest_seconds",
    help: "Age of the oldest message that is neither delivered, given up nor dropped",
    registers: [registry],
    async collect() {
      this.set(sinceSeconds(await store.read(findOldestPending)));
    },
  });
  new Gauge({
    name: "tallystick_outbox_messages",
    help: "Messages that are not delivered",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      for (const state of states) this.set({ state }, await store.read((tx) => countInState(tx, state)));
    },
  });
}
