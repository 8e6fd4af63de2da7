import { addDays, type Instant, instant } from "../words/clock.ts";

const firstCeilingMilliseconds = 5_000;
const lastCeilingMilliseconds = 6 * 3_600_000;
const longestAskedWaitMilliseconds = 86_400_000;
const givenUpAfterDays = 3;

/** What is known of a message whose attempt failed. */
export interface FailedAttempt {
  /** How often it was tried, from 1. */
  attempts: number;
  triedSince: Instant;
  /** What the destination asked for by Retry-After. */
  afterSeconds?: number | undefined;
}

/**
 * When a message is tried again: after a random time below a ceiling that doubles from 5 seconds to 6 hours ("full
 * jitter"), so that a destination that comes back is not met by everything at once. The last attempt is made three
 * days after the first; then there is none, and the message is given up.
 *
 * @param chance from 0 up to, and not with, 1
 */
export function nextAttempt(
  { attempts, triedSince, afterSeconds = 0 }: FailedAttempt,
  now: Instant,
  chance: number,
): Instant | undefined {
  const end = addDays(triedSince, givenUpAfterDays);
  if (now >= end) return undefined;
  const ceiling = Math.min(lastCeilingMilliseconds, firstCeilingMilliseconds * 2 ** (attempts - 1));
  const asked = Math.min(longestAskedWaitMilliseconds, Math.max(0, afterSeconds) * 1000);
  return instant(Math.min(end, now + Math.max(asked, Math.floor(chance * ceiling))));
}
