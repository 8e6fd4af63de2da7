import { isTime } from "./calendar.ts";
import type { CurrentStage, ReminderHistory } from "./reminder.ts";
import { type SnoozeOption, snoozeEndsAt } from "./snooze.ts";
import { type Stage, stagesDays } from "./stage.ts";
import { effectiveNow, type RenewalFacts } from "./status.ts";

/** The history after a prompt was shown. Pure. */
export function afterShown(
  facts: RenewalFacts,
  history: ReminderHistory,
  current: CurrentStage,
): ReminderHistory {
  return { ...history, shownStage: current.stage, shownAt: effectiveNow(facts), snoozedUntil: null };
}

/** The history after the customer put a prompt off; who puts one off has seen it. Pure. */
export function afterSnooze(
  facts: RenewalFacts,
  history: ReminderHistory,
  current: CurrentStage,
  option: SnoozeOption,
): ReminderHistory & { snoozedUntil: number } {
  const snoozedUntil = snoozeEndsAt(option, facts, current.term, current.stage);
  return { ...afterShown(facts, history, current), snoozedUntil };
}

/** The history after the customer said no for this term. Pure. */
export const afterDecline = (history: ReminderHistory): ReminderHistory => ({ ...history, declined: true });

/** Reads a stored history; `undefined` when it is not one. */
export function readHistory(value: unknown): ReminderHistory | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { about, shownStage, shownAt, snoozedUntil, declined = false } = value as Record<string, unknown>;
  if (typeof about !== "string" || !isTimeOrNull(shownAt) || !isTimeOrNull(snoozedUntil)) return undefined;
  if (shownStage !== null && !stagesDays.includes(shownStage as Stage)) return undefined;
  if (typeof declined !== "boolean") return undefined;
  return { about, shownStage: shownStage as Stage | null, shownAt, snoozedUntil, declined };
}

function isTimeOrNull(value: unknown): value is number | null {
  return value === null || isTime(value);
}
