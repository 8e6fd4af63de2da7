import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import { card, facts } from "../../../pages/parts.ts";
import { readPlan } from "../../../plans/plan-schema.ts";
import { simulatePlan } from "../../../simulations/simulate-plan.ts";
import { createSum } from "../../../simulations/sum-differences.ts";
import type { Work } from "../../../work/work.ts";
import { may, planners } from "../kit/console-route.ts";
import { type Desk, formFields, given } from "../kit/desk.ts";
import { setOff } from "../kit/set-off.ts";
import { endOfDay, startOfDay } from "../kit/time-fields.ts";
import { parseJson } from "./plan-edit.ts";
import { planEditPath } from "./plan-form-page.ts";
import { simulateForm } from "./plan-simulate-form.ts";

/** What a simulation was set off with: the plan, and the sales that it was to look at. */
interface Simulated {
  document: unknown;
  since?: string;
  until?: string;
  partner?: string;
}

/** `plan simulate`: what was sent is a plan's document, and which sales to pay by it; all of them by default. */
export async function simulate(desk: Desk): Promise<Response> {
  const form = desk.c.get("form");
  const document = parseJson(form?.get("document") ?? "");
  const { plan } = readPlan(document);
  const asked: Simulated = { document };
  for (const name of ["since", "until", "partner"] as const) {
    const value = given(form, name);
    if (value !== undefined) asked[name] = value;
  }
  const sales = {
    since: startOfDay(asked.since),
    until: endOfDay(asked.until),
    partner: asked.partner,
  };
  const run = async (tell: (progress: Record<string, number>) => void) => {
    const sums = createSum();
    let orders = 0;
    for await (const page of simulatePlan(desk.deps, document, sales)) {
      sums.add(page);
      orders += page.read;
      tell({ orders });
    }
    return sums.sum();
  };
  return setOff(desk, "simulate", plan, run, asked);
}

/** The plan that was simulated, with what to do with it: keep it, change it, or simulate it again. */
export function simulatedPlanCard(desk: Desk, { input, state }: Work): Html | undefined {
  if (input === null || !may(desk, planners)) return undefined;
  const { say } = desk;
  const { document: plan, since, until, partner } = input as Simulated;
  const document = JSON.stringify(plan, null, 2);
  return card({
    title: say.say("work_document"),
    wide: true,
    content: html`${facts([
      [say.say("since"), since],
      [say.say("until"), until],
      [say.say("partner"), partner],
    ])}<details><summary>${say.say("document_label")}</summary><pre tabindex="0" aria-label="${say.say("document")}">${document}</pre></details><p></p><form method="post" action="${planEditPath}">${hiddenFields({ ...formFields(desk), document, step: "do" })}<div class="actions">${
      state === "done" && html`<button class="main">${say.say("plan_do")}</button>`
    }<button name="act" value="form">${say.say("edit_on")}</button></div></form>${simulateForm(desk, document, { since, until, partner })}`,
  });
}
