import { requirePartner } from "../channel/active-partner.ts";
import { listPartnerRows } from "../channel/rows/partners.ts";
import type { Credit } from "../ledger/transfer.ts";
import { isEarlier } from "../orders/decide/is-earlier.ts";
import { frozenPlan, saleOf } from "../orders/decide/pay-by-plan.ts";
import { type PartnerSale, walkSales } from "../orders/explain/walk-sales.ts";
import { findDecision } from "../orders/rows/orders.ts";
import { listSaleDecisions, listSalesOfCopy, type SaleSpan } from "../orders/rows/partner-sales.ts";
import { type PlanDocument, readPlan } from "../plans/plan-schema.ts";
import type { Store, Tx } from "../store/store.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import type { OrderKey, PartnerId } from "../words/ids.ts";
import { type Chains, readChains } from "./chains.ts";
import { type Difference, simulateSale } from "./simulate-sale.ts";

/** Which sales to pay otherwise: of all partners or of one, by the day of the sale, all by default. */
export interface SimulatedSales {
  since?: Instant | undefined;
  /** The last instant at which they were made. */
  until?: Instant | undefined;
  partner?: string | undefined;
}

/** A sale that would be paid otherwise. Amounts in minor units of what stayed of it. */
export interface SimulatedOrder {
  shop: string;
  order: string;
  /** ISO 8601 in UTC. */
  occurredAt: string;
  currency: string;
  /** Whom it is credited to. */
  seller: PartnerId;
  /** Of each partner that is or would be paid; also those for whom nothing would change. */
  credits: Difference[];
}

/** One page of a simulation: how many sales were looked at, and those that would be paid otherwise. */
export interface SimulatedPage {
  read: number;
  /** Renewals whose first sale was promised another plan: they stay as they are. */
  promised: number;
  orders: SimulatedOrder[];
}

/** The last instant there is. */
const endOfTime = instant(8_640_000_000_000_000);

/**
 * What a plan would have paid for the sales that are stored, had it been assigned to everybody on `since`, or always. It
 * only reads, a page at a time. Renewals of a copy whose first sale was made before `since`, under a plan that promised
 * them its own rate, stay with that plan.
 *
 * @throws {Refusal} `request_invalid` for what is no plan; `partner_unknown`
 */
export async function* simulatePlan(
  deps: { store: Pick<Store, "read"> },
  document: unknown,
  { since = instant(0), until = endOfTime, partner }: SimulatedSales = {},
): AsyncGenerator<SimulatedPage> {
  const plan = readPlan(document);
  const { sellers, chains } = await deps.store.read(async (tx) => ({
    sellers:
      partner === undefined
        ? (await listPartnerRows(tx)).map(({ id }) => id)
        : [(await requirePartner(tx, partner)).id],
    chains: await readChains(tx),
  }));
  for (const seller of sellers)
    for await (const { sales, extra } of walkSales(
      deps.store,
      { partner: seller, from: since, until: instant(until + 1) },
      (tx, span, page) => readFacts(tx, { span, page, since }),
    ))
      yield simulatePage({ plan, chains, seller }, sales, extra);
}

/** What pay depends on beside the sale: its decision in force, and the earlier sales of its copy. */
export interface SaleFacts {
  decision: Awaited<ReturnType<typeof listSaleDecisions>>[number];
  earlier: Awaited<ReturnType<typeof listSalesOfCopy>>;
  /** Its copy's first sale was promised the plan of its own day, before the time that is simulated. */
  promised: boolean;
}

/** Reads the facts of a page of sales, by their keys. */
export async function readFacts(
  tx: Tx,
  { span, page, since }: { span: SaleSpan; page: readonly PartnerSale[]; since: Instant },
): Promise<Map<OrderKey, SaleFacts>> {
  const decisions = new Map((await listSaleDecisions(tx, span)).map((one) => [one.order_key, one]));
  const facts = new Map<OrderKey, SaleFacts>();
  for (const { row } of page) {
    const decision = decisions.get(row.order_key);
    if (decision === undefined) continue;
    const earlier = (await listSalesOfCopy(tx, decision)).filter((one) => isEarlier(one, decision));
    const promised = await isPromised(tx, { earlier, seller: span.partner_id, since });
    facts.set(row.order_key, { decision, earlier, promised });
  }
  return facts;
}

async function isPromised(
  tx: Tx,
  { earlier, seller, since }: { earlier: SaleFacts["earlier"]; seller: PartnerId; since: Instant },
): Promise<boolean> {
  const [one, ...others] = earlier;
  if (one === undefined) return false;
  const first = others.reduce((a, b) => (isEarlier(a, b) ? a : b), one);
  if (first.occurred_at >= since || first.partner_id !== seller) return false;
  const decision = await findDecision(tx, first.order_key, first.decision_seq);
  return decision !== undefined && frozenPlan(decision)?.promise === "first_sale";
}

function simulatePage(
  { plan, chains, seller }: { plan: PlanDocument; chains: Chains; seller: PartnerId },
  sales: readonly PartnerSale[],
  facts: ReadonlyMap<OrderKey, SaleFacts>,
): SimulatedPage {
  const page: SimulatedPage = { read: sales.length, promised: 0, orders: [] };
  for (const sale of sales) {
    const its = facts.get(sale.row.order_key);
    if (its === undefined) continue;
    if (its.promised) {
      page.promised += 1;
      continue;
    }
    const chain = frozenPlan(its.decision)?.chain ?? chains.chainAt(seller, sale.row.occurred_at);
    const credits = simulateSale(paidSale(sale, its), { plan, chain });
    if (credits.some((one) => one.nowMinor !== one.thenMinor))
      page.orders.push({ ...nameOf(sale, its), seller, credits });
  }
  return page;
}

/** A stored sale as the simulation pays it anew. */
export function paidSale({ row, loss }: PartnerSale, { decision, earlier }: SaleFacts) {
  const found = { product: row.product, renews: row.cycle === "renewal" };
  const order = { ...row, told_cycle: row.cycle };
  const sale = saleOf({ order, evidence: decision.evidence_kind ?? "", found }, earlier);
  return { sale, credits: JSON.parse(decision.credits) as Credit[], loss };
}

/** What a person knows a sale by. */
export const nameOf = ({ row }: PartnerSale, { decision: { shop, order_id } }: SaleFacts) => ({
  shop: shop as string,
  order: order_id as string,
  occurredAt: isoTime(row.occurred_at),
  currency: row.currency as string,
});
