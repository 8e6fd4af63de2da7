import type { Documents } from "../documents/documents.ts";
import { dayMs } from "../renewal/calendar.ts";

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

/** What is kept: the latest time, and the first. */
interface KeptTimes {
  at: number;
  since: number;
}

/** Keeps the last time seen in its document. */
export function createLastSeen(documents: Documents, now: () => number): LastSeen {
  let latest: number | undefined;
  let saved = 0;
  let since = 0;

  function load(): number {
    if (latest === undefined) {
      const kept = documents.readJson("last-seen", readTimes);
      saved = kept?.at ?? 0;
      since = kept?.since ?? now();
      latest = saved;
    }
    return latest;
  }

  function save(time: number): void {
    latest = time;
    saved = time;
    documents.writeJson("last-seen", { at: isoTime(time), since: isoTime(since) });
  }

  return {
    observe() {
      const current = now();
      const lastSeenAt = load();
      latest = Math.max(lastSeenAt, current);
      if (latest - saved > writeEveryMs) save(latest);
      return { now: current, lastSeenAt };
    },
    firstSeenAt() {
      load();
      return since;
    },
    correct(trustedNow) {
      if (trustedNow !== undefined && load() - trustedNow > dayMs) save(trustedNow);
    },
    reset() {
      if (load() > now()) save(now());
    },
  };
}

const isoTime = (time: number) => new Date(time).toISOString();

/** A file of an older SDK has no `since`: that copy is not new. */
function readTimes(value: unknown): KeptTimes | undefined {
  const { at, since } = (value ?? {}) as Record<string, unknown>;
  const [last, first] = [at, since ?? isoTime(0)].map((text) =>
    typeof text === "string" ? Date.parse(text) : Number.NaN,
  ) as [number, number];
  return Number.isNaN(last + first) ? undefined : { at: last, since: first };
}
