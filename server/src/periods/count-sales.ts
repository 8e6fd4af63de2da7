import { type Position, parentsAt, partnersAbove } from "../channel/hierarchy.ts";
import { listPositions } from "../channel/rows/positions.ts";
import type { Period } from "../commission/period.ts";
import {
  type CountedSales,
  type PeriodSales,
  type PeriodTerm,
  stayedOf,
} from "../commission/period-terms.ts";
import { bearReductions } from "../commission/sale.ts";
import { saleOf } from "../orders/pay-by-plan.ts";
import { type PartnerSale, walkSales } from "../orders/walk-sales.ts";
import type { Store } from "../store/store.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { sumEarned } from "./rows/period-terms.ts";

/** What of a period a partner's terms count. */
export interface CountQuestion {
  partner: PartnerId;
  period: Pick<Period, "from" | "until">;
  terms: readonly PeriodTerm[];
}

/**
 * Counts a partner's sales of a period by currency: what stayed of them now. It walks through the sales of that time alone,
 * and of those below the partner only where a term counts its tree or limits what it earns.
 */
export async function countSales(
  store: Pick<Store, "read">,
  { partner, period, terms }: CountQuestion,
): Promise<(currency: Currency) => PeriodSales> {
  const positions = await store.read((tx) => listPositions(tx));
  const below = [...everBelow(positions, partner)];
  const own = new Tally();
  for await (const { sales } of walkSales(store, { partner, ...period }, nothingElse)) own.addAll(sales);
  const others = new Tally();
  if (terms.some((term) => term.of === "tree"))
    for (const seller of below)
      for await (const { sales } of walkSales(store, { partner: seller, ...period }, nothingElse))
        others.addAll(sales.filter((sale) => stoodBelow(sale, { seller, partner, positions })));
  const earned = new Map<Currency, number>();
  if (terms.some((term) => term.earningsLimitMinor !== undefined))
    for (const seller of [partner, ...below])
      for (const sum of await store.read((tx) => sumEarned(tx, { seller, partner, ...period })))
        earned.set(sum.currency, (earned.get(sum.currency) ?? 0) + Number(sum.earned_minor));
  return (currency) => ({
    own: own.of(currency),
    below: others.of(currency),
    earnedMinor: earned.get(currency) ?? 0,
  });
}

const nothingElse = async () => undefined;

/** All who stood below a partner on any day. */
function everBelow(positions: readonly Position[], partner: PartnerId): Set<PartnerId> {
  const below = new Set<PartnerId>();
  for (let before = -1; before < below.size; ) {
    before = below.size;
    for (const one of positions)
      if (one.parent !== null && (one.parent === partner || below.has(one.parent))) below.add(one.partner);
  }
  below.delete(partner);
  return below;
}

/** By the chain that the decision froze; a sale that no plan paid has none, and the positions of its day count. */
function stoodBelow(
  { row }: PartnerSale,
  { seller, partner, positions }: { seller: PartnerId; partner: PartnerId; positions: readonly Position[] },
): boolean {
  const chain = row.chain?.split(" ") ?? partnersAbove(parentsAt(positions, row.occurred_at), seller);
  return chain.includes(partner);
}

/** What stayed of sales, added up by currency, kind and product. */
class Tally {
  readonly #sums = new Map<Currency, Map<string, CountedSales>>();

  addAll(sales: readonly PartnerSale[]): void {
    for (const sale of sales) for (const one of stayedLines(sale)) this.#add(sale.row.currency, one);
  }

  of(currency: Currency): readonly CountedSales[] {
    return [...(this.#sums.get(currency)?.values() ?? [])];
  }

  #add(currency: Currency, { kind, product, netMinor, units }: CountedSales): void {
    const sums = this.#sums.get(currency) ?? new Map<string, CountedSales>();
    this.#sums.set(currency, sums);
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
