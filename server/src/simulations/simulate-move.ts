import { requirePartner } from "../channel/active-partner.ts";
import { everBelow } from "../channel/hierarchy.ts";
import { listPositions } from "../channel/rows/positions.ts";
import type { Deps } from "../deps/deps.ts";
import { frozenPlan } from "../orders/decide/pay-by-plan.ts";
import { walkSales } from "../orders/explain/walk-sales.ts";
import { planOf } from "../plans/plans.ts";
import { findPlan, type PlanRow } from "../plans/rows/plans.ts";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { readChains } from "./chains.ts";
import { nameOf, paidSale, readFacts, type SimulatedPage } from "./simulate-plan.ts";
import { simulateSale } from "./simulate-sale.ts";

/** A move that is only supposed: who would stand above a partner since a moment. */
export interface SupposedMove {
  partner: string;
  /** Null for nobody. */
  parent: string | null;
}

/**
 * What a move would have changed for the sales of the last year, had it been made then: the same plans, with the chain as it
 * would have been, of the partner and all below it. It only reads, a page at a time. Sales that no plan paid have no share
 * for anybody above, so they stay as they are.
 *
 * @throws {Refusal} `partner_unknown`, `parent_unknown`
 */
export async function* simulateMove(
  deps: Pick<Deps, "store" | "clock">,
  { partner, parent }: SupposedMove,
): AsyncGenerator<SimulatedPage> {
  const until = deps.clock();
  const from = addDays(until, -365);
  const moved = as.partner(partner);
  const { sellers, chains } = await deps.store.read(async (tx) => {
    await requirePartner(tx, partner);
    if (parent !== null)
      await requirePartner(tx, parent).catch(() => {
        throw new Refusal("parent_unknown", `There is no partner ${parent} to be the parent.`);
      });
    const above = parent === null ? null : as.partner(parent);
    return {
      sellers: [moved, ...everBelow(await listPositions(tx), moved)],
      chains: await readChains(tx, { partner: moved, parent: above, since: from }),
    };
  });
  for (const seller of sellers)
    for await (const { sales, extra } of walkSales(
      deps.store,
      { partner: seller, from, until },
      async (tx, span, page) => {
        const facts = await readFacts(tx, { span, page, since: instant(0) });
        const plans = new Map<string, PlanRow>();
        for (const { decision } of facts.values()) {
          const plan = frozenPlan(decision);
          const row = plan === undefined ? undefined : await findPlan(tx, plan.id, plan.version);
          if (plan !== undefined && row !== undefined) plans.set(`${plan.id} ${plan.version}`, row);
        }
        return { facts, plans };
      },
    )) {
      const page: SimulatedPage = { read: sales.length, promised: 0, orders: [] };
      for (const sale of sales) {
        const its = extra.facts.get(sale.row.order_key);
        const frozen = its === undefined ? undefined : frozenPlan(its.decision);
        const row = frozen === undefined ? undefined : extra.plans.get(`${frozen.id} ${frozen.version}`);
        if (its === undefined || row === undefined) continue;
        const chain = chains.chainAt(seller, sale.row.occurred_at);
        const credits = simulateSale(paidSale(sale, its), { plan: planOf(row), chain });
        if (credits.some((one) => one.nowMinor !== one.thenMinor))
          page.orders.push({ ...nameOf(sale, its), seller, credits });
      }
      yield page;
    }
}
