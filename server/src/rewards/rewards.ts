import { requirePartner } from "../channel/active-partner.ts";
import type { RewardKind } from "../commission/reward-terms.ts";
import { nothing, type RewardState, type RewardStep } from "../commission/settle-reward.ts";
import { nameSubject, outsideDeeds } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { findOrder } from "../orders/rows/orders.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { followRewards } from "./follow-rewards.ts";
import { findCodeOf } from "./rows/codes.ts";
import { findReward, listRewardRows, listRewardSteps } from "./rows/rewards.ts";
import type { RewardRow } from "./rows/schema.ts";
import { settleOrderRewards } from "./settle-order-rewards.ts";
import { leftOf, logSteps, type TakenStep, takeStep } from "./take-step.ts";

type World = Pick<Deps, "store" | "clock" | "log">;

/** A reward as its partner sees it: nothing in it says who the customer is. Amounts in minor units, times ISO 8601 in UTC. */
export interface PartnerReward {
  /** The customer reads it on her page too, and names it. */
  reward: string;
  offer: string;
  kind: RewardKind;
  product: string | null;
  state: RewardState;
  /** What is left of it. */
  points: number;
  /** What it costs, of that what the partner bears, out of her commission. */
  costMinor: number;
  partnerMinor: number;
  currency: string;
  /** Whether its customer has a code; null of points. */
  hasCode: boolean | null;
  /** When the renewal was bought. */
  occurredAt: string;
  expiresAt: string | null;
}

/** A reward as the vendor sees it. */
export interface Reward extends PartnerReward {
  partner: string;
  vendorMinor: number;
  /** Its renewal. */
  order: { shop: string; order: string };
  plan: { id: string; version: number };
  /** What it was written as. */
  full: { points: number; partnerMinor: number; vendorMinor: number; commissionMinor: number };
  history: { step: RewardStep; at: string; points: number; costMinor: number; note: string | null }[];
}

/** Which rewards to list. */
export interface RewardFilter {
  partner?: string | undefined;
  limit?: number | undefined;
  /** The `next` of an earlier page. */
  after?: string | undefined;
}

/** A page of rewards, the newest first. */
export interface RewardPage<Shown> {
  rewards: Shown[];
  next: string | null;
}

/** All rewards. */
export const listRewards = (deps: World, filter: RewardFilter = {}): Promise<RewardPage<Reward>> =>
  listAs(deps, filter, shownReward);

/** A partner's own. */
export const listPartnerRewards = (
  deps: World,
  partner: string,
  page: Omit<RewardFilter, "partner"> = {},
): Promise<RewardPage<PartnerReward>> => listAs(deps, { ...page, partner }, partnerReward);

async function listAs<Shown>(
  deps: World,
  { partner, limit, after = "rw_~" }: RewardFilter,
  show: (tx: Tx, row: RewardRow) => Promise<Shown>,
): Promise<RewardPage<Shown>> {
  if (!/^rw_[a-z0-9~]{1,40}$/.test(after)) refuseCursor();
  await followRewards(deps);
  const rows = rowsOfPage(limit);
  return deps.store.read(async (tx) => {
    if (partner !== undefined) await requirePartner(tx, partner);
    const of = partner === undefined ? undefined : as.partner(partner);
    const found = await listRewardRows(tx, { before: after, limit: rows + 1 }, of);
    const { shown, next } = cutPage(found, rows, ({ reward_id }) => reward_id);
    const rewards: Shown[] = [];
    for (const row of shown) rewards.push(await show(tx, row));
    return { rewards, next };
  });
}

/**
 * One reward as the vendor sees it.
 *
 * @throws {Refusal} `reward_unknown`
 */
export async function showReward(deps: World, id: string): Promise<Reward> {
  await followRewards(deps);
  return deps.store.read(async (tx) => shownReward(tx, await requireReward(tx, id, undefined)));
}

/** What a person does with a reward: the customer was given it, or it is taken back. */
export interface RewardDeed {
  step: "redeemed" | "revoked";
  note?: string | undefined;
}

/**
 * Marks a reward as redeemed, once, or takes it back before. Money of its renewal that has gone back counts first.
 *
 * @param owner the partner who does so; the vendor where it is left out
 * @throws {Refusal} `reward_unknown`; `reward_waiting` before the commission is payable, or while a coupon has no code;
 * `reward_settled` once it was redeemed, taken back, refunded or has run out
 */
export async function takeRewardDeed(
  deps: World,
  id: string,
  { step, note }: RewardDeed,
  { owner }: { owner?: string | undefined } = {},
): Promise<Reward> {
  if (note !== undefined && !/^\P{Cc}{1,1000}$/u.test(note))
    throw new Refusal("request_invalid", "A note has 1 to 1000 characters on one line.");
  const now = deps.clock();
  // What has gone back meanwhile counts, whatever becomes of the deed: so it is settled by itself.
  const { order_key } = await deps.store.read((tx) => requireReward(tx, id, owner));
  const settled = await outsideDeeds(() => deps.store.write((tx) => settleOrderRewards(tx, order_key, now)));
  logSteps(deps.log, settled);
  const { shown, taken } = await deps.store.write(async (tx) => {
    const known = await requireReward(tx, id, owner);
    nameSubject(id);
    await lockName(tx, `rewards ${known.partner_id}`);
    const row = await requireReward(tx, id, owner);
    await refuseUnfit(tx, row, step, now);
    const after = step === "redeemed" ? leftOf(row) : nothing;
    const changed = await takeStep(tx, row, { step, state: step, after, note }, now);
    return { shown: await shownReward(tx, changed), taken: [{ row: changed, step }] satisfies TakenStep[] };
  });
  logSteps(deps.log, taken);
  return shown;
}

async function refuseUnfit(tx: Tx, row: RewardRow, step: RewardDeed["step"], now: Instant): Promise<void> {
  const isOver = row.expires_at !== null && row.expires_at <= now;
  const isOpen = (row.state === "waiting" || row.state === "available") && !isOver;
  if (!isOpen)
    throw new Refusal("reward_settled", `Reward ${row.reward_id} is ${isOver ? "expired" : row.state}.`);
  if (step === "revoked") return;
  if (row.state === "waiting")
    throw new Refusal(
      "reward_waiting",
      `Reward ${row.reward_id} can be redeemed once the commission for its renewal is payable.`,
    );
  if (row.kind === "coupon" && (await findCodeOf(tx, row.reward_id)) === undefined)
    throw new Refusal("reward_waiting", `Reward ${row.reward_id} has no code yet.`);
}

async function requireReward(tx: Tx, id: string, owner: string | undefined): Promise<RewardRow> {
  const row = await findReward(tx, id);
  if (row === undefined || (owner !== undefined && row.partner_id !== owner))
    throw new Refusal("reward_unknown", `There is no reward ${id}.`);
  return row;
}

async function partnerReward(tx: Tx, row: RewardRow): Promise<PartnerReward> {
  return {
    reward: row.reward_id,
    offer: row.offer_id,
    kind: row.kind,
    product: row.product,
    state: row.state,
    points: row.points_left,
    costMinor: row.partner_left + row.vendor_left,
    partnerMinor: leftOf(row).partnerMinor,
    currency: row.currency,
    hasCode: row.kind === "coupon" ? (await findCodeOf(tx, row.reward_id)) !== undefined : null,
    occurredAt: isoTime(row.occurred_at),
    expiresAt: row.expires_at === null ? null : isoTime(row.expires_at),
  };
}

/** The same for its partner, of a reward that the vendor sees. */
export function partnerRewardOf(reward: Reward): PartnerReward {
  const { partner: _, vendorMinor: _v, order: _o, plan: _p, full: _f, history: _h, ...own } = reward;
  return own;
}

async function shownReward(tx: Tx, row: RewardRow): Promise<Reward> {
  const order = await findOrder(tx, row.order_key);
  const steps = await listRewardSteps(tx, row.reward_id);
  return {
    ...(await partnerReward(tx, row)),
    partner: row.partner_id,
    vendorMinor: leftOf(row).vendorMinor,
    order: { shop: order?.shop ?? "", order: order?.order_id ?? "" },
    plan: { id: row.plan_id, version: row.plan_version },
    full: {
      points: row.points,
      partnerMinor: row.partner_minor,
      vendorMinor: row.vendor_minor,
      commissionMinor: row.credit_minor,
    },
    history: steps.map(({ step, at, points, partner_minor, vendor_minor, note }) => ({
      step,
      at: isoTime(at),
      points,
      costMinor: partner_minor + vendor_minor,
      note,
    })),
  };
}
