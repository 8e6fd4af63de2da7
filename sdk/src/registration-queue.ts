import { type BindingStatus, bindingStatuses } from "./protocol/index.ts";

/** One registration, kept between starts: waiting, or answered. The token itself stays in its own file. */
export interface RegistrationEntry {
  licence: string;
  tokenId: string;
  attempts: number;
  /** Not before this, milliseconds since 1970. */
  retryAt: number;
  /** The receiver itself asked to wait, so that a new start waits too. */
  askedToWait: boolean;
  answer: { status: BindingStatus; partner: string; boundAt: string } | null;
}

/** More licences than this on one machine and in one account are not remembered. */
const maxEntries = 8;

const firstWaitMs = 5_000;
const longestWaitMs = 3_600_000;

/** No wait is longer than a day: a later `retryAt` was written under a clock that was ahead. */
const longestTrustedWaitMs = 86_400_000;

/** A registration that was never tried. */
export function newEntry(licence: string, tokenId: string): RegistrationEntry {
  return { licence, tokenId, attempts: 0, retryAt: 0, askedToWait: false, answer: null };
}

/** The entry after a failed attempt: waits 5 s, 10 s, 20 s … up to an hour, or as long as the receiver asks. Pure. */
export function afterFailure(
  entry: RegistrationEntry,
  now: number,
  retryAfterMs: number | undefined,
): RegistrationEntry {
  const wait = retryAfterMs ?? Math.min(firstWaitMs * 2 ** Math.min(entry.attempts, 20), longestWaitMs);
  const askedToWait = retryAfterMs !== undefined;
  return { ...entry, attempts: entry.attempts + 1, retryAt: now + wait, askedToWait };
}

/** Whether an entry still has to wait. Pure. */
export function mustWait(entry: RegistrationEntry, now: number): boolean {
  return entry.retryAt > now && entry.retryAt - now <= longestTrustedWaitMs;
}

/** The list with an entry in its place; the oldest gives way. Pure. */
export function withEntry(
  entries: readonly RegistrationEntry[],
  entry: RegistrationEntry,
): RegistrationEntry[] {
  return [...withoutEntry(entries, entry), entry].slice(-maxEntries);
}

/** The list without an entry. Pure. */
export function withoutEntry(
  entries: readonly RegistrationEntry[],
  entry: Pick<RegistrationEntry, "licence" | "tokenId">,
): RegistrationEntry[] {
  return entries.filter(({ licence, tokenId }) => licence !== entry.licence || tokenId !== entry.tokenId);
}

/** Reads a stored list; `undefined` when it is not one. */
export function readEntries(value: unknown): RegistrationEntry[] | undefined {
  return Array.isArray(value) && value.length <= maxEntries && value.every(isEntry) ? value : undefined;
}

function isEntry(value: unknown): value is RegistrationEntry {
  const { licence, tokenId, attempts, retryAt, askedToWait, answer } = (value ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof licence !== "string" || typeof tokenId !== "string" || typeof askedToWait !== "boolean")
    return false;
  if (!Number.isSafeInteger(attempts) || !Number.isSafeInteger(retryAt)) return false;
  return answer === null || isAnswer(answer);
}

function isAnswer(value: unknown): boolean {
  const { status, partner, boundAt } = (value ?? {}) as Record<string, unknown>;
  return (
    bindingStatuses.some((name) => name === status) &&
    typeof partner === "string" &&
    typeof boundAt === "string"
  );
}
