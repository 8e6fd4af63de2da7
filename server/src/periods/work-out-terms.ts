import type { Period } from "../commission/period.ts";
import { evaluateTerm, type PeriodTerm, type TermResult } from "../commission/period-terms.ts";
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
  /** What `counted` and `nextAt` are in: minor units of net sales, or units. */
  measure: PeriodTerm["counts"]["measure"];
  /** From what count on it pays more, or at all; null where nothing lies ahead. */
  nextAt: number | null;
}

/** Works out a partner's terms for some periods of one length. It only reads. */
export async function workOutTerms(
  store: Pick<Store, "read">,
  {
    partner,
    periods,
  }: { partner: PartnerId; periods: readonly { period: Period; terms: readonly GoverningTerm[] }[] },
): Promise<WorkedTerm[]> {
  const counted = periods.filter(({ terms }) => terms.length > 0);
  if (counted.length === 0) return [];
  const salesIn = await countSales(store, {
    partner,
    periods: counted.map(({ period, terms }) => ({ period, terms: terms.map(({ term }) => term) })),
  });
  return counted.flatMap(({ period, terms }) =>
    terms.map(({ plan, version, term }) => {
      const result = evaluateTerm(term, salesIn(period.period, term.currency));
      const { currency } = term;
      const nextAt = aheadOf(term, result.counted);
      const { measure } = term.counts;
      const of = { partner, period: period.period, term: term.term, currency, plan, version, measure };
      return { ...of, ...result, nextAt };
    }),
  );
}

/** The next count at which a term pays more, or at all. */
function aheadOf({ threshold, tiers, bonuses }: PeriodTerm, counted: number): number | null {
  const steps = [threshold, ...tiers.map(({ from }) => from), ...bonuses.map(({ at }) => at)];
  const above = steps.filter((at) => at > counted);
  return above.length === 0 ? null : Math.min(...above);
}
