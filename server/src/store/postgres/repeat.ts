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

const featureNotSupported = "0A000";

/**
 * Whether a newer program has changed a table under a prepared statement, as it does while receivers are updated one
 * after another: the statement gives other columns than it was prepared with.
 */
export function isChangedTable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return code === featureNotSupported && String(message).includes("cached plan must not change result type");
}

/** How often work is run on another connection when the one that it had is lost. */
export const reconnectsAtMost = 3;

/**
 * Whether a connection was lost, as when a database is restarted or another takes its place. Work whose commit was not
 * asked for yet has changed nothing then.
 */
export function isLostConnection(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // Class 08, and 57P01 to 57P03: the server is being stopped, has crashed, or is not up yet.
  if (typeof code === "string" && /^(08...|57P0[123]|ECONNRESET|EPIPE|ECONNREFUSED)$/.test(code)) return true;
  return typeof message === "string" && /^Connection terminated|not queryable/.test(message);
}

/** Waits before work is run again: longer each time, and by chance, so that two rivals do not meet again. */
export function pauseBefore(repeats: number): Promise<void> {
  return setTimeout(Math.random() * Math.min(250, 5 * 2 ** repeats));
}
