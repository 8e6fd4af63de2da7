import type { Currency } from "../words/ids.ts";

/** An amount of one currency, in minor units. Amounts in other currencies are further entries: nothing is converted. */
export interface Money {
  currency: Currency;
  amountMinor: number;
}

/** A range of whole numbers, both ends included. */
export interface Range {
  min?: number | undefined;
  max?: number | undefined;
}

/** What must hold for a rule to pay a line: all that is named here. What is left out is not asked. */
export interface Conditions {
  /** Kinds of lines: new, renewal, upgrade, addon, shipping, other. */
  kinds?: readonly string[] | undefined;
  products?: readonly string[] | undefined;
  /** Units of the line. */
  quantity?: Range | undefined;
  /** The buyer's country, ISO 3166-1 alpha-2. Where the shop does not tell it, the rule does not fit. */
  countries?: readonly string[] | undefined;
  /** The kind of evidence that won. */
  evidence?: readonly string[] | undefined;
  /** What the partner who is paid is. */
  partnerKinds?: readonly string[] | undefined;
  /** How many whole days the partner who is paid had been one. */
  partnerAgeDays?: Range | undefined;
  /** Which renewal it is: 0 is the first sale, 1 the first renewal. */
  renewals?: Range | undefined;
  /** How many whole days lie between the first sale of the copy and this one. */
  renewalAgeDays?: Range | undefined;
  /** The first and the last day of the sale, in UTC: `2027-03-01`. */
  soldFrom?: string | undefined;
  soldUntil?: string | undefined;
  /** Of an override: how far above the seller, 1 directly above. */
  levels?: Range | undefined;
}

/** What a line is paid: the sum of what is named, rounded once, at most the line's net. */
export interface Pay {
  /** Basis points of the line's net: 2000 is 20 %. */
  rateBp: number;
  perUnit: readonly Money[];
  perLine: readonly Money[];
  /** Once an order, from its lines in turn as far as they reach. */
  perOrder: readonly Money[];
}

/** A rule: pays its share of each line it fits, when no rule before it fits that line. */
export interface Rule {
  rule: string;
  when: Conditions;
  pay: Pay;
}

/** A rule for the partners above the seller. Each of them is paid by the first that fits. */
export interface Override extends Rule {
  /** Whether the vendor pays it on top, or the nearest partner below who has a share gives it up. */
  from: "vendor" | "lower_share";
  /** What `rateBp` is of: the line's net, or the share of the nearest partner below who has one. */
  of: "net" | "lower_share";
  /** The most one partner is paid by overrides for one order. */
  capPerOrder: readonly Money[];
}

/** A commission plan's part that is worked out for each order. */
export interface Plan {
  /** Whether a renewal is paid by the plan of the first sale, or by that of its own day. */
  promise: "first_sale" | "each_sale";
  rules: readonly Rule[];
  overrides: readonly Override[];
  /** The most the seller is paid for one order. */
  capPerOrder: readonly Money[];
}

/** The plan's amount in a currency; undefined where it names none. */
export const amountIn = (amounts: readonly Money[], currency: Currency): number | undefined =>
  amounts.find((one) => one.currency === currency)?.amountMinor;
