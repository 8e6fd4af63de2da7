import { type SerialStatus, serialStatuses } from "../protocol/index.ts";

/** What a registration stands on: the token that the copy carries, or the serial that it was activated with. */
export interface RegistrationGround {
  licence: string;
  /** Empty beside a serial. */
  tokenId: string;
  serial?: string | undefined;
}

/** One registration, kept between starts: waiting, or answered. The token itself stays in its own file. */
export interface RegistrationEntry extends RegistrationGround {
  /** The end of the licence that the receiver was told, ISO 8601; absent where the product keeps it to itself. */
  expiresAt?: string | undefined;
  attempts: number;
  /** Not before this, milliseconds since 1970. */
  retryAt: number;
  /** The receiver itself asked to wait, so that a new start waits too. */
  askedToWait: boolean;
  answer: RegistrationStanding | null;
}

/** What the receiver answered last. */
export interface RegistrationStanding {
  status: SerialStatus;
  partner: string | null;
  boundAt: string;
  /** The partner's display name, when the receiver told it. */
  partnerName?: string | undefined;
  /** When it was asked, milliseconds since 1970; absent in what an older SDK kept. */
  askedAt?: number | undefined;
}

/** More licences than this on one machine and in one account are not remembered. */
const maxEntries = 8;

const firstWaitMs = 5_000;
const longestWaitMs = 3_600_000;

/** No wait is longer than a day: a later `retryAt` was written under a clock that was ahead. */
const longestTrustedWaitMs = 86_400_000;

/** A registration that was never tried. */
export function newEntry(ground: RegistrationGround): RegistrationEntry {
  return { ...ground, attempts: 0, retryAt: 0, askedToWait: false, answer: null };
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

/**
 * Whether an entry is settled. One whose serial nobody had sold yet is asked about again, a day later. Pure.
 */
export const isSettled = ({ answer }: RegistrationEntry): boolean =>
  answer !== null && answer.status !== "unassigned";

/** A partner may change its name: the answer is asked for again after so long, when the product registers. */
const freshMs = 30 * 86_400_000;

/** Whether a settled answer need not be asked for again yet. Pure. */
export const isFresh = ({ answer }: RegistrationEntry, now: number): boolean =>
  Math.abs(now - (answer?.askedAt ?? 0)) < freshMs;

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
  ground: RegistrationGround,
): RegistrationEntry[] {
  return entries.filter((entry) => !standsOn(entry, ground));
}

/** Whether an entry is the one of a ground. Pure. */
export const standsOn = (
  entry: RegistrationEntry,
  { licence, tokenId, serial }: RegistrationGround,
): boolean => entry.licence === licence && entry.tokenId === tokenId && entry.serial === serial;

/** Reads a stored list; `undefined` when it is not one. */
export function readEntries(value: unknown): RegistrationEntry[] | undefined {
  return Array.isArray(value) && value.length <= maxEntries && value.every(isEntry) ? value : undefined;
}

function isEntry(value: unknown): value is RegistrationEntry {
  const { licence, tokenId, serial, expiresAt, attempts, retryAt, askedToWait, answer } = (value ??
    {}) as Record<string, unknown>;
  if (typeof licence !== "string" || typeof tokenId !== "string" || typeof askedToWait !== "boolean")
    return false;
  if (serial !== undefined && typeof serial !== "string") return false;
  if (expiresAt !== undefined && typeof expiresAt !== "string") return false;
  if (!Number.isSafeInteger(attempts) || !Number.isSafeInteger(retryAt)) return false;
  return answer === null || isAnswer(answer);
}

function isAnswer(value: unknown): boolean {
  const { status, partner, boundAt, partnerName, askedAt = 0 } = (value ?? {}) as Record<string, unknown>;
  return (
    serialStatuses.some((name) => name === status) &&
    (partner === null || typeof partner === "string") &&
    typeof boundAt === "string" &&
    (partnerName === undefined || typeof partnerName === "string") &&
    Number.isSafeInteger(askedAt)
  );
}
