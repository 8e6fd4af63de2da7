import { listPartnerRows } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { tellPartner } from "../outbox/tell-partner.ts";
import type { PlanDocument } from "../plans/plan-schema.ts";
import { planOf } from "../plans/plans.ts";
import { findAssignedPlan, listAssignments } from "../plans/rows/plans.ts";
import { addDays, type Instant, instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { simulatePlan } from "./simulate-plan.ts";
import { createSum, type PartnerDifference } from "./sum-differences.ts";

/** A change of a plan that is announced. Times are ISO 8601 in UTC. */
export interface Announcement {
  plan: string;
  name: string;
  version: number;
  since: string;
  /** How many partners it is going to pay that are paid otherwise until then. */
  concerned: number;
  /** Whom it would have paid less for the sales of the last year, and by how much in each currency. */
  lowered: PartnerDifference[];
  /** The partners that are told now; none of those that were told of this change before. */
  told: string[];
}

/**
 * Announces the next change to a plan that was assigned from a day to come. Partners whom it would have paid less for
 * the sales of the last year hear of it once, by mail and by their webhooks (`plan.announced`). What a plan pays
 * others is in none of the messages.
 *
 * @throws {Refusal} `plan_unknown` where no assignment of the plan begins on a day to come
 */
export async function announcePlan(
  deps: Pick<Deps, "store" | "clock">,
  plan: string,
  { dryRun = false }: { dryRun?: boolean | undefined } = {},
): Promise<Announcement> {
  const now = deps.clock();
  const change = await findChange(deps, plan, now);
  const sums = createSum();
  for (const partner of change.partners)
    for await (const page of simulatePlan(deps, change.document, {
      since: addDays(now, -365),
      until: now,
      partner,
    }))
      sums.add(page);
  const lowered = sums.sum().partners.filter(({ differenceMinor }) => differenceMinor < 0);
  const partners = [...new Set(lowered.map(({ partner }) => as.partner(partner)))];
  const told: string[] = [];
  const { since, version, document } = change;
  if (!dryRun)
    await deps.store.write(async (tx) => {
      // The transaction may run again.
      told.length = 0;
      for (const partner of partners) {
        const once = `${plan} ${version} ${since} ${partner}`;
        const facts = { name: document.name, since };
        if (!(await noteNotice(tx, { kind: "plan.announced", partner, facts }, { once, now }))) continue;
        const data = { plan, name: document.name, version, since: isoTime(since) };
        await tellPartner(tx, { partner, notice: { type: "plan.announced", data } }, now);
        told.push(partner);
      }
    });
  const concerned = change.partners.length;
  return { plan, name: document.name, version, since: isoTime(since), concerned, lowered, told };
}

/** The next version of a plan that begins to pay somebody on a day to come, and whom. */
async function findChange(
  { store }: Pick<Deps, "store">,
  plan: string,
  now: Instant,
): Promise<{ version: number; since: Instant; document: PlanDocument; partners: PartnerId[] }> {
  return store.read(async (tx) => {
    const next = (await listAssignments(tx)).find((one) => one.plan_id === plan && one.since > now);
    if (next === undefined)
      throw new Refusal("plan_unknown", `No assignment of ${JSON.stringify(plan)} begins on a day to come.`);
    const { since } = next;
    const partners: PartnerId[] = [];
    let document: PlanDocument | undefined;
    let version = next.version;
    for (const { id, status } of await listPartnerRows(tx)) {
      const then = await findAssignedPlan(tx, { partner: id, at: since });
      const before = await findAssignedPlan(tx, { partner: id, at: instant(since - 1) });
      if (status === "ended" || then?.plan_id !== plan) continue;
      if (before?.plan_id === plan && before.version === then.version) continue;
      document ??= planOf(then);
      version = then.version;
      partners.push(id);
    }
    if (document === undefined)
      throw new Refusal(
        "plan_unknown",
        `From ${isoTime(since)} on ${plan} pays nobody otherwise than before.`,
      );
    return { version, since, document, partners };
  });
}
