import { setTimeout as pause } from "node:timers/promises";
import type { Deps } from "../deps/deps.ts";
import type { Sender } from "../outgoing/send-request.ts";
import { instant } from "../words/clock.ts";
import type { NetworkAdapters } from "./adapter.ts";
import { type AttemptResult, attemptDelivery, messageOf } from "./attempt.ts";
import { type ClaimedRow, claimRound } from "./claim-round.ts";
import { type LaneLimits, Lanes } from "./lanes.ts";
import { noteResult, reportAttempt, settlementOf } from "./note-result.ts";
import { adapterOf, openDestination } from "./open-destination.ts";
import { markDropped, wakeNext } from "./rows/outbox.ts";
import { findNextDue } from "./rows/work.ts";

/** How a worker works. */
export interface WorkerOptions extends LaneLimits {
  sender: Sender;
  networks: NetworkAdapters;
  /** The longest pause between two looks at the database. */
  pollMilliseconds?: number;
  /** How long a claim lasts when its worker dies; more than a request may take. */
  leaseMilliseconds?: number;
  /** From 0 up to, and not with, 1. */
  chance?: () => number;
}

/** A worker that sends what is due, until it is stopped. Any number may work on one database. */
export interface OutboxWorker {
  /** Something may be due: looks soon rather than at the next turn. Cheap enough for every purchase. */
  wake(): void;
  /** Claims no more, waits so long for what is under way, then breaks it off and gives it back. Idempotent. */
  stop(withinMilliseconds: number): Promise<void>;
}

type Needs = Pick<Deps, "store" | "clock" | "log" | "hashes">;

/** However often a worker is woken from outside, it looks at the database no more often than this. */
const soonMilliseconds = 25;

/** Starts a worker. It touches the database only to look, to claim and to note: never while it waits for an answer. */
export function startOutboxWorker(deps: Needs, options: WorkerOptions): OutboxWorker {
  const { sender, pollMilliseconds = 2_000, chance = Math.random } = options;
  const { leaseMilliseconds = sender.wholeMilliseconds * 4 } = options;
  const lanes = new Lanes(options);
  const underWay = new Set<Promise<void>>();
  const breaking = new AbortController();
  let woken = Promise.withResolvers<void>();
  let stopping = false;
  const wake = () => woken.resolve();

  const start = (claimed: ClaimedRow) => {
    const ended = deliver(deps, options, claimed, breaking.signal, chance()).then(
      (isWell) => lanes.leave(claimed.destination.id, isWell),
      (error: unknown) => {
        // It could not be noted, so it is due again when its lease ends.
        lanes.leave(claimed.destination.id, false);
        deps.log.error("server.failed", { cause: "outbox" }, error);
      },
    );
    underWay.add(ended);
    void ended.finally(() => {
      underWay.delete(ended);
      wake();
    });
  };

  /** Returns how long to pause. */
  const round = async (): Promise<number> => {
    const now = deps.clock();
    const due = await deps.store.read(findNextDue);
    if (due === null || lanes.left <= 0) return pollMilliseconds;
    if (due > now) return Math.min(pollMilliseconds, due - now);
    const claimed = await claimRound(deps.store, lanes, { now, leaseMilliseconds, chance: chance() });
    for (const one of claimed) start(one);
    return claimed.length > 0 ? 0 : pollMilliseconds;
  };

  const run = async () => {
    while (!stopping) {
      const milliseconds = await round().catch((error: unknown) => {
        deps.log.error("server.failed", { cause: "outbox" }, error);
        return pollMilliseconds;
      });
      if (milliseconds === 0) continue;
      await Promise.race([
        pause(milliseconds, undefined, { ref: false, signal: breaking.signal }),
        woken.promise,
      ]).catch(() => {});
      woken = Promise.withResolvers();
      if (!stopping) await pause(underWay.size > 0 ? 1 : soonMilliseconds, undefined, { ref: false });
    }
  };
  const running = run();
  let stopped: Promise<void> | undefined;
  const stop = async (withinMilliseconds: number) => {
    stopping = true;
    wake();
    await running;
    const timer = setTimeout(() => breaking.abort(), withinMilliseconds);
    await Promise.all(underWay);
    clearTimeout(timer);
    breaking.abort();
    await sender.close();
  };
  return { wake, stop: (within) => (stopped ??= stop(within)) };
}

/** Sends one message and notes what came of it. Returns whether its destination is well. */
async function deliver(
  deps: Needs,
  options: WorkerOptions,
  { row, destination, conversionId }: ClaimedRow,
  signal: AbortSignal,
  chance: number,
): Promise<boolean> {
  if (destination.status === "removed") {
    await dropForgotten(deps, row);
    return true;
  }
  // A process that stood still since it claimed this must not send what another may be sending by now.
  const begins = deps.clock();
  if (row.due_at === null || begins + options.sender.wholeMilliseconds > row.due_at) return true;
  const message = messageOf(row, conversionId);
  const result = await attempt();
  const now = deps.clock();
  const settlement = settlementOf(row, result, now, chance);
  const isNoted = await deps.store.write((tx) => noteResult(tx, row, settlement, now));
  if (isNoted) reportAttempt(deps.log, message, row, settlement);
  return result.outcome !== "retry";

  async function attempt(): Promise<AttemptResult> {
    const adapter = adapterOf(destination, options.networks);
    if (adapter === undefined) return { outcome: "retry", status: null, problem: "network_not_configured" };
    try {
      const opened = openDestination(destination, deps.hashes, begins);
      return await attemptDelivery({ message, adapter, destination: opened }, options.sender, begins, signal);
    } catch {
      return { outcome: "retry", status: null, problem: "secret_not_readable" };
    }
  }
}

async function dropForgotten({ store, clock }: Needs, row: ClaimedRow["row"]): Promise<void> {
  const now = instant(clock());
  await store.write(async (tx) => {
    const drop = { id: row.id, note: "Its destination was removed.", now };
    if (await markDropped(tx, drop)) await wakeNext(tx, row, now);
  });
}
