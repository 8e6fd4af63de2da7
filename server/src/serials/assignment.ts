import type { Instant } from "../words/clock.ts";

/** What of an assignment says whether it is in force. */
export interface DatedAssignment {
  assignment_no: number;
  effective_from: Instant;
  recorded_at: Instant;
}

/**
 * The assignment in force when a copy was activated: the last that was effective by then. Of a batch that was not
 * assigned yet it is the first that was written down later, since the copy was sold before anybody wrote it down; one
 * that was dated ahead when it was recorded holds only from its date on.
 */
export function assignmentInForce<Assignment extends DatedAssignment>(
  history: readonly Assignment[],
  activatedAt: Instant,
): Assignment | undefined {
  const ordered = history.toSorted(
    (a, b) => a.effective_from - b.effective_from || a.assignment_no - b.assignment_no,
  );
  return (
    ordered.findLast(({ effective_from }) => effective_from <= activatedAt) ??
    ordered.find(({ effective_from, recorded_at }) => effective_from <= recorded_at)
  );
}

/** The part of a history that the receiver had been told by an instant. */
export const knownBy = <Assignment extends DatedAssignment>(
  history: readonly Assignment[],
  at: Instant,
): Assignment[] => history.filter(({ recorded_at }) => recorded_at <= at);
