import { setTimeout } from "node:timers/promises";

/** How often work is run again before its error is the caller's. */
export const repeatsAtMost = 10;

// https://www.postgresql.org/docs/current/errcodes-appendix.html, class 40
const serializationFailure = "40001";
const deadlockDetected = "40P01";

/** Whether the engine gave up a transaction only because of what ran beside it. */
export function isWorthRepeating(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === serializationFailure || code === deadlockDetected;
}

// Class 26 and 42: the statement is not there, or was there already.
const invalidStatementName = "26000";
const duplicatePreparedStatement = "42P05";

/**
 * Whether a prepared statement was not where it was left. A pooler that lends connections for a transaction each, and
 * knows nothing of prepared statements, mixes up whose are whose.
 */
export function isLostStatement(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === invalidStatementName || code === duplicatePreparedStatement;
}

/** Waits before work is run again: longer each time, and by chance, so that two rivals do not meet again. */
export function pauseBefore(repeats: number): Promise<void> {
  return setTimeout(Math.random() * Math.min(250, 5 * 2 ** repeats));
}
