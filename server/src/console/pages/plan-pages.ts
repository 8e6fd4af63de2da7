import { addressWith } from "../../pages/address.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { type Html, html } from "../../pages/html.ts";
import { type ListColumn, listTable } from "../../pages/listing.ts";
import { buttonLink, card, confirmButtons, emptyState, notice } from "../../pages/parts.ts";
import { readPlan } from "../../plans/plan-schema.ts";
import { type Assignment, addPlan, listPlans, type ShownPlan, showPlan } from "../../plans/plans.ts";
import { Refusal } from "../../words/refusal.ts";
import { differenceOf } from "../difference.ts";
import { may, planners } from "./console-route.ts";
import { consolePage, type Desk, doneNotice, formFields, given, goTo } from "./desk.ts";
import { actButton } from "./fields.ts";
import { listPage } from "./list-page.ts";
import { orAgain } from "./order-actions.ts";
import { planDifferenceCard } from "./plan-difference.ts";
import { dayText, newestOf, partnerLink } from "./shown.ts";

const kinds = ["distributor", "reseller", "affiliate"] as const;

/** All plans in their newest versions, and whom they pay. */
export async function plansPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const { plans: versions, assignments } = await listPlans(deps);
  const plans = newestOf(versions);
  const mayChange = may(desk, planners);
  return listPage<ShownPlan>(desk, {
    title: say.say("nav_plans"),
    lead: say.say("plans_lead"),
    actions: mayChange
      ? html`${buttonLink(say.say("new_plan"), "/console/plans/edit", true)}${buttonLink(say.say("assign_plan"), "/console/plans/assign")}`
      : undefined,
    file: "plans",
    rows: plans,
    empty: { title: say.say("no_plan"), text: say.say("no_plan_why") },
    columns: planColumns(desk),
    below: html`<p></p>${card({
      title: say.say("assignments"),
      content:
        assignments.length === 0
          ? emptyState(say.say("no_assignments"))
          : plainTable(desk, say.say("assignments"), assignments, assignmentColumns(desk)),
    })}`,
  });
}

const planPath = (plan: string): string => `/console/plans/${encodeURIComponent(plan)}`;

const planColumns = (desk: Desk): ListColumn<ShownPlan>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("plan"),
      cell: ({ plan, name }) =>
        html`<a href="${planPath(plan)}">${name}</a> <span class="sub">${plan}</span>`,
      sort: "plan",
      text: ({ plan }) => plan,
    },
    {
      heading: say.say("version_word"),
      sort: "version",
      isFigure: true,
      cell: ({ version }) => say.number(version),
      text: ({ version }) => version,
    },
    {
      heading: say.say("promise"),
      sort: "promise",
      cell: ({ document }) => say.say(`promise_${document.promise}`),
      text: ({ document }) => document.promise,
    },
    {
      heading: say.say("rules"),
      sort: "rules",
      isFigure: true,
      cell: ({ document }) => say.number(document.rules.length),
      text: ({ document }) => document.rules.length,
    },
    {
      heading: say.say("added"),
      sort: "added",
      cell: ({ addedAt }) => dayText(desk, addedAt),
      text: ({ addedAt }) => addedAt,
    },
  ];
};

const assignmentColumns = (desk: Desk): ListColumn<Assignment>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("applies_to"),
      cell: ({ target, of }) =>
        target === "partner" && of !== null
          ? partnerLink(of)
          : target === "kind"
            ? say.say(`partner_${of as (typeof kinds)[number]}`)
            : say.say("target_default"),
    },
    { heading: say.say("plan"), cell: ({ plan }) => html`<a href="${planPath(plan)}">${plan}</a>` },
    { heading: say.say("version_word"), isFigure: true, cell: ({ version }) => say.number(version) },
    { heading: say.say("since"), cell: ({ since }) => dayText(desk, since) },
  ];
};

/** One plan: its rules in a table, its document as text, its earlier versions. */
export async function planPage(desk: Desk, id: string): Promise<Response> {
  const { say, deps, address } = desk;
  const asked = Number(given(address.query, "version"));
  const version = Number.isInteger(asked) && asked > 0 ? asked : undefined;
  const [plan, newest] = [await showPlan(deps, id, { version }), await showPlan(deps, id)];
  const edit = addressWith({ path: "/console/plans/edit", query: new URLSearchParams() }, { from: id });
  const { document } = plan;
  const { assignments } = await listPlans(deps);
  const hasChangeAhead = assignments.some((one) => one.plan === id && Date.parse(one.since) > deps.clock());
  return consolePage(desk, {
    title: plan.name,
    crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`, html`${id}`],
    lead: html`${say.say("version", { version: plan.version })} · ${dayText(desk, plan.addedAt)} · ${say.say(`promise_${document.promise}`)}`,
    actions: may(desk, planners)
      ? html`${buttonLink(say.say("edit_plan"), edit, true)}${buttonLink(
          say.say("assign_plan"),
          addressWith({ path: "/console/plans/assign", query: new URLSearchParams() }, { plan: id }),
        )}${hasChangeAhead && buttonLink(say.say("announce_see"), `${planPath(id)}/announce`)}`
      : undefined,
    content: html`${doneNotice(desk)}${versionLinks(desk, plan, newest.version)}<div class="grid">${card({
      title: say.say("rules"),
      lead: say.say("rules_lead"),
      wide: true,
      content: plainTable(desk, say.say("rules"), document.rules, [
        { heading: say.say("rule"), cell: ({ rule }) => html`<code>${rule}</code>` },
        {
          heading: say.say("fits_when"),
          cell: ({ when }) => whenWords(desk, when),
        },
        { heading: say.say("pays"), cell: ({ pay }) => payWords(desk, pay) },
      ]),
    })}${
      document.overrides.length > 0 &&
      card({
        title: say.say("overrides"),
        wide: true,
        content: plainTable(desk, say.say("overrides"), document.overrides, [
          { heading: say.say("rule"), cell: ({ rule }) => html`<code>${rule}</code>` },
          {
            heading: say.say("fits_when"),
            cell: ({ when }) => whenWords(desk, when),
          },
          { heading: say.say("pays"), cell: ({ pay }) => payWords(desk, pay) },
        ]),
      })
    }${card({
      title: say.say("document"),
      wide: true,
      content: html`<pre tabindex="0" aria-label="${say.say("document")}">${JSON.stringify(document, null, 2)}</pre>`,
    })}</div>`,
  });
}

/** The conditions of a rule, each by its name in the document. */
function whenWords({ say }: Desk, when: object): Html {
  const all = Object.entries(when).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(", ") : JSON.stringify(value).replaceAll(/["{}]/g, "");
    return html`<code>${name}: ${text}</code>`;
  });
  return all.length === 0 ? html`${say.say("always")}` : html`${all.map((one) => html`${one}<br>`)}`;
}

function payWords({ say }: Desk, pay: object): Html {
  const { rateBp, ...flat } = pay as Readonly<Record<string, unknown>>;
  const rate = typeof rateBp === "number" && rateBp > 0 ? say.percent(rateBp) : undefined;
  const more = Object.entries(flat).filter(([, value]) => Array.isArray(value) && value.length > 0);
  if (rate === undefined && more.length === 0) return html`${say.say("nothing")}`;
  return html`${rate}${more.map(([name, value]) => html` <code>${name} ${JSON.stringify(value)}</code>`)}`;
}

function versionLinks({ say }: Desk, { plan, version }: ShownPlan, newest: number): Html | undefined {
  if (newest === 1) return undefined;
  const others = [...new Set([newest, version - 1, version + 1, 1])]
    .filter((one) => one >= 1 && one <= newest && one !== version)
    .sort((one, other) => other - one);
  return html`<p>${say.say("other_versions")} ${others.map(
    (one) => html`<a href="${planPath(plan)}?version=${one}">${one}</a> `,
  )}</p>`;
}

const example = {
  plan: "resellers",
  name: "Resellers",
  promise: "each_sale",
  rules: [{ rule: "margin", pay: { rateBp: 2000 } }],
};

/** The document of a plan as text: a new one, or the next version of one that is there. */
export async function editPlanPage(desk: Desk, problem?: string): Promise<Response> {
  const { say, deps, address, c } = desk;
  const [form, from] = [c.get("form"), given(address.query, "from")];
  const before = form === undefined && from !== undefined ? (await showPlan(deps, from)).document : example;
  const text = form?.get("document") ?? JSON.stringify(before, null, 2);
  return consolePage(desk, {
    title: say.say(from === undefined ? "new_plan" : "edit_plan"),
    lead: say.say("edit_plan_lead"),
    crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`],
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && notice(problem, "bad")}${card({
      title: say.say("document"),
      content: html`<form method="post" action="/console/plans/edit">${hiddenFields({ ...formFields(desk), step: "check" })}
<div class="field wide"><label for="document">${say.say("document_label")}</label><textarea class="code" id="document" name="document" spellcheck="false" dir="ltr">${text}</textarea></div>
${confirmButtons(desk.kit, { label: say.say("check_plan"), back: "/console/plans" })}</form>`,
    })}`,
  });
}

/** Adds a version of a plan: first shows what it would change, then keeps it. Nobody is paid by it until it is assigned. */
export async function savePlan(desk: Desk): Promise<Response> {
  const { say, deps, c } = desk;
  const form = c.get("form");
  const text = form?.get("document") ?? "";
  return orAgain(
    (problem) => editPlanPage(desk, problem),
    async () => {
      const document = parseJson(text);
      const plan = readPlan(document);
      if (given(form, "step") === "do") {
        await addPlan(deps, document);
        return goTo(planPath(plan.plan), "plan");
      }
      const before = await findPlan(desk, plan.plan);
      const [old, now] = [
        before === undefined ? "" : JSON.stringify(before.document, null, 2),
        JSON.stringify(plan, null, 2),
      ];
      return consolePage(desk, {
        title: say.say("plan_confirm", { version: (before?.version ?? 0) + 1, plan: plan.plan }),
        lead: say.say(old === now ? "plan_same" : "plan_confirm_lead"),
        crumbs: [html`<a href="/console/plans">${say.say("nav_plans")}</a>`],
        content: html`<div class="stack">${await planDifferenceCard(desk, document)}${actButton(desk, {
          action: "/console/work/simulate",
          label: say.say("simulate_all"),
          sent: { document: text },
        })}${card({
          title: say.say("difference"),
          content: html`<pre tabindex="0" aria-label="${say.say("difference")}">${differenceOf(old, now)}</pre><p></p>
<form method="post" action="/console/plans/edit">${hiddenFields({ ...formFields(desk), document: text, step: "do" })}${confirmButtons(
            desk.kit,
            { label: say.say("plan_do"), back: "/console/plans" },
          )}</form>`,
        })}</div>`,
      });
    },
  );
}

async function findPlan({ deps }: Desk, id: string): Promise<ShownPlan | undefined> {
  try {
    return await showPlan(deps, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "plan_unknown") return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal("request_invalid", `The document is not JSON: ${(error as Error).message}`);
  }
}

function plainTable<Row>(
  { kit, address }: Desk,
  caption: string,
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
): Html {
  return listTable({ kit, caption, columns, rows, address, empty: { title: "" } });
}
