import { findChain } from "../../channel/rows/positions.ts";
import { evaluatePlan, type Part, type RuleOutcome } from "../../commission/evaluate.ts";
import type { ChainPartner, Sale, SaleLine } from "../../commission/sale.ts";
import type { Credit } from "../../ledger/transfer.ts";
import { planOf } from "../../plans/plans.ts";
import { findAssignedPlan, findPlan, type PlanRow } from "../../plans/rows/plans.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";
import { linesOfOrder } from "../record/sale-facts.ts";
import { findDecision } from "../rows/orders.ts";
import type { DecisionRow, OrderRow } from "../rows/schema.ts";
import { isEarlier, type OrderPlace } from "./is-earlier.ts";
import type { FoundEvidence } from "./order-evidence.ts";

/** What a decision froze of the plan that paid it. */
export interface FrozenPlan {
  id: string;
  version: number;
  promise: "first_sale" | "each_sale";
  /** The seller and those above it on the day of the sale. */
  chain: ChainPartner[];
  rules: RuleOutcome[];
}

/** What a plan pays for an order. */
export interface PlannedPay {
  credits: Credit[];
  plan: FrozenPlan;
}

/** An order that is credited to a partner, with what is known of its past. */
export interface CreditedOrder {
  order: OrderRow;
  partner: PartnerId;
  /** The kind of evidence that won. */
  evidence: string;
  found: Pick<FoundEvidence, "product" | "renews" | "before" | "traces" | "heirs">;
  /** The decision in force, when it was decided before. */
  previous: DecisionRow | undefined;
}

/**
 * What the governing plan pays for an order; undefined where no plan does and the partner's own percentage counts. It is
 * that of the copy's first sale where that promised so to the same partner; else the one that this order's decision froze;
 * else the one that is assigned on the day of the sale. So it makes no difference in which order sales come in.
 */
export async function payByPlan(tx: Tx, about: CreditedOrder): Promise<PlannedPay | undefined> {
  const { order, partner, previous } = about;
  const earlier = about.found.before.map((one) => one.order);
  const kept = previous?.partner_id === partner ? previous : undefined;
  if (!about.found.traces.planned) return undefined;
  const row = await governingPlan(tx, { ...about, earlier, kept });
  if (row === undefined) return undefined;
  const plan = planOf(row);
  const frozen = kept === undefined ? undefined : frozenPlan(kept);
  const chain = frozen?.chain ?? (await chainOf(tx, partner, order.occurred_at));
  const { parts, rules } = evaluatePlan(plan, saleOf(about, earlier), chain);
  const credits = creditsOfParts(parts, partner, order.currency);
  const { plan_id: id, version } = row;
  return { credits, plan: { id, version, promise: plan.promise, chain, rules: boundedRules(rules) } };
}

/** The credits of what a plan pays. Who is credited stands in them also when the plan pays nothing. */
export function creditsOfParts(parts: readonly Part[], partner: PartnerId, currency: Currency): Credit[] {
  const credits = parts.map(
    ({ line, rule, lineNetMinor, ...part }): Credit => ({ ...part, line, rule, lineNetMinor }),
  );
  if (!credits.some((credit) => credit.partner === partner))
    credits.unshift({ partner, amountMinor: 0, currency, rateBp: 0 });
  return credits;
}

/** No honest order has more; of a hostile one only what was paid is kept. */
const mostOutcomes = 1000;

const boundedRules = (rules: readonly RuleOutcome[]): RuleOutcome[] =>
  rules.length <= mostOutcomes ? [...rules] : rules.filter((one) => one.matched).slice(0, mostOutcomes);

/** The plan that a stored decision froze; undefined for one that no plan paid. */
export const frozenPlan = ({ plan }: Pick<DecisionRow, "plan">): FrozenPlan | undefined =>
  plan === null ? undefined : (JSON.parse(plan) as FrozenPlan);

async function governingPlan(
  tx: Tx,
  {
    order,
    partner,
    found,
    earlier,
    kept,
  }: CreditedOrder & { earlier: readonly OrderRow[]; kept: DecisionRow | undefined },
): Promise<PlanRow | undefined> {
  const promised = await promisedPlan(tx, partner, earlier, found.heirs);
  if (promised !== undefined) return findPlan(tx, promised.id, promised.version);
  if (kept === undefined) return findAssignedPlan(tx, { partner, at: order.occurred_at });
  const frozen = frozenPlan(kept);
  return frozen === undefined ? undefined : findPlan(tx, frozen.id, frozen.version);
}

async function promisedPlan(
  tx: Tx,
  partner: PartnerId,
  earlier: readonly OrderRow[],
  heirs: ReadonlyMap<PartnerId, PartnerId>,
): Promise<FrozenPlan | undefined> {
  if (earlier.length === 0) return undefined;
  const first = earlier.reduce((a, b) => (isEarlier(a, b) ? a : b));
  const seller = first.partner_id;
  if (seller === null || (heirs.get(seller) ?? seller) !== partner) return undefined;
  const decision = await findDecision(tx, first.order_key, first.decision_seq);
  const plan = decision === undefined ? undefined : frozenPlan(decision);
  return plan?.promise === "first_sale" ? plan : undefined;
}

async function chainOf(tx: Tx, partner: PartnerId, at: Instant): Promise<ChainPartner[]> {
  const rows = await findChain(tx, { partner, at });
  return rows.map(({ id, kind, created_at, status, ended_at }, level) => ({
    partner: id,
    kind,
    since: created_at,
    // Whether the seller itself still counts, its evidence has said.
    ended: level > 0 && status === "ended" && (ended_at ?? at) <= at,
  }));
}

/** What of an order its sale is made of, as pay depends on it. */
export type PaidOrder = Pick<
  OrderRow,
  "told_cycle" | "currency" | "lines" | "net_minor" | "occurred_at" | "country"
>;

/** A credited order as a plan sees it, with the earlier sales of its copy. */
export function saleOf(
  {
    order,
    evidence,
    found,
  }: { order: PaidOrder; evidence: string; found: Pick<FoundEvidence, "product" | "renews"> },
  earlier: readonly (OrderPlace & Pick<OrderRow, "cycle">)[],
): Sale {
  const [next, ...others] = earlier;
  const first = next === undefined ? order : others.reduce((a, b) => (isEarlier(a, b) ? a : b), next);
  const isRenewal = cycleOf(order, found) === "renewal";
  const renewals = earlier.filter((one) => one.cycle === "renewal").length;
  return {
    currency: order.currency,
    soldAt: order.occurred_at,
    country: order.country ?? undefined,
    evidence,
    renewal: renewals + (isRenewal ? 1 : 0),
    firstSoldAt: first.occurred_at,
    lines: saleLines(order, found, isRenewal),
  };
}

/** What the order is in the life of its copy: shops often take a renewal for a new sale. */
export const cycleOf = (
  order: Pick<OrderRow, "told_cycle">,
  { renews }: Pick<FoundEvidence, "renews">,
): OrderRow["cycle"] => (order.told_cycle === "new" && renews ? "renewal" : order.told_cycle);

const soldKinds: readonly string[] = ["new", "renewal", "upgrade", "addon"];

/** An order's lines as a plan's rules look at them. */
export function saleLines(
  order: PaidOrder,
  { product }: Pick<FoundEvidence, "product">,
  isRenewal: boolean,
): SaleLine[] {
  const lines = linesOfOrder(order);
  if (lines.length === 0) {
    const kind = isRenewal ? "renewal" : order.told_cycle;
    return [{ line: "order", kind, product: product ?? undefined, quantity: 1, netMinor: order.net_minor }];
  }
  return lines.map((line) => ({
    line: line.line,
    kind: line.kind === "new" && isRenewal ? "renewal" : line.kind,
    product: line.product ?? (soldKinds.includes(line.kind) ? (product ?? undefined) : undefined),
    quantity: line.quantity,
    netMinor: line.netMinor,
  }));
}
