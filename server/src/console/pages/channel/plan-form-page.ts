import { hiddenFields } from "../../../pages/app-page.ts";
import { blankSheet, type Sheet } from "../../../pages/form-node.ts";
import { type Html, html } from "../../../pages/html.ts";
import { buttonLink, card, notice } from "../../../pages/parts.ts";
import { type PlanProblem, planForm } from "../../../plans/plan-form.ts";
import { consolePage, type Desk, formFields, given } from "../kit/desk.ts";
import { type FormView, groupFields } from "../kit/nested-fields.ts";
import { decimalOf, placeWords, planWords, problemWords } from "./plan-words.ts";

/** Where plans are edited, as a form and as text. */
export const planEditPath = "/console/plans/edit";

/** A plan's form as it was filled in, with what is wrong with it. */
export interface PlanFormShown {
  sheet: Sheet;
  problems?: readonly PlanProblem[];
  /** The place that a button was about. */
  focus?: string | undefined;
}

/** The parts of the form that stand in a card of their own. */
const ownCards = ["rules", "overrides", "capPerOrder", "terms"];

/** The form of a plan. No script is needed: what was entered comes back with each button. */
export function planFormPage(desk: Desk, { sheet, problems = [], focus }: PlanFormShown): Promise<Response> {
  const { say } = desk;
  const words = planWords(desk);
  const view: FormView = {
    words,
    problems: new Map(problems.map((one) => [one.path, problemWords(desk, one)])),
    focus: problems.find(({ path }) => path !== "")?.path ?? focus,
  };
  const scope = { decimal: decimalOf(desk) };
  const part = (names: readonly string[], entered: Sheet) =>
    groupFields(
      view,
      { shape: "group", members: planForm.members.filter(({ name }) => names.includes(name)) },
      entered,
      { path: "", names: [], scope },
    );
  const general = planForm.members.map(({ name }) => name).filter((name) => !ownCards.includes(name));
  return consolePage(desk, {
    title: say.say(from(desk) === undefined ? "new_plan" : "edit_plan"),
    lead: say.say("form_lead"),
    crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`],
    status: problems.length === 0 ? 200 : 422,
    content: html`${problems.length > 0 && problemList(desk, problems)}<form method="post" action="${planEditPath}" novalidate class="stack plan-form">${hiddenFields({ ...formFields(desk), view: "form", from: from(desk) ?? "" })}${deeds(desk, "as_text", "text")}${card({ title: say.say("form_general"), wide: true, content: part(general, sheet) })}${ownCards.map(
      (name) =>
        card({
          title: words.label([name]),
          lead: words.hint([name]),
          wide: true,
          content: part([name], { entries: sheet.entries, rest: blankSheet.rest }),
        }),
    )}${deeds(desk)}</form>`,
  });
}

/** The newest version that is edited, where there is one. */
export const from = ({ c, address }: Desk): string | undefined =>
  given(c.get("form"), "from") ?? given(address.query, "from");

/** The first button is also what the Enter key presses. */
export const deeds = ({ say, kit }: Desk, other?: "as_text" | "as_form", to?: string): Html =>
  html`<div class="actions"><button class="main" name="act" value="check">${say.say("check_plan")}</button>${
    other !== undefined && html`<button name="act" value="${to}">${say.say(other)}</button>`
  }${buttonLink(kit.say("cancel"), "/console/plans")}</div>\n`;

const problemList = (desk: Desk, problems: readonly PlanProblem[]): Html =>
  notice(
    desk.say.say("form_wrong", { count: problems.length }),
    "bad",
    html`${problems.map(
      (one, at) =>
        html`${at > 0 && html`<br>`}${one.path === "" ? placeWords(desk, "") : html`<a href="#${one.path}">${placeWords(desk, one.path)}</a>`}: ${problemWords(desk, one)}`,
    )}`,
  );
