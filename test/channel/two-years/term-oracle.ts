import { type PaidLine, portion } from "./commission-oracle.ts";
import type { TermText } from "./plans.ts";

/** What a term comes to, from what stayed of a period's lines, as docs/plans.md says it. */
export function termAmount(
  term: TermText,
  { own, below, earned }: { own: PaidLine[]; below: PaidLine[]; earned: number },
): number {
  const ofOwn = count(term, own);
  const all = term.of === "tree" ? ofOwn + count(term, below) : ofOwn;
  const pays = all >= (term.threshold ?? 0) && ofOwn >= (term.ownThreshold ?? 0);
  let amount = 0;
  if (pays) {
    const tiers = term.tiers ?? [];
    let share = 0;
    tiers.forEach((tier, at) => {
      const top = Math.min(all, tiers[at + 1]?.from ?? all);
      const part = Math.max(0, top - tier.from);
      if (term.counts.measure === "net") share += part * (tier.rateBp ?? 0);
      else amount += part * (tier.perUnitMinor ?? 0);
    });
    amount += portion(share, 1, 10_000);
    for (const bonus of term.bonuses ?? []) if (all >= bonus.at) amount += bonus.amountMinor;
    amount = Math.min(amount, term.capMinor ?? amount);
  }
  return Math.min(amount, (term.earningsLimitMinor ?? Number.POSITIVE_INFINITY) - earned);
}

function count({ counts }: TermText, lines: readonly PaidLine[]): number {
  const counted = lines.filter(
    ({ kind, product }) =>
      (counts.kinds?.includes(kind) ?? true) &&
      (counts.products === undefined || (product !== undefined && counts.products.includes(product))),
  );
  return counted.reduce((sum, one) => sum + (counts.measure === "net" ? one.netMinor : one.quantity), 0);
}
