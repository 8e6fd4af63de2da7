import { requirePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { customerOf, findConflicts, lockDeals, readAround } from "./deal-conflicts.ts";
import { findDeal, insertDealStep, listDealRows, listDealSteps, updateDeal } from "./rows/deals.ts";
import type { DealRow, DealStepRow } from "./rows/schema.ts";
import { type AnsweredDeal, type Deal, dealOf, type PartnerDeal, partnerDealOf } from "./shown-deal.ts";
import { findEarlierSellers } from "./sold-by-others.ts";

type World = Pick<Deps, "store" | "clock" | "hashes" | "config">;

/** What the vendor does with a deal. Each comes with a reason, which the partner reads. */
export type DealStep =
  | { step: "accepted"; until?: Instant | undefined; note: string }
  | { step: "refused"; note: string }
  | { step: "extended"; until: Instant; note: string }
  | { step: "ended"; note: string };

/**
 * Accepts, refuses, extends or ends a deal. Accepted, it protects the partner's sales to the customer until a day, by
 * default as long as the configuration says.
 *
 * @throws {Refusal} `deal_unknown`; `deal_settled` where it is past that; `deal_conflict` where another partner's about the
 * same customer and product holds
 */
export async function takeDealStep(deps: World, id: string, taken: DealStep): Promise<AnsweredDeal> {
  const now = deps.clock();
  if (!/^\P{Cc}{1,1000}$/u.test(taken.note))
    throw new Refusal("request_invalid", "A reason has 1 to 1000 characters on one line.");
  await deps.store.write(async (tx) => {
    const known = await requireDeal(tx, id);
    await lockDeals(tx, customerOf(deps, known) ?? { hash: known.customer_hash, site: "" });
    const deal = await requireDeal(tx, id);
    const changed = await changedBy(tx, deps, { deal, taken }, now);
    await updateDeal(tx, changed);
    const { step, note } = taken;
    const until = changed.protected_until;
    await insertDealStep(tx, { deal_id: id, step, note, protected_until: until, at: now });
  });
  return showDeal(deps, id);
}

async function changedBy(
  tx: Tx,
  deps: World,
  { deal, taken }: { deal: DealRow; taken: DealStep },
  now: Instant,
): Promise<DealRow> {
  const isOpen = deal.state === "accepted";
  if (taken.step === "accepted" || taken.step === "refused" ? deal.state !== "registered" : !isOpen)
    throw new Refusal("deal_settled", `Deal ${deal.deal_id} is ${deal.state}.`);
  switch (taken.step) {
    case "refused":
      return { ...deal, state: "refused" };
    case "ended":
      return { ...deal, state: "ended", ended_at: now };
    case "accepted":
      await refuseConflict(tx, deps, deal, now);
      return {
        ...deal,
        state: "accepted",
        accepted_at: now,
        protected_until: refusePast(taken.until ?? addDays(now, deps.config.deals.protectedDays), now),
      };
    case "extended":
      if (deal.protected_until !== null && deal.protected_until < now)
        await refuseConflict(tx, deps, deal, now);
      return { ...deal, protected_until: refusePast(taken.until, now) };
  }
}

async function refuseConflict(tx: Tx, deps: World, deal: DealRow, now: Instant): Promise<void> {
  const other = (await findConflicts(tx, deps, deal, now)).find(({ state }) => state === "accepted");
  if (other === undefined) return;
  throw new Refusal(
    "deal_conflict",
    `Deal ${other.deal_id} of ${other.partner_id} about this customer holds, so ${deal.deal_id} of ${deal.partner_id} cannot: end it first.`,
  );
}

function refusePast(until: Instant, now: Instant): Instant {
  if (until > now) return until;
  throw new Refusal("request_invalid", "A protection ends on a day to come.");
}

async function requireDeal(tx: Tx, id: string): Promise<DealRow> {
  const deal = await findDeal(tx, id);
  if (deal === undefined) throw new Refusal("deal_unknown", `There is no deal ${id}.`);
  return deal;
}

/**
 * One deal as the vendor sees it. While it waits or holds, with the partners that the books credit with earlier sales to
 * the customer.
 *
 * @throws {Refusal} `deal_unknown`
 */
export async function showDeal(deps: World, id: string): Promise<AnsweredDeal> {
  const now = deps.clock();
  return deps.store.read(async (tx) => {
    const row = await requireDeal(tx, id);
    const isOpen = row.state === "registered" || row.state === "accepted";
    const soldBy = isOpen ? await findEarlierSellers(tx, deps, row) : [];
    return { ...dealOf(deps, row, await readAround(tx, deps, row, now), now), soldBy };
  });
}

/** Which deals to list. */
export interface DealFilter {
  partner?: string | undefined;
  limit?: number | undefined;
  /** The `next` of an earlier page. */
  after?: string | undefined;
}

/** A page of deals. */
export interface DealPage<Shown> {
  deals: Shown[];
  next: string | null;
}

/** All deals, the newest first, each with those that it is in conflict with. */
export const listDeals = (deps: World, filter: DealFilter = {}): Promise<DealPage<Deal>> =>
  listAs(deps, filter, async (tx, row, now) => {
    const around = await readAround(tx, deps, row, now);
    return dealOf(deps, row, around, now);
  });

/** A partner's own deals, the newest first. Nothing in it depends on another partner's. */
export const listPartnerDeals = (
  deps: World,
  partner: PartnerId,
  page: Omit<DealFilter, "partner"> = {},
): Promise<DealPage<PartnerDeal>> =>
  listAs(deps, { ...page, partner }, async (tx, row, now) => {
    const steps = await listDealSteps(tx, row.deal_id);
    return partnerDealOf(deps, row, steps, now);
  });

async function listAs<Shown>(
  deps: World,
  { partner, limit, after = "dl_~" }: DealFilter,
  show: (tx: Tx, row: DealRow, now: Instant) => Promise<Shown>,
): Promise<DealPage<Shown>> {
  if (!/^dl_[a-z0-9~]{1,40}$/.test(after)) refuseCursor();
  const now = deps.clock();
  const rows = rowsOfPage(limit);
  return deps.store.read(async (tx) => {
    if (partner !== undefined) await requirePartner(tx, partner);
    const of = partner === undefined ? undefined : as.partner(partner);
    const found = await listDealRows(tx, { before: after, limit: rows + 1 }, of);
    const { shown, next } = cutPage(found, rows, ({ deal_id }) => deal_id);
    const deals: Shown[] = [];
    for (const row of shown) deals.push(await show(tx, row, now));
    return { deals, next };
  });
}

/** A deal as it was just registered, for its partner. */
export const registeredDeal = (
  deps: World,
  row: DealRow,
  steps: readonly Omit<DealStepRow, "step_no">[] = [],
): PartnerDeal => partnerDealOf(deps, row, steps, deps.clock());
