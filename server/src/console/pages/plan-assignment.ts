import { hiddenFields } from "../../pages/app-page.ts";
import { html } from "../../pages/html.ts";
import { card, confirmButtons, emptyState, notice } from "../../pages/parts.ts";
import { assignPlan, listPlans } from "../../plans/plans.ts";
import { instant } from "../../words/clock.ts";
import { consolePage, type Desk, formFields, given, goTo } from "./desk.ts";
import { orAgain } from "./order-actions.ts";
import { newestOf } from "./shown.ts";

const kinds = ["distributor", "reseller", "affiliate"] as const;

/** Asks whom a plan pays: the same question as `plan assign`. */
export async function assignPage(desk: Desk, problem?: string): Promise<Response> {
  const { say, kit, deps, address, c } = desk;
  const plans = newestOf((await listPlans(deps)).plans);
  const value = (name: string) => given(c.get("form"), name) ?? given(address.query, name) ?? "";
  const target = value("target") || (value("partner") === "" ? "kind" : "partner");
  return consolePage(desk, {
    title: say.say("assign_plan"),
    lead: say.say("assign_lead"),
    crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`],
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && notice(problem, "bad")}${card({
      title: say.say("action_title"),
      content:
        plans.length === 0
          ? emptyState(say.say("no_plan"), say.say("no_plan_why"))
          : html`<form method="post" action="/console/plans/assign">${hiddenFields(formFields(desk))}
<div class="field"><label for="plan">${say.say("plan")}</label><select id="plan" name="plan">${plans.map(
              ({ plan, name, version }) =>
                html`<option value="${plan}"${value("plan") === plan && html` selected`}>${name} (${say.say("version", { version })})</option>`,
            )}</select></div>
<fieldset><legend>${say.say("applies_to")}</legend>
${(["partner", "kind", "default"] as const).map(
  (one) =>
    html`<label class="choice"><input type="radio" name="target" value="${one}"${target === one && html` checked`}><span>${say.say(`target_${one}`)}</span></label>\n`,
)}</fieldset>
<div class="field"><label for="partner">${say.say("partner")}</label><input id="partner" name="partner" value="${value("partner")}" maxlength="64" autocomplete="off"></div>
<div class="field"><label for="kind">${say.say("kind")}</label><select id="kind" name="kind">${kinds.map(
              (one) =>
                html`<option value="${one}"${value("kind") === one && html` selected`}>${say.say(`partner_${one}`)}</option>`,
            )}</select></div>
<div class="field"><label for="since">${say.say("assign_since")}</label><input id="since" name="since" type="date" value="${value("since")}" aria-describedby="since-hint"><p class="hint" id="since-hint">${say.say("assign_since_hint")}</p></div>
${confirmButtons(kit, { label: say.say("assign_do"), back: "/console/plans" })}</form>`,
    })}`,
  });
}

/** Assigns a plan. */
export async function assign(desk: Desk): Promise<Response> {
  const { deps, c } = desk;
  const form = c.get("form");
  const target = given(form, "target");
  return orAgain(
    (problem) => assignPage(desk, problem),
    async () => {
      const since = Date.parse(`${given(form, "since")}T00:00:00Z`);
      await assignPlan(deps, {
        plan: given(form, "plan") ?? "",
        ...(target === "partner" ? { partner: given(form, "partner") ?? "" } : {}),
        ...(target === "kind" ? { kind: given(form, "kind") ?? "" } : {}),
        ...(Number.isNaN(since) ? {} : { since: instant(since) }),
      });
      return goTo("/console/plans", "assigned");
    },
  );
}
