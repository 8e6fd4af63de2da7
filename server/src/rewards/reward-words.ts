import type { RewardKind } from "../commission/reward-terms.ts";
import type { RewardState } from "../commission/settle-reward.ts";
import type { RewardsText } from "../messages/rewards/index.ts";
import type { Speech } from "../messages/speak.ts";
import type { BadgeTone } from "../pages/parts.ts";
import type { RewardOffer } from "./shown-offers.ts";

/** What says it, in the reader's language. */
export type RewardSpeech = Pick<Speech<RewardsText>, "say" | "money">;

/** How the state of a reward is marked, to partners and to the vendor. */
export const rewardTones: Readonly<Record<RewardState, BadgeTone>> = {
  waiting: "wait",
  available: "good",
  refunded: "off",
  redeemed: "plain",
  revoked: "bad",
  expired: "off",
};

/** How the state of an offer is marked. */
export const offerTones: Readonly<Record<RewardOffer["state"], BadgeTone>> = {
  draft: "wait",
  offered: "good",
  ended: "off",
  over: "off",
};

/** What an offer gives, in words. */
export function offerText(
  { say, money }: RewardSpeech,
  { kind, points, pointsPerUnit, coupon }: Pick<RewardOffer, "kind" | "points" | "pointsPerUnit" | "coupon">,
): string {
  if (kind === "coupon")
    return `${say("reward_coupon")}, ${money(coupon?.amountMinor ?? 0, coupon?.currency ?? "")}`;
  return points === null
    ? say("reward_per_unit", { count: pointsPerUnit ?? 0 })
    : say("reward_count", { count: points });
}

/** What a renewal earned, in words. */
export const earnedText = (
  { say }: RewardSpeech,
  { kind, points }: { kind: RewardKind; points: number },
): string => (kind === "coupon" ? say("reward_coupon") : say("reward_count", { count: points }));
