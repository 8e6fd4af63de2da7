import { evaluatePlan } from "../commission/evaluate.ts";
import type { Plan } from "../commission/plan.ts";
import type { ChainPartner, Sale } from "../commission/sale.ts";
import type { Loss } from "../ledger/loss.ts";
import { remainingOfCredits } from "../ledger/remaining.ts";
import type { Credit } from "../ledger/transfer.ts";
import type { PartnerId } from "../words/ids.ts";

/** What a partner has of a sale, and what it would have, in minor units of what stayed. */
export interface Difference {
  partner: PartnerId;
  nowMinor: number;
  thenMinor: number;
}

/** A sale with what it is paid now. */
export interface PaidSale {
  sale: Sale;
  credits: readonly Credit[];
  loss: Loss;
}

/**
 * What another plan or another chain would have paid for a sale beside what it is paid now, both after what has gone back:
 * for each partner that either of them pays. It depends on nothing but what it is given.
 */
export function simulateSale(
  { sale, credits, loss }: PaidSale,
  { plan, chain }: { plan: Plan; chain: readonly ChainPartner[] },
): Difference[] {
  const { parts } = evaluatePlan(plan, sale, chain);
  const now = sumsOf(credits, loss);
  const then = sumsOf(parts, loss);
  return [...new Set([...now.keys(), ...then.keys()])].map((partner) => ({
    partner,
    nowMinor: now.get(partner) ?? 0,
    thenMinor: then.get(partner) ?? 0,
  }));
}

function sumsOf(
  credits: readonly Pick<Credit, "partner" | "amountMinor" | "line" | "lineNetMinor">[],
  loss: Loss,
): Map<PartnerId, number> {
  const left = remainingOfCredits(credits, loss);
  const sums = new Map<PartnerId, number>();
  credits.forEach(({ partner }, at) => {
    sums.set(partner, (sums.get(partner) ?? 0) + (left[at] ?? 0));
  });
  return sums;
}
