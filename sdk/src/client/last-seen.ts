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
  /** A trusted clock says that the remembered time is ahead: a clock once wrong must not punish for years. */
  correct(trustedNow: number | undefined): void;
  /** The licence has changed: what was seen under the old one says nothing about the new one. */
  reset(): void;
}

/** Written once an hour at most: a read of the status must not become a write. */
const writeEveryMs = 3_600_000;

/** Keeps the last time seen in its document. */
export function createLastSeen(documents: Documents, now: () => number): LastSeen {
  let latest: number | undefined;
  let saved = 0;

  function load(): number {
    if (latest === undefined) {
      saved = documents.readJson("last-seen", readTime) ?? 0;
      latest = saved;
    }
    return latest;
  }

  function save(time: number): void {
    latest = time;
    saved = time;
    documents.writeJson("last-seen", { at: new Date(time).toISOString() });
  }

  return {
    observe() {
      const current = now();
      const lastSeenAt = load();
      latest = Math.max(lastSeenAt, current);
      if (latest - saved > writeEveryMs) save(latest);
      return { now: current, lastSeenAt };
    },
    correct(trustedNow) {
      if (trustedNow !== undefined && load() - trustedNow > dayMs) save(trustedNow);
    },
    reset() {
      if (load() > now()) save(now());
    },
  };
}

function readTime(value: unknown): number | undefined {
  const at = (value as { at?: unknown } | null | undefined)?.at;
  const time = typeof at === "string" ? Date.parse(at) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
