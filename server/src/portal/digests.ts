import { readAgreement } from "../channel/change-agreement.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { listPartnerOrders, type PartnerOrderPage } from "../orders/explain/partner-orders.ts";
import { dueDigests } from "../people/due-digests.ts";
import { type Instant, instant } from "../words/clock.ts";
import type { PartnerId, PersonId } from "../words/ids.ts";
import { readOverview } from "./overview.ts";
import { readUncounted, type Uncounted } from "./uncounted.ts";

/**
 * Notes the summaries that are due to partners' people. Of one day each is noted once, on however many processes. A partner
 * of whom nothing is booked, and none of whose orders failed to count, gets none.
 *
 * @returns how many were noted
 */
export async function noteDigests(deps: Deps): Promise<number> {
  // One walk through the orders of a span for all its readers, and none where there is no reader.
  const walks = new Map<Instant, ReadonlyMap<string, readonly Uncounted[]>>();
  let noted = 0;
  for await (const { id, partner_id: partner, since, today } of dueDigests(deps, "partner")) {
    if (partner === null) continue;
    const uncounted = walks.get(since) ?? (await readUncounted(deps, { from: since, until: today }));
    walks.set(since, uncounted);
    const its = uncounted.get(partner) ?? [];
    if (await noteDigest(deps, { id, partner, since, today, uncounted: its })) noted++;
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
    id: PersonId;
    partner: PartnerId;
    since: Instant;
    today: Instant;
    uncounted: readonly Uncounted[];
  },
): Promise<boolean> {
  const { sums, nextAt } = await readOverview(deps, partner);
  const { sharing } = await deps.store.read((tx) => readAgreement(tx, partner, today));
  const told = sharing === "none" ? [] : uncounted;
  // Who has earned nothing yet is told all the same why an order did not count.
  if (sums.length === 0 && told.length === 0) return false;
  const credited = await countOrders(deps, partner, { since, until: today });
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
          uncounted: told.map(({ order, evidence }) => ({
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

/** How many orders a partner has a share of were heard of in a span, as its agreement lets it see them. */
async function countOrders(
  deps: Deps,
  partner: PartnerId,
  span: { since: Instant; until: Instant },
): Promise<number> {
  let count = 0;
  const { since, until } = span;
  for (let after: string | undefined; ; ) {
    const filter = { since, until: instant(until - 1), after, limit: 1_000 };
    const page: PartnerOrderPage = await listPartnerOrders(deps, partner, filter);
    count += page.orders.length;
    if (page.next === null) return count;
    after = page.next;
  }
}
