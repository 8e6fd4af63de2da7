import type { Currency } from "../words/ids.ts";
import { minorDigits } from "../words/money.ts";
import type { PeriodLength } from "./period.ts";
import { amountIn, type Money } from "./plan.ts";

/** What a partner can give a customer for a renewal. */
export const rewardKinds = ["points", "coupon"] as const;
/** One of them. */
export type RewardKind = (typeof rewardKinds)[number];

/** What a number of points is worth in a currency. */
export interface PointValue extends Money {
  /** So many points are worth `amountMinor`. */
  points: number;
}

/** What a plan allows its partners to give their customers for a renewal. */
export interface RewardTerms {
  kinds: readonly RewardKind[];
  /** The most one reward may cost, by currency. Where points or a coupon cost money, a currency that is not named has none. */
  capPerRenewal: readonly Money[];
  /** The most that all rewards of one partner may cost in a period. */
  capPerPeriod: readonly Money[];
  every: PeriodLength;
  /** What points are worth; empty where they are worth nothing, and then nothing is booked for them. */
  pointValue: readonly PointValue[];
  pointsPerRenewal?: number | undefined;
  pointsPerPeriod?: number | undefined;
  /** A renewal that brings less earns no reward. */
  minimumNet: readonly Money[];
  /** Basis points of a reward's cost that the vendor bears. The partner bears the rest, out of her commission. */
  vendorShareBp: number;
  /** How many days a reward can be redeemed once it can. */
  expireDays: number;
}

/** What a partner offers for each renewal. */
export type OfferedReward =
  | { kind: "points"; points: number }
  /** For each whole unit of the currency that the renewal brought. */
  | { kind: "points"; pointsPerUnit: number }
  | { kind: "coupon"; currency: Currency; amountMinor: number };

/** A renewal, with what was given in its period before. Amounts in minor units of its currency. */
export interface RewardedRenewal {
  currency: Currency;
  netMinor: number;
  /** What the partner was credited for it, at the full amount. */
  creditMinor: number;
  given: { points: number; costMinor: number };
}

/** A reward at its full amount. Amounts in minor units of the renewal's currency. */
export interface RewardAmounts {
  /** 0 of a coupon. */
  points: number;
  /** What the partner bears of it: never more than her commission. */
  partnerMinor: number;
  vendorMinor: number;
}

/** Why a renewal earns no reward. */
export type NoReward =
  | "kind_not_allowed"
  | "below_minimum"
  | "other_currency"
  | "cap_reached"
  | "over_commission"
  | "no_points";

/**
 * What a renewal earns by an offer, as far as the plan allows. Points are lowered to what the caps and the commission
 * reach; a coupon cannot be cut, so it is given whole or not at all. What points cost is rounded up, so that many small
 * renewals never give away what nobody bears.
 */
export function workOutReward(
  terms: RewardTerms,
  offered: OfferedReward,
  renewal: RewardedRenewal,
): RewardAmounts | NoReward {
  const { currency, netMinor } = renewal;
  if (!terms.kinds.includes(offered.kind)) return "kind_not_allowed";
  if (netMinor < (amountIn(terms.minimumNet, currency) ?? 0) || netMinor <= 0) return "below_minimum";
  return offered.kind === "coupon"
    ? couponFor(terms, offered, renewal)
    : pointsFor(terms, pointsOffered(offered, renewal), renewal);
}

function couponFor(
  terms: RewardTerms,
  { currency, amountMinor }: Money,
  renewal: RewardedRenewal,
): RewardAmounts | NoReward {
  if (currency !== renewal.currency) return "other_currency";
  const limit = costLimit(terms, renewal);
  if (limit === undefined) return "other_currency";
  if (amountMinor > limit) return "cap_reached";
  const parts = partsOf(amountMinor, terms);
  return parts.partnerMinor > renewal.creditMinor ? "over_commission" : { points: 0, ...parts };
}

function pointsFor(terms: RewardTerms, offered: number, renewal: RewardedRenewal): RewardAmounts | NoReward {
  const left = (terms.pointsPerPeriod ?? 0) - renewal.given.points;
  const capped = Math.min(offered, terms.pointsPerRenewal ?? 0, left);
  if (offered <= 0) return "no_points";
  if (capped <= 0) return "cap_reached";
  if (terms.pointValue.length === 0) return { points: capped, partnerMinor: 0, vendorMinor: 0 };
  const value = terms.pointValue.find((one) => one.currency === renewal.currency);
  const limit = costLimit(terms, renewal);
  if (value === undefined || limit === undefined) return "other_currency";
  const within = pointsWithin(value, Math.min(limit, costWithin(terms, renewal.creditMinor)));
  const points = Math.min(capped, within);
  if (points <= 0) return limit <= 0 ? "cap_reached" : "over_commission";
  return { points, ...partsOf(costOf(points, value), terms) };
}

/** What is offered for a renewal, in points. */
function pointsOffered(
  offered: Extract<OfferedReward, { kind: "points" }>,
  { netMinor, currency }: RewardedRenewal,
): number {
  if ("points" in offered) return offered.points;
  const units = Math.floor(netMinor / 10 ** minorDigits(currency));
  return Math.min(units * offered.pointsPerUnit, Number.MAX_SAFE_INTEGER);
}

/** The most a reward may cost by the caps; undefined for a currency that the plan does not name. */
function costLimit({ capPerRenewal, capPerPeriod }: RewardTerms, { currency, given }: RewardedRenewal) {
  const renewal = amountIn(capPerRenewal, currency);
  const period = amountIn(capPerPeriod, currency);
  return renewal === undefined || period === undefined
    ? undefined
    : Math.min(renewal, period - given.costMinor);
}

/** The highest cost of which the partner's part is not above her commission. */
function costWithin({ vendorShareBp }: RewardTerms, creditMinor: number): number {
  if (vendorShareBp >= 10_000) return Number.MAX_SAFE_INTEGER;
  const cost = (BigInt(creditMinor) * 10_000n) / BigInt(10_000 - vendorShareBp);
  return Number(cost > BigInt(Number.MAX_SAFE_INTEGER) ? BigInt(Number.MAX_SAFE_INTEGER) : cost);
}

const costOf = (points: number, { points: per, amountMinor }: PointValue): number =>
  Number((BigInt(points) * BigInt(amountMinor) + BigInt(per) - 1n) / BigInt(per));

const pointsWithin = ({ points: per, amountMinor }: PointValue, limitMinor: number): number => {
  const points = (BigInt(Math.max(limitMinor, 0)) * BigInt(per)) / BigInt(Math.max(amountMinor, 1));
  return Number(points > BigInt(Number.MAX_SAFE_INTEGER) ? BigInt(Number.MAX_SAFE_INTEGER) : points);
};

/** The vendor's part is rounded up, so that the partner's is never above what her commission was held to. */
function partsOf(costMinor: number, { vendorShareBp }: RewardTerms) {
  const vendorMinor = Number((BigInt(costMinor) * BigInt(vendorShareBp) + 9_999n) / 10_000n);
  return { partnerMinor: costMinor - vendorMinor, vendorMinor };
}
