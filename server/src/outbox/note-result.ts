import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { Log } from "../words/log.ts";
import type { OutboxMessage } from "./adapter.ts";
import type { AttemptResult } from "./attempt.ts";
import { nextAttempt } from "./retry-schedule.ts";
import { noteAttempt, type Settlement, wakeNext } from "./rows/outbox.ts";
import type { OutboxRow } from "./rows/schema.ts";

/** What a row becomes after an attempt. */
export function settlementOf(
  row: Pick<OutboxRow, "id" | "attempts" | "tried_since">,
  result: AttemptResult,
  now: Instant,
  chance: number,
): Settlement {
  const { status } = result;
  const base = { id: row.id, status, problem: null, conversion_id: null, due_at: null, settled_at: now };
  switch (result.outcome) {
    case "delivered":
      return { ...base, state: "delivered", conversion_id: result.conversionId };
    case "manual":
      return { ...base, state: "manual", problem: result.problem };
    case "refused":
      return { ...base, state: "failed", problem: result.problem };
    case "retry": {
      const { problem, afterSeconds } = result;
      const tried = { attempts: row.attempts, triedSince: row.tried_since ?? now, afterSeconds };
      // What was ended by us was not the destination's fault: whoever comes next sends it.
      const due = problem === "stopped" ? now : nextAttempt(tried, now, chance);
      if (due === undefined) return { ...base, state: "failed", problem };
      return { ...base, state: "pending", problem, due_at: due, settled_at: null };
    }
  }
}

/** Notes what came of an attempt, and makes the next message of the order due. Nothing if the lease is lost. */
export async function noteResult(
  tx: Tx,
  row: OutboxRow,
  settlement: Settlement,
  now: Instant,
): Promise<boolean> {
  if (row.lease === null) throw new Error("what was claimed has a lease");
  if (!(await noteAttempt(tx, { ...settlement, lease: row.lease }))) return false;
  if (settlement.state === "delivered") await wakeNext(tx, row, now);
  return true;
}

/** Says in the log what came of an attempt. */
export function reportAttempt(
  log: Log,
  { facts, kind, key }: OutboxMessage,
  { destination_id, attempts }: OutboxRow,
  { state, status, problem }: Settlement,
): void {
  const about = {
    destination: destination_id,
    shop: facts.shop,
    order: facts.shopOrder,
    partner: facts.partner,
    evidence: facts.evidence,
    amountMinor: facts.creditMinor,
    currency: facts.currency,
    type: kind,
    eventId: key,
    attempt: attempts,
    status,
  };
  if (state === "delivered") log.info("postback.delivered", { ...about, reason: facts.cause });
  else
    log.warn("postback.failed", {
      ...about,
      outcome: state,
      reason: state === "manual" ? "unsupported" : problem,
    });
}
