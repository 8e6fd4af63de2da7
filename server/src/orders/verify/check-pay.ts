import { isDeepStrictEqual } from "node:util";
import { whyOf } from "../../commission/conditions.ts";
import { creditsFor } from "../../commission/credits.ts";
import { payMatched, type RuleOutcome } from "../../commission/evaluate.ts";
import type { Plan, Rule } from "../../commission/plan.ts";
import type { Sale } from "../../commission/sale.ts";
import { frozenCredits } from "../decide/decide-order.ts";
import { creditsOfParts, type FrozenPlan, frozenPlan, saleLines } from "../decide/pay-by-plan.ts";
import type { CheckedDecision } from "../rows/checked-orders.ts";
import type { OrderRow } from "../rows/schema.ts";

/** The plan of an id and version; undefined where there is none. */
export type PlanLookup = (plan: Pick<FrozenPlan, "id" | "version">) => Plan | undefined;

/** What is wrong with the credits of the decision in force: each is worked out anew from the order and what was frozen. */
export function checkPay(order: OrderRow, decision: CheckedDecision, plans: PlanLookup): string[] {
  const credits = frozenCredits(decision);
  const { partner_id: partner } = decision;
  if (decision.outcome !== "credited" || partner === null)
    return credits.length === 0 ? [] : ["its credits do not fit its outcome"];
  const frozen = frozenPlan(decision);
  if (frozen === undefined) {
    const rateBp = credits[0]?.rateBp ?? 0;
    const expected = creditsFor({ partner, rateBp }, { netMinor: order.net_minor, currency: order.currency });
    return isDeepStrictEqual(credits, expected) ? [] : ["its credit is not its rate of its net amount"];
  }
  const plan = plans(frozen);
  if (plan === undefined)
    return [`the plan ${frozen.id} version ${frozen.version} that paid it is not there`];
  if (frozen.chain[0]?.partner !== partner)
    return ["its chain does not begin with the partner it is credited to"];
  const lines = saleLines(order, order, order.cycle === "renewal");
  const matched = frozen.rules.filter((one) => one.matched);
  const parts = payMatched(plan, { currency: order.currency, lines }, frozen.chain, matched);
  if (!isDeepStrictEqual(credits, withoutUndefined(creditsOfParts(parts, partner, order.currency))))
    return ["its credits are not what its plan pays for its lines"];
  const unfit = matched.find((one) => !mayFit(plan, frozen, { order, decision, lines }, one));
  return unfit === undefined ? [] : [`the rule ${unfit.rule} that paid it does not fit it`];
}

/** As it would be read back: JSON has no undefined. */
const withoutUndefined = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * Whether a rule that is said to have fitted can have: all that it asks of the order alone holds, and no rule before it
 * fits by the order alone. What it asks of the copy's past is taken from the record, as the past may have grown since.
 */
function mayFit(
  plan: Plan,
  { chain }: FrozenPlan,
  about: { order: OrderRow; decision: CheckedDecision; lines: Sale["lines"] },
  { partner: id, line: name, rule }: RuleOutcome,
): boolean {
  const level = chain.findIndex((one) => one.partner === id);
  const partner = chain[level];
  const line = about.lines.find((one) => one.line === name);
  if (partner === undefined || line === undefined || partner.ended) return false;
  const rules: readonly Rule[] = level === 0 ? plan.rules : plan.overrides;
  const index = rules.findIndex((one) => one.rule === rule);
  const { occurred_at: soldAt, currency, country } = about.order;
  const evidence = about.decision.evidence_kind ?? "";
  const { lines } = about;
  const sale: Sale = {
    currency,
    soldAt,
    country: country ?? undefined,
    evidence,
    renewal: 0,
    firstSoldAt: soldAt,
    lines,
  };
  const fits = (one: Rule) => whyOf(one, { sale, line, partner, level }) === "fits";
  const asksThePast = ({ when }: Rule) => when.renewals !== undefined || when.renewalAgeDays !== undefined;
  const own = rules[index];
  if (own === undefined) return false;
  const alone = { ...own, when: { ...own.when, renewals: undefined, renewalAgeDays: undefined } };
  return fits(alone) && rules.slice(0, index).every((one) => asksThePast(one) || !fits(one));
}
