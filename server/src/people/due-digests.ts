import type { Deps } from "../deps/deps.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import { as, type PartnerId, type PersonId } from "../words/ids.ts";
import { type DigestPage, type DigestSide, findDigestReaders } from "./rows/people.ts";

/** Somebody whose summary is due. */
export interface DueDigest {
  id: PersonId;
  /** Null for the vendor's people. */
  partner_id: PartnerId | null;
  /** The span that it is about: from the last summary of its kind until today began, in UTC. */
  since: Instant;
  today: Instant;
}

const dayMilliseconds = 86_400_000;
const pageSize = 200;

/**
 * Whose summaries are due today: of those who want them daily, and on Mondays (UTC) of those who want them weekly. Each is
 * named however often it is asked: the notice itself is noted once.
 */
export async function* dueDigests(
  { store, clock }: Pick<Deps, "store" | "clock">,
  side: DigestSide,
): AsyncGenerator<DueDigest> {
  const now = clock();
  const today = instant(now - (now % dayMilliseconds));
  // 1970-01-01 was a Thursday.
  const isMonday = (today / dayMilliseconds + 3) % 7 === 0;
  for (const digest of isMonday ? (["daily", "weekly"] as const) : (["daily"] as const)) {
    const since = addDays(today, digest === "daily" ? -1 : -7);
    let after: PersonId | undefined = as.person("");
    while (after !== undefined) {
      const page: DigestPage = { digest, after, limit: pageSize };
      const readers = await store.read((tx) => findDigestReaders(tx, page, side));
      for (const reader of readers) yield { ...reader, since, today };
      after = readers.length < pageSize ? undefined : readers.at(-1)?.id;
    }
  }
}
