import { readAgreement } from "../channel/change-agreement.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { findDigestReaders } from "../people/rows/people.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { readOverview } from "./overview.ts";
import { readUncounted, type Uncounted } from "./uncounted.ts";

const dayMilliseconds = 86_400_000;
const pageSize = 200;

/**
 * Notes the summaries that are due: each day those of who wants them daily, on Mondays (UTC) those of who wants them
 * weekly. Of one day each is noted once, on however many processes. A partner of whom nothing is booked gets none.
 *
 * @returns how many were noted
 */
export async function noteDigests(deps: Deps): Promise<number> {
  const now = deps.clock();
  const today = instant(now - (now % dayMilliseconds));
  // 1970-01-01 was a Thursday.
  const isMonday = (today / dayMilliseconds + 3) % 7 === 0;
  let noted = 0;
  for (const digest of isMonday ? (["daily", "weekly"] as const) : (["daily"] as const)) {
    const since = addDays(today, digest === "daily" ? -1 : -7);
    // One walk through the orders for all readers, and none where there is no reader.
    let uncounted: ReadonlyMap<string, readonly Uncounted[]> | undefined;
    let after = as.person("");
    for (;;) {
      const readers = await deps.store.read((tx) =>
        findDigestReaders(tx, { digest, after, limit: pageSize }),
      );
      if (readers.length > 0) uncounted ??= await readUncounted(deps, { from: since, until: today });
      for (const { id, partner_id } of readers) {
        if (partner_id === null) continue;
        const its = uncounted?.get(partner_id) ?? [];
        if (await noteDigest(deps, { id, partner: partner_id, since, today, uncounted: its })) noted++;
      }
      const last = readers.at(-1);
      if (last === undefined || readers.length < pageSize) break;
      after = last.id;
    }
  }
  return noted;
}

async function noteDigest(
  deps: Deps,
  {
    id,
    partner,
    since,
    today,
    uncounted,
  }: {
    id: ReturnType<typeof as.person>;
    partner: ReturnType<typeof as.partner>;
    since: Instant;
    today: Instant;
    uncounted: readonly Uncounted[];
  },
): Promise<boolean> {
  const { sums, nextAt, recent } = await readOverview(deps, partner);
  const { sharing } = await deps.store.read((tx) => readAgreement(tx, partner, today));
  if (sums.length === 0) return false;
  const credited = recent.filter(({ occurredAt }) => Date.parse(occurredAt) >= since).length;
  await deps.store.write((tx) =>
    noteNotice(
      tx,
      {
        kind: "digest",
        person: id,
        facts: {
          since,
          until: today,
          sums: sums.map(({ currency, earnedMinor, heldMinor, payableMinor, paidMinor }) => ({
            currency,
            earnedMinor,
            heldMinor,
            payableMinor,
            paidMinor,
            nextAt: heldMinor > 0 ? nextAt : null,
          })),
          credited,
          uncounted:
            sharing === "none"
              ? []
              : uncounted.map(({ order, evidence }) => ({
                  order,
                  reason: evidence[0]?.reason ?? "no_evidence",
                })),
        },
      },
      { once: `${id} ${today}`, now: deps.clock() },
    ),
  );
  return true;
}
