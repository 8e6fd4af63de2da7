import { hiddenFields } from "../../../pages/app-page.ts";
import type { FormNode } from "../../../pages/form-node.ts";
import { type Html, html } from "../../../pages/html.ts";
import { buttonLink, card, emptyState, idText } from "../../../pages/parts.ts";
import { actOn, readAct, readSheet, type SheetAct } from "../../../pages/sheet.ts";
import { planForm, planSheet, readPlanSheet } from "../../../plans/plan-form.ts";
import { readPlan } from "../../../plans/plan-schema.ts";
import { planTemplates } from "../../../plans/plan-templates.ts";
import { addPlan, type ShownPlan, showPlan } from "../../../plans/plans.ts";
import { Refusal } from "../../../words/refusal.ts";
import { differenceOf } from "../../difference.ts";
import { consolePage, type Desk, formFields, given, goTo } from "../kit/desk.ts";
import { orAgain } from "../kit/or-again.ts";
import { plainTable } from "../kit/plain-table.ts";
import { planPath } from "../kit/shown.ts";
import { planDifferenceCard } from "./plan-difference.ts";
import { deeds, from, planEditPath, planFormPage } from "./plan-form-page.ts";
import { simulateForm } from "./plan-simulate-form.ts";
import { changesBetween, decimalOf } from "./plan-words.ts";

/** The guide's plans to begin a new one from. */
export function planTemplatesPage(desk: Desk): Promise<Response> {
  const { say } = desk;
  return consolePage(desk, {
    title: say.say("template_title"),
    lead: say.say("template_lead"),
    crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`],
    actions: buttonLink(say.say("template_blank"), planEditPath),
    content: html`<div class="grid">${planTemplates.map(({ plan }) => {
      const text = `template_${plan.replaceAll("-", "_")}`;
      const title = say.has(text) ? say.say(text) : plan;
      return card({
        title,
        content: html`<p><code>${idText(plan)}</code></p><a class="button" href="${planEditPath}?template=${plan}" aria-label="${say.say("template_use")}: ${title}">${say.say("template_use")}</a>`,
      });
    })}</div>`,
  });
}

/** The form of a plan, or its text: a new one, one from a template, or the next version of one that is there. */
export async function editPlanPage(desk: Desk): Promise<Response> {
  const { address, deps } = desk;
  const [base, template] = [from(desk), given(address.query, "template")];
  const document: unknown =
    base !== undefined
      ? (await showPlan(deps, base, versionIn(address.query))).document
      : template === undefined
        ? { rules: [{}] }
        : planTemplates.find(({ plan }) => plan === template);
  if (document === undefined) throw new Refusal("not_found", "There is no such template.");
  if (given(address.query, "view") === "text") return planTextPage(desk, textOf(document));
  return planFormPage(desk, { sheet: planSheet(document, decimalOf(desk)) });
}

/** The version that an address names; none where it names no number. */
export function versionIn(query: URLSearchParams, name = "version"): { version?: number } {
  const version = Number(given(query, name));
  return Number.isInteger(version) && version > 0 ? { version } : {};
}

const textOf = (document: unknown): string => JSON.stringify(document, null, 2);

/** The document of a plan as text. */
function planTextPage(desk: Desk, text: string, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  const wrong =
    problem === undefined
      ? undefined
      : html` aria-invalid="true" aria-describedby="document-problem" autofocus`;
  return consolePage(desk, {
    title: say.say(from(desk) === undefined ? "new_plan" : "edit_plan"),
    lead: say.say("edit_plan_lead"),
    crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`],
    status: problem === undefined ? 200 : 422,
    content: card({
      title: say.say("document"),
      content: html`<form method="post" action="${planEditPath}" class="stack">${hiddenFields({ ...formFields(desk), view: "text", from: from(desk) ?? "" })}${deeds(desk, "as_form", "form")}
<div class="field wide"><label for="document">${say.say("document_label")}</label><textarea class="code" id="document" name="document" spellcheck="false" dir="ltr"${wrong}>${text}</textarea>${
        problem !== undefined && html`<p class="problem" id="document-problem" role="alert">${problem}</p>`
      }</div></form>`,
    }),
  });
}

/**
 * What a button of the form or of the text asks: another row, the other view, or to check it. Then what would change is
 * shown, and the next answer keeps it. Nobody is paid by it until it is assigned.
 */
export function savePlan(desk: Desk): Promise<Response> {
  const form = desk.c.get("form") ?? new URLSearchParams();
  const act = form.get("act");
  if (form.get("view") === "form") return takeForm(desk, form, act ?? "check");
  const text = form.get("document") ?? "";
  return orAgain(
    desk,
    (problem) => planTextPage(desk, text, problem),
    async () => {
      const document = parseJson(text);
      if (act === "form" && isObject(document))
        return planFormPage(desk, { sheet: planSheet(document, decimalOf(desk)) });
      if (act === "text") return planTextPage(desk, text);
      const plan = readPlan(document);
      if (given(form, "step") !== "do") return confirmPlanPage(desk, document);
      await addPlan(desk.deps, document);
      return goTo(planPath(plan.plan), "plan");
    },
  );
}

async function takeForm(desk: Desk, form: URLSearchParams, said: string): Promise<Response> {
  const decimal = decimalOf(desk);
  const sheet = readSheet(planForm, form);
  const act = readAct(said);
  if (act !== undefined) {
    const done = actOn(planForm, sheet, act);
    return planFormPage(desk, { sheet: done.sheet, focus: focusAfter(act, done.row) });
  }
  const { document, problems } = readPlanSheet(sheet, decimal);
  if (said === "text") return planTextPage(desk, textOf(document));
  if (problems.length > 0) return planFormPage(desk, { sheet, problems });
  return confirmPlanPage(desk, document);
}

/** Where one goes on after a button of a list: in the row that is new, at the button that moved one, or beside the one that is gone. */
function focusAfter({ deed, list }: SheetAct, row: number): string {
  if (deed === "more") return `${list}.+.${firstOf(list)}`;
  if (deed === "add") return `${list}.${row}.${firstOf(list)}`;
  if (deed === "remove") return row < 0 ? `${list}.add` : `${list}.${row}`;
  return `${list}.${row}.${deed}`;
}

/** The first field of a row of a list. */
function firstOf(list: string): string {
  let node: FormNode | undefined = planForm;
  for (const part of list.split(".")) {
    if (node?.shape === "rows") node = node.of;
    else if (node?.shape === "group") node = node.members.find(({ name }) => name === part)?.node;
  }
  return node?.shape === "rows" ? (node.of.members[0]?.name ?? "") : "";
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

async function confirmPlanPage(desk: Desk, document: unknown): Promise<Response> {
  const { say, kit } = desk;
  const plan = readPlan(document);
  const text = textOf(document);
  const before = await findPlan(desk, plan.plan);
  const [old, now] = [before === undefined ? "" : textOf(before.document), textOf(plan)];
  const sent = { document: text, from: from(desk) ?? "" };
  return consolePage(desk, {
    title: say.say("plan_confirm", { version: (before?.version ?? 0) + 1, plan: plan.plan }),
    lead: old === now ? say.say("plan_same") : undefined,
    crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`],
    content: html`<div class="stack">${card({
      title: say.say("difference"),
      wide: true,
      content: html`${changeTable(desk, before?.document, plan)}<details><summary>${say.say("changed_as_text")}</summary><p class="hint">${say.say("plan_confirm_lead")}</p><pre tabindex="0" aria-label="${say.say("changed_as_text")}">${differenceOf(old, now)}</pre></details>`,
    })}${await planDifferenceCard(desk, document)}${card({
      title: say.say("simulate_all"),
      lead: say.say("work_lead"),
      wide: true,
      content: simulateForm(desk, text),
    })}<form method="post" action="${planEditPath}">${hiddenFields({ ...formFields(desk), ...sent, step: "do" })}<div class="actions"><button class="main">${say.say("plan_do")}</button><button name="act" value="form">${say.say("edit_on")}</button>${buttonLink(kit.say("cancel"), "/console/plans")}</div></form></div>`,
  });
}

/** What differs between two plans, a row each, in words. */
export function changeTable(desk: Desk, before: unknown, after: unknown): Html {
  const { say } = desk;
  const rows = changesBetween(desk, before, after);
  if (rows.length === 0) return emptyState(say.say("changed_nothing"));
  return plainTable(desk, say.say("difference"), rows, [
    { heading: say.say("changed_what"), cell: ({ where }) => where },
    { heading: say.say("changed_before"), cell: ({ before: was }) => was ?? "–" },
    { heading: say.say("changed_after"), cell: ({ after: is }) => is ?? "–" },
  ]);
}

async function findPlan({ deps }: Desk, id: string): Promise<ShownPlan | undefined> {
  try {
    return await showPlan(deps, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "plan_unknown") return undefined;
    throw error;
  }
}

/** A plan's text as JSON. @throws {Refusal} `request_invalid` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal("request_invalid", `The document is not JSON: ${(error as Error).message}`);
  }
}
