import type { Documents } from "../documents/documents.ts";
import { afterDecline, afterShown, afterSnooze, readHistory } from "../renewal/history.ts";
import {
  type CurrentStage,
  currentStage,
  dueReminder,
  emptyHistory,
  type Reminder,
  type ReminderHistory,
} from "../renewal/reminder.ts";
import { type SnoozeOption, snoozeOptions } from "../renewal/snooze.ts";
import type { RenewalFacts } from "../renewal/status.ts";

/** `nothing_due`: there was no prompt to show, such as when another process has shown it today. */
export type ShownResult = { code: "shown" | "nothing_due" };

/** `until`: ISO 8601 in UTC, never past the licence's end. `snooze_option_unknown`: there is no such option. */
export type SnoozeResult =
  | { code: "snoozed"; until: string }
  | { code: "nothing_to_snooze" | "snooze_option_unknown" };

/** `nothing_to_decline`: there is no licence with an end. */
export type DeclineResult = { code: "declined" | "nothing_to_decline" };

/** Remembers what was shown, put off and declined. */
export interface ReminderKeeper {
  due(): Reminder | null;
  markShown(): ShownResult;
  snooze(option: SnoozeOption): SnoozeResult;
  decline(): DeclineResult;
  beginSession(): void;
}

/** Keeps the history in its document, read again each time: another process may have shown the prompt. */
export function createReminderKeeper(documents: Documents, readFacts: () => RenewalFacts): ReminderKeeper {
  let shownSinceStart = false;

  function historyOf({ licence }: RenewalFacts): ReminderHistory | undefined {
    if (licence === null) return undefined;
    const empty = emptyHistory(licence);
    const stored = documents.readJson("reminder", readHistory);
    return stored?.about === empty.about ? stored : empty;
  }

  function due(facts: RenewalFacts): Reminder | null {
    const history = historyOf(facts);
    return history === undefined ? null : dueReminder(facts, history, shownSinceStart);
  }

  return {
    due: () => due(readFacts()),
    markShown() {
      const facts = readFacts();
      const [history, current] = [historyOf(facts), currentStage(facts)];
      if (history === undefined || current === null || due(facts) === null) return { code: "nothing_due" };
      documents.writeJson("reminder", afterShown(facts, history, current));
      shownSinceStart = true;
      return { code: "shown" };
    },
    snooze(option) {
      if (!snoozeOptions.includes(option)) return { code: "snooze_option_unknown" };
      const facts = readFacts();
      const [history, current]: [ReminderHistory | undefined, CurrentStage | null] = [
        historyOf(facts),
        currentStage(facts),
      ];
      if (history === undefined || current === null) return { code: "nothing_to_snooze" };
      const after = afterSnooze(facts, history, current, option);
      documents.writeJson("reminder", after);
      shownSinceStart = true;
      return { code: "snoozed", until: new Date(after.snoozedUntil).toISOString() };
    },
    decline() {
      const facts = readFacts();
      const history = facts.licence?.expiresAt === null ? undefined : historyOf(facts);
      if (history === undefined) return { code: "nothing_to_decline" };
      documents.writeJson("reminder", afterDecline(history));
      return { code: "declined" };
    },
    beginSession() {
      shownSinceStart = false;
    },
  };
}
