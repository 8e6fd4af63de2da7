import { cleanText } from "../../cli/table.ts";
import type { RuleOutcome } from "../../commission/evaluate.ts";
import type { ShownPay } from "../explain/shown-pay.ts";
import { ruleWords } from "./reason-words.ts";

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
    .map(({ rule, why }) => `not by "${rule}", since ${ruleWords(why)}`);
  return (
    about + [paid === undefined ? "paid nothing" : `paid by the rule "${paid.rule}"`, ...passed].join("; ")
  );
}
