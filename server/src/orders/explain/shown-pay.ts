import type { RuleOutcome } from "../../commission/evaluate.ts";
import type { Loss } from "../../ledger/loss.ts";
import { remainingOfCredits } from "../../ledger/remaining.ts";
import type { Credit } from "../../ledger/transfer.ts";
import { shareMinor } from "../../words/money.ts";
import { frozenPlan } from "../decide/pay-by-plan.ts";
import type { DecisionRow, OrderRow } from "../rows/schema.ts";

/** What a partner is credited, at the full amount; `rate` in percent of the order's net. */
export interface ShownCredit {
  partner: string;
  amountMinor: number;
  /** What refunds and disputes left of it. */
  remainingMinor: number;
  currency: string;
  rate: number;
}

/** What paid an order. */
export interface ShownPay {
  /** A plan's id, or `legacy` for the partner's own percentage. */
  id: string;
  version: number;
  /** The seller and those above it on the day of the sale. */
  chain: string[];
  rules: RuleOutcome[];
}

/**
 * The credits of a decision, one a partner. Where one rate paid all of it, `rate` is that one; else it is what the sum is
 * of the order's net, to two decimals.
 */
export function shownCredits(
  order: Pick<OrderRow, "net_minor">,
  credits: readonly Credit[],
  loss: Loss,
): ShownCredit[] {
  const remaining = remainingOfCredits(credits, loss);
  const left = credits.map((credit, index) => ({ ...credit, remainingMinor: remaining[index] ?? 0 }));
  return [...Map.groupBy(left, ({ partner, currency }) => `${partner} ${currency}`).values()].flatMap(
    (ofPartner) => {
      const [first] = ofPartner;
      if (first === undefined) return [];
      const { partner, currency, rateBp } = first;
      const remainingMinor = ofPartner.reduce((sum, one) => sum + one.remainingMinor, 0);
      const amountMinor = ofPartner.reduce((sum, one) => sum + one.amountMinor, 0);
      const isUniform = ofPartner.every((one) => one.rateBp === rateBp && isRate(one));
      const effectiveBp = order.net_minor === 0 ? 0 : Math.round((amountMinor * 10_000) / order.net_minor);
      return [
        { partner, amountMinor, remainingMinor, currency, rate: (isUniform ? rateBp : effectiveBp) / 100 },
      ];
    },
  );
}

/** Whether a credit is what its rate says and no more or less: nothing flat, no cap, no share given up. */
const isRate = ({ amountMinor, rateBp, lineNetMinor }: Credit): boolean =>
  lineNetMinor === undefined || amountMinor === shareMinor(lineNetMinor, rateBp, 10_000);

/** What paid a decision; null where it credits nobody. */
export function shownPay(decision: Pick<DecisionRow, "plan" | "outcome" | "partner_id">): ShownPay | null {
  if (decision.outcome !== "credited" || decision.partner_id === null) return null;
  const plan = frozenPlan(decision);
  if (plan === undefined) return { id: "legacy", version: 1, chain: [decision.partner_id], rules: [] };
  return {
    id: plan.id,
    version: plan.version,
    chain: plan.chain.map(({ partner }) => partner),
    rules: plan.rules,
  };
}
