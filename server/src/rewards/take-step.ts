import { bookForPartner } from "../books/book-partner.ts";
import type { RewardAmounts } from "../commission/reward-terms.ts";
import { movementsOf, nothing, type RewardState, type RewardStep } from "../commission/settle-reward.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { Log } from "../words/log.ts";
import { insertRewardStep, updateReward } from "./rows/rewards.ts";
import type { RewardRow } from "./rows/schema.ts";

/** What bookings of rewards name as their source. */
export const rewardSource = "reward";

/** What is to become of a reward. */
export interface NextStep {
  step: RewardStep;
  state: RewardState;
  after: RewardAmounts;
  note?: string | null | undefined;
  expiresAt?: Instant | null | undefined;
}

/** A step that was taken, for the log. */
export interface TakenStep {
  row: RewardRow;
  step: RewardStep;
}

/** What is left of a reward by its row: after it was redeemed, what the customer was given, by who bears it now. */
export const leftOf = (row: RewardRow): RewardAmounts => ({
  points: row.points_left,
  partnerMinor: row.partner_left + row.vendor_back,
  vendorMinor: row.vendor_left - row.vendor_back,
});

/** What names the booking of a step's part. */
export const sourceIdOf = (reward: string, seq: number, of: "partner" | "vendor"): string =>
  of === "partner" ? `${reward} ${seq}` : `${reward} ${seq} vendor`;

/** Appends a step, books what it moves and brings the reward up to it, in the caller's transaction. */
export async function takeStep(tx: Tx, row: RewardRow, next: NextStep, now: Instant): Promise<RewardRow> {
  const { step, state, after, note = null, expiresAt = row.expires_at } = next;
  const seq = row.last_seq + 1;
  await insertRewardStep(tx, {
    reward_id: row.reward_id,
    seq,
    step,
    points: after.points,
    partner_minor: after.partnerMinor,
    vendor_minor: after.vendorMinor,
    note,
    at: now,
  });
  const before = step === "written" ? nothing : leftOf(row);
  await bookForPartner(
    tx,
    movementsOf(step, before, after).map(({ of, ...movement }) => ({
      ...movement,
      partner: row.partner_id,
      currency: row.currency,
      source: rewardSource,
      sourceId: sourceIdOf(row.reward_id, seq, of),
      cause: `reward_${step}`,
    })),
    now,
  );
  const changed: RewardRow = {
    ...row,
    ...amountsAfter(row, next),
    state,
    expires_at: expiresAt,
    last_seq: seq,
  };
  await updateReward(tx, changed);
  return changed;
}

/** What was redeemed stays as it was given; who bears it may change. */
const amountsAfter = (row: RewardRow, { state, after }: NextStep) =>
  row.state === "redeemed" && state === "redeemed"
    ? { vendor_back: row.vendor_left - after.vendorMinor }
    : { points_left: after.points, partner_left: after.partnerMinor, vendor_left: after.vendorMinor };

/** Says in the log what became of rewards. */
export function logSteps(log: Log, steps: readonly TakenStep[]): void {
  for (const { row, step } of steps)
    log.info("reward.changed", {
      partner: row.partner_id,
      ...(row.product === null ? {} : { product: row.product }),
      type: step,
      amountMinor: row.partner_left + row.vendor_left,
      currency: row.currency,
      detail: row.reward_id,
    });
}
