import { hiddenFields } from "../../pages/app-page.ts";
import { type Html, html } from "../../pages/html.ts";
import { card } from "../../pages/parts.ts";
import type { Work } from "../../work/work.ts";
import { may, planners } from "./console-route.ts";
import { type Desk, formFields } from "./desk.ts";
import { actButton } from "./fields.ts";
import { planEditPath } from "./plan-form-page.ts";

/** The plan that was simulated, with what to do with it: keep it, change it, or simulate it again. */
export function simulatedPlanCard(desk: Desk, { input, state }: Work): Html | undefined {
  if (input === null || !may(desk, planners)) return undefined;
  const { say } = desk;
  const document = JSON.stringify(input, null, 2);
  return card({
    title: say.say("work_document"),
    wide: true,
    content: html`<details><summary>${say.say("document")}</summary><pre tabindex="0" aria-label="${say.say("document")}">${document}</pre></details><p></p><div class="actions"><form method="post" action="${planEditPath}">${hiddenFields({ ...formFields(desk), document, step: "do" })}<div class="actions">${
      state === "done" && html`<button class="main">${say.say("plan_do")}</button>`
    }<button name="act" value="form">${say.say("edit_on")}</button></div></form>${actButton(desk, {
      action: "/console/work/simulate",
      label: say.say("simulate_all"),
      sent: { document },
    })}</div>`,
  });
}
