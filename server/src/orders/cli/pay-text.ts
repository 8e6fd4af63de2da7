import { cleanText } from "../../cli/table.ts";
import type { RuleWhy } from "../../commission/conditions.ts";
import type { RuleOutcome } from "../../commission/evaluate.ts";
import type { ShownPay } from "../shown-pay.ts";

const words: Readonly<Record<RuleWhy, string>> = {
  partner_ended: "the agreement with it had ended",
  earlier_rule: "an earlier rule pays it",
  other_level: "it is for another level of the chain",
  other_kind: "it is for lines of another kind",
  other_product: "it is for another product",
  other_quantity: "it is for another quantity",
  country_unknown: "it asks for the buyer's country, which the shop did not tell",
  other_country: "it is for buyers in another country",
  other_evidence: "it is for other evidence",
  other_partner_kind: "it is for another kind of partner",
  other_partner_age: "it is for partners of another age",
  other_renewal: "it is for another renewal",
  other_renewal_age: "it is for another age of the copy",
  before_its_days: "its days had not begun",
  after_its_days: "its days were over",
  other_currency: "it names no amount in this currency",
  fits: "it fits",
};

/** What paid an order, in a paragraph; nothing for one that no plan paid. */
export function payText(plan: ShownPay | null): string {
  if (plan === null || plan.id === "legacy") return "";
  const [seller, ...above] = plan.chain;
  const stood =
    above.length === 0 ? `nobody stood above ${seller}` : `${seller} stood below ${above.join(", ")}`;
  const head = `Paid by plan ${plan.id}, version ${plan.version}. On the day of the sale ${stood}.`;
  const perLine = [...Map.groupBy(plan.rules, ({ line, partner }) => `${line}\n${partner}`).values()];
  return `${[head, ...perLine.map(lineText)].map((line) => cleanText(line)).join("\n  ")}\n`;
}

function lineText(outcomes: readonly RuleOutcome[]): string {
  const [first] = outcomes;
  const about = `Line ${first?.line}, ${first?.partner}: `;
  const paid = outcomes.find((one) => one.matched);
  const passed = outcomes
    .filter((one) => !one.matched && one.why !== "earlier_rule")
    .map(({ rule, why }) => `not by "${rule}", since ${words[why]}`);
  return (
    about + [paid === undefined ? "paid nothing" : `paid by the rule "${paid.rule}"`, ...passed].join("; ")
  );
}
