import type { Documents } from "../documents/documents.ts";
import { dayMs, isTime } from "../renewal/calendar.ts";

/** The time now and the latest time seen before, milliseconds since 1970. */
interface SeenTime {
  now: number;
  lastSeenAt: number;
}

/** Remembers the latest time this customer's clock has shown, so that a clock set back is noticed. */
export interface LastSeen {
  observe(): SeenTime;
  /** When this copy was first started, milliseconds since 1970; 0 for a copy that is older than this record. */
  firstSeenAt(): number;
  /** A trusted clock says that the remembered time is ahead: a clock once wrong must not punish for years. */
  correct(trustedNow: number | undefined): void;
  /** The licence has changed: what was seen under the old one says nothing about the new one. */
  reset(): void;
}

/** Written once an hour at most: a read of the status must not become a write. */
const writeEveryMs = 3_600_000;

/** A clock that leaps so far was wrong before or is wrong now. Setting it back so far breaks more than a licence. */
const leapMs = 730 * dayMs;

/** A leap is forgotten when the clock leaps back before it has shown so much time. */
const believedAfterMs = 7 * dayMs;

/** What is kept: the latest time, the first, and the last leap forward (from the latest time before, or 0). */
interface KeptTimes {
  at: number;
  since: number;
  leap: { from: number; to: number } | null;
}

/** The times after the clock was looked at. Pure. */
export function afterLook(kept: KeptTimes, now: number): KeptTimes {
  const { at, since, leap } = kept;
  if (leap !== null && at - now > leapMs && at - leap.to < believedAfterMs) {
    return { at: Math.max(leap.from, now), since: Math.min(since, now), leap: null };
  }
  if (now - at > leapMs) return { at: now, since, leap: { from: at, to: now } };
  return { at: Math.max(at, now), since, leap };
}

/** Keeps the last time seen in its document. */
export function createLastSeen(documents: Documents, now: () => number): LastSeen {
  let known: KeptTimes | undefined;
  let saved: KeptTimes | undefined;

  function load(): KeptTimes {
    saved ??= documents.readJson("last-seen", readTimes);
    known ??= saved ?? { at: 0, since: now(), leap: null };
    return known;
  }

  function save(times: KeptTimes): void {
    known = times;
    saved = times;
    const { at, since, leap } = times;
    const leapt = leap === null ? {} : { leap: { from: isoTime(leap.from), to: isoTime(leap.to) } };
    documents.writeJson("last-seen", { at: isoTime(at), since: isoTime(since), ...leapt });
  }

  return {
    observe() {
      const current = now();
      const before = load();
      const after = afterLook(before, current);
      known = after;
      if (after.at < before.at || after.at - (saved?.at ?? 0) > writeEveryMs) save(after);
      return { now: current, lastSeenAt: Math.min(before.at, after.at) };
    },
    firstSeenAt: () => load().since,
    correct(trustedNow) {
      if (isTime(trustedNow) && load().at - trustedNow > dayMs)
        save({ ...load(), at: trustedNow, leap: null });
    },
    reset() {
      if (load().at > now()) save({ ...load(), at: now(), leap: null });
    },
  };
}

const isoTime = (time: number) => new Date(time).toISOString();

/** A file of an older SDK has no `since`: that copy is not new. */
function readTimes(value: unknown): KeptTimes | undefined {
  const { at, since = isoTime(0), leap = null } = (value ?? {}) as Record<string, unknown>;
  const { from, to } = (leap ?? {}) as Record<string, unknown>;
  const [last, first, leapFrom, leapTo] = [at, since, leap === null ? at : from, leap === null ? at : to].map(
    (text) => (typeof text === "string" ? Date.parse(text) : Number.NaN),
  ) as [number, number, number, number];
  if (![last, first, leapFrom, leapTo].every(isTime)) return undefined;
  return { at: last, since: first, leap: leap === null ? null : { from: leapFrom, to: leapTo } };
}
