import { transferOf } from "../books/book.ts";
import { findTransfersOfOrder } from "../books/rows/transfers.ts";
import { periodAt } from "../commission/period.ts";
import { type NoReward, workOutReward } from "../commission/reward-terms.ts";
import { borneAfterLoss, isNothing, leftOfReward } from "../commission/settle-reward.ts";
import { balanceOf } from "../ledger/settle.ts";
import type { Transfer } from "../ledger/transfer.ts";
import { frozenCredits } from "../orders/decide/decide-order.ts";
import { findDecision, findOrder } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { planOf } from "../plans/plans.ts";
import { findAssignedPlan, findPlan } from "../plans/rows/plans.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant } from "../words/clock.ts";
import type { OrderKey, PartnerId } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { offeredBy, offerFor } from "./offers.ts";
import { takeCode } from "./rows/codes.ts";
import { listOffersOfPartner } from "./rows/offers.ts";
import { findRewardsOfOrder, insertReward, sumGiven } from "./rows/rewards.ts";
import type { RewardRow } from "./rows/schema.ts";
import { leftOf, type NextStep, type TakenStep, takeStep } from "./take-step.ts";

/**
 * Brings the rewards of one order to what they should be by its decision and its journal: writes the one that its renewal
 * earned, lowers or restores it as money goes back and comes again, and lets it be redeemed once the commission is payable.
 * Doing so again changes nothing, so it does not matter how often, when and in which order facts came.
 */
export async function settleOrderRewards(tx: Tx, key: OrderKey, now: Instant): Promise<TakenStep[]> {
  const seen = await findOrder(tx, key);
  if (seen === undefined) return [];
  const owners = new Set((await findRewardsOfOrder(tx, key)).map(({ partner_id }) => partner_id));
  if (seen.partner_id !== null) owners.add(seen.partner_id);
  // One partner's rewards wait for each other, since they share the caps of a period.
  for (const partner of [...owners].sort()) await lockName(tx, `rewards ${partner}`);
  const order = (await findOrder(tx, key)) ?? seen;
  const journal = (await findTransfersOfOrder(tx, key)).map(transferOf);
  const rewards = await findRewardsOfOrder(tx, key);
  const seller = sellerOf(order);
  const taken: TakenStep[] = [];
  if (seller !== undefined && rewards.every(({ partner_id }) => partner_id !== seller)) {
    const written = await writeReward(tx, { order, seller, journal }, now);
    if (written !== undefined) {
      taken.push({ row: written, step: "written" });
      rewards.push(written);
    }
  }
  for (const reward of rewards)
    taken.push(
      ...(await settleReward(tx, { order, reward, leftMinor: creditLeft(reward, seller, journal) }, now)),
    );
  return taken;
}

/** Whose renewal it is; undefined of what is none, or is credited to nobody. */
const sellerOf = (order: OrderRow): PartnerId | undefined =>
  order.cycle === "renewal" && order.outcome === "credited" && order.joined_to === null
    ? (order.partner_id ?? undefined)
    : undefined;

/** What is left of a partner's commission for the order, in minor units: what was credited less what was taken back. */
const commissionLeft = (partner: PartnerId, journal: readonly Transfer[]): number =>
  -balanceOf(
    journal.filter((one) => one.partner === partner),
    "expense",
  );

const creditLeft = (
  { partner_id }: RewardRow,
  seller: PartnerId | undefined,
  journal: readonly Transfer[],
): number => (partner_id === seller ? commissionLeft(partner_id, journal) : 0);

/** A credited renewal, whose it is and what was booked for it. */
interface Renewal {
  order: OrderRow;
  seller: PartnerId;
  journal: readonly Transfer[];
}

/** Why an order earns its customer nothing. */
export type NothingEarned = NoReward | "not_credited" | "not_a_renewal" | "no_commission" | "no_offer";

/** What a renewal earns as things are, or why it earns nothing. */
async function weigh(tx: Tx, { order, seller, journal }: Renewal) {
  const { occurred_at, currency } = order;
  if (commissionLeft(seller, journal) <= 0) return "no_commission";
  const offer = offerFor(await listOffersOfPartner(tx, seller), order);
  if (offer === undefined) return "no_offer";
  const plan = await findAssignedPlan(tx, { partner: seller, at: occurred_at });
  const terms = plan === undefined ? undefined : planOf(plan).rewards;
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  if (plan === undefined || terms === undefined || decision === undefined) return "kind_not_allowed";
  const creditMinor = frozenCredits(decision)
    .filter((credit) => credit.partner === seller && credit.currency === currency)
    .reduce((sum, credit) => sum + credit.amountMinor, 0);
  const { period } = periodAt(occurred_at, terms.every);
  const given = await sumGiven(tx, { partner_id: seller, period, currency });
  const renewal = { currency, netMinor: order.net_minor, creditMinor, given };
  const amounts = workOutReward(terms, offeredBy(offer), renewal);
  return typeof amounts === "string" ? amounts : { offer, plan, period, creditMinor, amounts };
}

/** Why an order earned its customer nothing as things are now; undefined of one that does. */
export async function whyNothing(tx: Tx, order: OrderRow): Promise<NothingEarned | undefined> {
  if (order.outcome !== "credited" || order.partner_id === null) return "not_credited";
  const seller = sellerOf(order);
  if (seller === undefined) return "not_a_renewal";
  const journal = (await findTransfersOfOrder(tx, order.order_key)).map(transferOf);
  const weighed = await weigh(tx, { order, seller, journal });
  return typeof weighed === "string" ? weighed : undefined;
}

async function writeReward(tx: Tx, renewal: Renewal, now: Instant): Promise<RewardRow | undefined> {
  const weighed = await weigh(tx, renewal);
  if (typeof weighed === "string") return undefined;
  const { order, seller } = renewal;
  const { offer, plan, period, creditMinor, amounts } = weighed;
  const { occurred_at, currency, product } = order;
  const row: RewardRow = {
    reward_id: `rw_${now.toString(36).padStart(9, "0")}${randomHex(8)}`,
    order_key: order.order_key,
    partner_id: seller,
    offer_id: offer.offer_id,
    kind: offer.kind,
    product,
    plan_id: plan.plan_id,
    plan_version: plan.version,
    period,
    currency,
    credit_minor: creditMinor,
    points: amounts.points,
    partner_minor: amounts.partnerMinor,
    vendor_minor: amounts.vendorMinor,
    occurred_at,
    written_at: now,
    state: "waiting",
    points_left: 0,
    partner_left: 0,
    vendor_left: 0,
    vendor_back: 0,
    expires_at: null,
    last_seq: 0,
  };
  await insertReward(tx, row);
  return takeStep(tx, row, { step: "written", state: "waiting", after: amounts }, now);
}

async function settleReward(
  tx: Tx,
  { order, reward, leftMinor }: { order: OrderRow; reward: RewardRow; leftMinor: number },
  now: Instant,
): Promise<TakenStep[]> {
  // What was taken back or has run out is past all changes.
  if (reward.state === "revoked" || reward.state === "expired") return [];
  const taken: TakenStep[] = [];
  let row = reward;
  const take = async (next: NextStep) => {
    row = await takeStep(tx, row, next, now);
    taken.push({ row, step: next.step });
  };
  const full = { points: row.points, partnerMinor: row.partner_minor, vendorMinor: row.vendor_minor };
  const earned = leftOfReward(row.kind, full, { leftMinor, fullMinor: row.credit_minor });
  if (row.state === "redeemed") {
    const given = { points: row.points_left, partnerMinor: row.partner_left, vendorMinor: row.vendor_left };
    const after = borneAfterLoss(given, earned);
    if (!isSame(leftOf(row), after)) await take({ step: "changed", state: "redeemed", after });
    return taken;
  }
  const after = earned;
  const standing = row.expires_at === null ? "waiting" : "available";
  const state = isNothing(after) ? "refunded" : standing;
  if (row.state !== state || !isSame(leftOf(row), after)) await take({ step: "changed", state, after });
  if (row.state === "waiting" && order.released_at !== null) {
    const expiresAt = addDays(now, await expireDaysOf(tx, row));
    await take({ step: "available", state: "available", after: leftOf(row), expiresAt });
    if (row.kind === "coupon") await takeCode(tx, row);
  }
  return taken;
}

const isSame = (one: ReturnType<typeof leftOf>, other: ReturnType<typeof leftOf>): boolean =>
  one.points === other.points &&
  one.partnerMinor === other.partnerMinor &&
  one.vendorMinor === other.vendorMinor;

/** How many days a reward can be redeemed once it can, by the plan that allowed it. */
export async function expireDaysOf(
  tx: Tx,
  { plan_id, plan_version }: Pick<RewardRow, "plan_id" | "plan_version">,
): Promise<number> {
  const plan = await findPlan(tx, plan_id, plan_version);
  return (plan === undefined ? undefined : planOf(plan).rewards?.expireDays) ?? 730;
}
