import { everBelow, type Position, parentsAt, partnersAbove } from "../channel/hierarchy.ts";
import { listPositions } from "../channel/rows/positions.ts";
import type { Period } from "../commission/period.ts";
import {
  type CountedSales,
  type PeriodSales,
  type PeriodTerm,
  stayedOf,
} from "../commission/period-terms.ts";
import { bearReductions } from "../ledger/bear-reductions.ts";
import { saleOf } from "../orders/decide/pay-by-plan.ts";
import { type PartnerSale, walkSales } from "../orders/explain/walk-sales.ts";
import type { Store } from "../store/store.ts";
import { instant } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { sumEarned } from "./rows/period-terms.ts";

/** A period, and the terms that count in it. All periods of one question are of one length. */
export interface CountedPeriod {
  period: Period;
  terms: readonly PeriodTerm[];
}

/** What a partner's terms count, by the name of a period and the currency. */
export type SalesOfPeriods = (period: string, currency: Currency) => PeriodSales;

/**
 * Counts a partner's sales of some periods by currency: what stayed of them now. It walks once through the sales of that
 * time, and of those below the partner only where a term counts its tree or limits what it earns.
 */
export async function countSales(
  store: Pick<Store, "read">,
  { partner, periods }: { partner: PartnerId; periods: readonly CountedPeriod[] },
): Promise<SalesOfPeriods> {
  const positions = await store.read((tx) => listPositions(tx));
  const below = [...everBelow(positions, partner)];
  const own = new Tally(periods);
  for await (const { sales } of walkSales(store, { partner, ...spanOf(periods) }, nothingElse))
    own.addAll(sales);
  const others = new Tally(periods);
  const ofTree = periods.filter(({ terms }) => terms.some((term) => term.of === "tree"));
  for (const seller of ofTree.length === 0 ? [] : below)
    for await (const { sales } of walkSales(store, { partner: seller, ...spanOf(ofTree) }, nothingElse))
      others.addAll(sales.filter((sale) => stoodBelow(sale, { seller, partner, positions })));
  const earned = await earnedOf(store, { partner, sellers: [partner, ...below], periods });
  return (period, currency) => ({
    own: own.of(period, currency),
    below: others.of(period, currency),
    earnedMinor: earned.get(`${period} ${currency}`) ?? 0,
  });
}

const spanOf = (periods: readonly CountedPeriod[]) => ({
  from: instant(Math.min(...periods.map(({ period }) => period.from))),
  until: instant(Math.max(...periods.map(({ period }) => period.until))),
});

/** What a partner was paid of sellers' sales, by period and currency, where a term limits it. */
async function earnedOf(
  store: Pick<Store, "read">,
  {
    partner,
    sellers,
    periods,
  }: { partner: PartnerId; sellers: readonly PartnerId[]; periods: readonly CountedPeriod[] },
): Promise<Map<string, number>> {
  const earned = new Map<string, number>();
  for (const { period, terms } of periods) {
    if (terms.every((term) => term.earningsLimitMinor === undefined)) continue;
    const { from, until } = period;
    const sums = await store.read(async (tx) => {
      const found = [];
      for (const seller of sellers) found.push(...(await sumEarned(tx, { seller, partner, from, until })));
      return found;
    });
    for (const { currency, earned_minor } of sums) {
      const name = `${period.period} ${currency}`;
      earned.set(name, (earned.get(name) ?? 0) + Number(earned_minor));
    }
  }
  return earned;
}

const nothingElse = async () => undefined;

/** By the chain that the decision froze; a sale that no plan paid has none, and the positions of its day count. */
function stoodBelow(
  { row }: PartnerSale,
  { seller, partner, positions }: { seller: PartnerId; partner: PartnerId; positions: readonly Position[] },
): boolean {
  const chain = row.chain?.split(" ") ?? partnersAbove(parentsAt(positions, row.occurred_at), seller);
  return chain.includes(partner);
}

/** What stayed of sales, added up by period, currency, kind and product. */
class Tally {
  readonly #sums = new Map<string, Map<string, CountedSales>>();
  readonly #periods: readonly Period[];

  constructor(periods: readonly CountedPeriod[]) {
    this.#periods = periods.map(({ period }) => period);
  }

  addAll(sales: readonly PartnerSale[]): void {
    for (const sale of sales) {
      const { occurred_at, currency } = sale.row;
      const period = this.#periods.find(({ from, until }) => from <= occurred_at && occurred_at < until);
      if (period !== undefined)
        for (const one of stayedLines(sale)) this.#add(`${period.period} ${currency}`, one);
    }
  }

  of(period: string, currency: Currency): readonly CountedSales[] {
    return [...(this.#sums.get(`${period} ${currency}`)?.values() ?? [])];
  }

  #add(where: string, { kind, product, netMinor, units }: CountedSales): void {
    const sums = this.#sums.get(where) ?? new Map<string, CountedSales>();
    this.#sums.set(where, sums);
    const name = `${kind} ${product ?? ""}`;
    const sum = sums.get(name) ?? { kind, product, netMinor: 0, units: 0 };
    sum.netMinor += netMinor;
    sum.units += units;
    sums.set(name, sum);
  }
}

/** What stayed of a sale's lines, as its credits shrink too. */
function stayedLines({ row, loss }: PartnerSale): CountedSales[] {
  const isGone = loss.whole || (loss.lostNetMinor > 0 && loss.lostNetMinor >= loss.netMinor);
  if (isGone) return [];
  const found = { product: row.product, renews: row.cycle === "renewal" };
  const { lines } = saleOf({ order: { ...row, told_cycle: row.cycle }, evidence: "", found }, []);
  return bearReductions(lines).map((line) => {
    const lost = loss.lines.size === 0 ? loss.lostNetMinor : (loss.lines.get(line.line) ?? 0);
    return stayedOf(line, Math.max(0, lost));
  });
}
