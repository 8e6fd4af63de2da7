import type { Licence, Term } from "./licence.ts";
import { readTerm } from "./licence.ts";
import { offeredSnoozes, type SnoozeOption } from "./snooze.ts";
import { type Stage, stageAt } from "./stage.ts";
import { effectiveNow, graceEndsAtMs, type RenewalFacts } from "./status.ts";

/** A prompt that is due now. */
export interface Reminder {
  /** Days remaining at this stage: 30, 14, 7, 3, 1, 0, and -3, -7, -14 in grace. */
  stage: Stage;
  /** Grows towards the end: how strongly to show it, at most. */
  urgency: "low" | "medium" | "high";
  /** `billing_problem`: the licence would renew by itself, but the payment is known to fail. */
  reason: "expiring" | "billing_problem";
  /** What to offer; empty when the end is too near to put anything off. */
  snoozeOptions: SnoozeOption[];
}

/** What was shown of one licence term, kept between starts. Times in milliseconds since 1970. */
export interface ReminderHistory {
  /** The licence term it is about: with a new term the history begins anew. */
  about: string;
  shownStage: Stage | null;
  shownAt: number | null;
  snoozedUntil: number | null;
  /** The customer does not want to be asked again in this term. */
  declined: boolean;
}

/** The stage a licence is in, whether or not its prompt is due. */
export interface CurrentStage {
  stage: Stage;
  term: Term;
}

/** What was shown of a term that nothing was shown of yet. */
export function emptyHistory(licence: Licence): ReminderHistory {
  const about = `${licence.id} ${licence.expiresAt}`;
  return { about, shownStage: null, shownAt: null, snoozedUntil: null, declined: false };
}

/**
 * The prompt that is due, or `null`. At most one a day and one a process start, each stage once unless it was
 * put off; none while the licence renews by itself, but for a billing problem, and none after a no. Pure.
 */
export function dueReminder(
  facts: RenewalFacts,
  history: ReminderHistory,
  shownSinceStart: boolean,
): Reminder | null {
  const current = currentStage(facts);
  if (current === null || shownSinceStart || wasShownToday(facts, history)) return null;
  if (history.declined || isPutOff(current.stage, history, effectiveNow(facts))) return null;
  const billingProblem = facts.licence?.willRenew === true;
  return {
    stage: current.stage,
    urgency: urgencyOf(current.stage, billingProblem),
    reason: billingProblem ? "billing_problem" : "expiring",
    snoozeOptions: offeredSnoozes(facts, current.term, current.stage),
  };
}

/** The stage in which something may be shown or put off; `null` when there is nothing to say. Pure. */
export function currentStage(facts: RenewalFacts): CurrentStage | null {
  const { licence, calendar } = facts;
  if (licence === null || (licence.willRenew && !licence.billingProblem)) return null;
  const term = readTerm(licence, calendar);
  const now = effectiveNow(facts);
  if (term === null || (now >= term.expiresAtMs && now >= graceEndsAtMs(term, facts))) return null;
  const stage = stageAt(term.expiryDay - calendar.dayOf(now));
  return stage === undefined ? null : { stage, term };
}

function wasShownToday(facts: RenewalFacts, history: ReminderHistory): boolean {
  if (history.shownAt === null) return false;
  return facts.calendar.dayOf(history.shownAt) === facts.calendar.dayOf(effectiveNow(facts));
}

/** A snooze that has ended makes the prompt due again, though its stage was shown. */
function isPutOff(stage: Stage, history: ReminderHistory, now: number): boolean {
  if (history.snoozedUntil !== null) return now < history.snoozedUntil;
  return history.shownStage !== null && history.shownStage <= stage;
}

function urgencyOf(stage: Stage, billingProblem: boolean): Reminder["urgency"] {
  if (stage <= 1) return "high";
  return stage <= 7 || billingProblem ? "medium" : "low";
}
