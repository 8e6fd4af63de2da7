import type { Transfer } from "../ledger/transfer.ts";
import type { RewardAmounts, RewardKind } from "./reward-terms.ts";

/** What happened to a reward. */
export const rewardSteps = ["written", "changed", "available", "redeemed", "revoked", "expired"] as const;
/** One of them. */
export type RewardStep = (typeof rewardSteps)[number];

/** Where a reward stands. */
export const rewardStates = ["waiting", "available", "refunded", "redeemed", "revoked", "expired"] as const;
/** One of them. */
export type RewardState = (typeof rewardStates)[number];

/** Nothing of a reward. */
export const nothing: RewardAmounts = { points: 0, partnerMinor: 0, vendorMinor: 0 };

/**
 * What is left of a reward when so much of the commission is left: points and cost in the same proportion, rounded down,
 * so that steps never add up to more and end at zero. A coupon cannot be cut: it stays whole as long as the commission
 * that is left bears it.
 */
export function leftOfReward(
  kind: RewardKind,
  full: RewardAmounts,
  credit: { leftMinor: number; fullMinor: number },
): RewardAmounts {
  const left = Math.max(Math.min(credit.leftMinor, credit.fullMinor), 0);
  if (left === 0) return nothing;
  if (kind === "coupon") return full.partnerMinor <= left ? full : nothing;
  const part = (amount: number) => Number((BigInt(amount) * BigInt(left)) / BigInt(credit.fullMinor));
  return {
    points: part(full.points),
    partnerMinor: part(full.partnerMinor),
    vendorMinor: part(full.vendorMinor),
  };
}

/**
 * Who bears what a customer was given, when the money goes back only afterwards: the vendor no more than it would of what
 * is left by now, the partner who promised it the rest. Whoever had its customers redeem and then take their money back would
 * be given the vendor's share for nothing.
 */
export function borneAfterLoss(given: RewardAmounts, earned: RewardAmounts): RewardAmounts {
  const vendorMinor = Math.min(given.vendorMinor, earned.vendorMinor);
  return { ...given, partnerMinor: given.partnerMinor + given.vendorMinor - vendorMinor, vendorMinor };
}

/** Whether nothing is left of it. */
export const isNothing = ({ points, partnerMinor, vendorMinor }: RewardAmounts): boolean =>
  points === 0 && partnerMinor === 0 && vendorMinor === 0;

/** A movement of a step; whose part it is tells two of one step apart. */
export type RewardMovement = Pick<Transfer, "kind" | "debit" | "credit" | "amountMinor"> & {
  of: "partner" | "vendor";
};

/**
 * The movements that a step books. What a reward costs is set aside for the customer on the account `reward`: the
 * partner's part out of what is payable to her, the vendor's as an expense. What is given back goes the same way back;
 * what is redeemed has been given to the customer by the shop, so that the expense is lowered by it.
 */
export function movementsOf(step: RewardStep, before: RewardAmounts, after: RewardAmounts): RewardMovement[] {
  if (step === "redeemed") {
    const amountMinor = before.partnerMinor + before.vendorMinor;
    return positive([
      { of: "partner", kind: "reward_redeemed", debit: "reward", credit: "expense", amountMinor },
    ]);
  }
  return positive([
    ...moved("partner", "payable", after.partnerMinor - before.partnerMinor),
    ...moved("vendor", "expense", after.vendorMinor - before.vendorMinor),
  ]);
}

const moved = (
  of: "partner" | "vendor",
  account: "payable" | "expense",
  change: number,
): RewardMovement[] => [
  change > 0
    ? { of, kind: "reward", debit: account, credit: "reward", amountMinor: change }
    : { of, kind: "reward_return", debit: "reward", credit: account, amountMinor: -change },
];

const positive = (movements: RewardMovement[]): RewardMovement[] =>
  movements.filter(({ amountMinor }) => amountMinor > 0);
