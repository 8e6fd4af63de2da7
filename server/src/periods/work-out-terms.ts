import type { Period } from "../commission/period.ts";
import { evaluateTerm, type TermResult } from "../commission/period-terms.ts";
import type { Store } from "../store/store.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { countSales } from "./count-sales.ts";
import type { GoverningTerm } from "./governing-terms.ts";

/** What a partner's term comes to for a period by what stayed of its sales now. */
export interface WorkedTerm extends TermResult {
  partner: PartnerId;
  period: string;
  term: string;
  currency: Currency;
  plan: string;
  version: number;
  /** From what count on it pays more, or at all; null where nothing lies ahead. */
  nextAt: number | null;
}

/** Works out a partner's terms for a period. It only reads. */
export async function workOutTerms(
  store: Pick<Store, "read">,
  { partner, period, terms }: { partner: PartnerId; period: Period; terms: readonly GoverningTerm[] },
): Promise<WorkedTerm[]> {
  if (terms.length === 0) return [];
  const salesIn = await countSales(store, { partner, period, terms: terms.map(({ term }) => term) });
  return terms.map(({ plan, version, term }) => {
    const result = evaluateTerm(term, salesIn(term.currency));
    const ahead = [
      term.threshold,
      ...term.tiers.map(({ from }) => from),
      ...term.bonuses.map(({ at }) => at),
    ];
    const above = ahead.filter((at) => at > result.counted);
    return {
      partner,
      period: period.period,
      term: term.term,
      currency: term.currency,
      plan,
      version,
      ...result,
      nextAt: above.length === 0 ? null : Math.min(...above),
    };
  });
}
