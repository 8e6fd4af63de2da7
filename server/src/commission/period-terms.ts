import type { Currency } from "../words/ids.ts";
import type { PeriodLength } from "./period.ts";

/** A plan's term that is worked out when a period closes, for one currency. */
export interface PeriodTerm {
  term: string;
  every: PeriodLength;
  currency: Currency;
  /** Whose sales count: the partner's, or also those of all below it. */
  of: "own" | "tree";
  /** What is counted: minor units of net, or units; of all lines, or of those of some kinds or products. */
  counts: {
    measure: "net" | "units";
    kinds?: readonly string[] | undefined;
    products?: readonly string[] | undefined;
  };
  /** What must be counted before the term pays anything; then it pays for all of it. */
  threshold: number;
  /** What must be counted of the partner's own sales. */
  ownThreshold: number;
  /** From the lowest to the highest. Each pays for what is counted above its `from`, up to the next one's. */
  tiers: readonly { from: number; rateBp: number; perUnitMinor: number }[];
  /** Each is paid once, when so much is counted. */
  bonuses: readonly { at: number; amountMinor: number }[];
  /** The most the term pays. */
  capMinor?: number | undefined;
  /** The most a partner earns in the period, commission and this term together: what is above is taken back. */
  earningsLimitMinor?: number | undefined;
}

/** What stayed of lines of one kind and product: after refunds and disputes. */
export interface CountedSales {
  kind: string;
  product?: string | undefined;
  netMinor: number;
  units: number;
}

/** What a term depends on: the sales of a period in its currency. */
export interface PeriodSales {
  own: readonly CountedSales[];
  /** Those of all partners below, on the days of the sales. */
  below: readonly CountedSales[];
  /** Commission of the period's orders that stayed, minor units. */
  earnedMinor: number;
}

/** What a term comes to, and why. */
export interface TermResult {
  /** Minor units; below zero only where an earnings limit takes back. */
  amountMinor: number;
  /** What was counted, in minor units or units. */
  counted: number;
  why: "paid" | "under_threshold" | "own_under_threshold" | "capped" | "over_earnings_limit";
}

/** Works out a term. The same sales give the same amount, so closing again shows what losses have changed since. */
export function evaluateTerm(term: PeriodTerm, sales: PeriodSales): TermResult {
  const own = countOf(term, sales.own);
  const counted = term.of === "own" ? own : own + countOf(term, sales.below);
  const { amountMinor, why } = limited(term, earnedBy(term, { own, counted }), sales.earnedMinor);
  return { amountMinor, counted, why };
}

type Earned = Pick<TermResult, "amountMinor" | "why">;

function earnedBy(term: PeriodTerm, { own, counted }: { own: number; counted: number }): Earned {
  if (counted < term.threshold) return { amountMinor: 0, why: "under_threshold" };
  if (own < term.ownThreshold) return { amountMinor: 0, why: "own_under_threshold" };
  const bonus = term.bonuses
    .filter(({ at }) => counted >= at)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const amountMinor = tiersPay(term, counted) + bonus;
  const { capMinor = amountMinor } = term;
  return capMinor < amountMinor ? { amountMinor: capMinor, why: "capped" } : { amountMinor, why: "paid" };
}

function limited(term: PeriodTerm, earned: Earned, commissionMinor: number): Earned {
  const leftMinor = (term.earningsLimitMinor ?? Number.POSITIVE_INFINITY) - commissionMinor;
  if (earned.amountMinor <= leftMinor) return earned;
  return { amountMinor: leftMinor, why: "over_earnings_limit" };
}

const countOf = ({ counts }: PeriodTerm, sales: readonly CountedSales[]): number =>
  sales
    .filter(
      ({ kind, product }) =>
        (counts.kinds?.includes(kind) ?? true) &&
        (counts.products === undefined || (product !== undefined && counts.products.includes(product))),
    )
    .reduce((sum, one) => sum + (counts.measure === "net" ? one.netMinor : one.units), 0);

const wholeBp = 10_000;

/** The tiers together, rounded once. */
function tiersPay({ tiers, counts }: PeriodTerm, counted: number): number {
  let inBp = 0n;
  let flat = 0;
  tiers.forEach(({ from, rateBp, perUnitMinor }, at) => {
    const until = Math.min(counted, tiers[at + 1]?.from ?? counted);
    const within = Math.max(0, until - from);
    if (counts.measure === "net") inBp += BigInt(within) * BigInt(rateBp);
    else flat += within * perUnitMinor;
  });
  return flat + Number((2n * inBp + BigInt(wholeBp)) / BigInt(2 * wholeBp));
}

/** What stayed of a line. A unit counts as long as anything stayed of what was paid for it. */
export function stayedOf(
  line: { kind: string; product?: string | undefined; netMinor: number; quantity: number },
  lostNetMinor: number,
): CountedSales {
  const { kind, product, quantity } = line;
  const netMinor = Math.max(0, line.netMinor - lostNetMinor);
  const [units, left, whole] = [Math.max(0, quantity), netMinor, Math.max(1, line.netMinor)].map(BigInt) as [
    bigint,
    bigint,
    bigint,
  ];
  return { kind, product, netMinor, units: Number((units * left + whole - 1n) / whole) };
}
