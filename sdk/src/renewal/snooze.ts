import { dayMs } from "./calendar.ts";
import type { Term } from "./licence.ts";
import { nextStage, type Stage } from "./stage.ts";
import { effectiveNow, graceEndsAtMs, type RenewalFacts } from "./status.ts";

/** One way of putting a reminder off: for a day, for three days, or until the next stage. */
export type SnoozeOption = "1d" | "3d" | "next_stage";

/** How long a customer may put a reminder off, shortest first. */
export const snoozeOptions: readonly SnoozeOption[] = ["1d", "3d", "next_stage"];

/** The ways that end before the licence does (in grace: before the grace days do). Pure. */
export function offeredSnoozes(facts: RenewalFacts, term: Term, stage: Stage): SnoozeOption[] {
  const latest = latestSnoozeEnd(facts, term);
  return snoozeOptions.filter((option) => (wishedEnd(option, facts, term, stage) ?? Infinity) <= latest);
}

/** When a snooze ends, milliseconds since 1970; never past the licence's end, whatever was wished. Pure. */
export function snoozeEndsAt(option: SnoozeOption, facts: RenewalFacts, term: Term, stage: Stage): number {
  const latest = latestSnoozeEnd(facts, term);
  return Math.min(wishedEnd(option, facts, term, stage) ?? latest, latest);
}

function latestSnoozeEnd(facts: RenewalFacts, term: Term): number {
  return effectiveNow(facts) < term.expiresAtMs ? term.expiresAtMs : graceEndsAtMs(term, facts);
}

function wishedEnd(option: SnoozeOption, facts: RenewalFacts, term: Term, stage: Stage): number | undefined {
  if (option !== "next_stage") return effectiveNow(facts) + (option === "1d" ? 1 : 3) * dayMs;
  const next = nextStage(stage);
  return next === undefined ? undefined : facts.calendar.startOf(term.expiryDay - next);
}
