import { addressWith } from "../../../pages/address.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { buttonLink, card, emptyState } from "../../../pages/parts.ts";
import type { PlanDocument } from "../../../plans/plan-schema.ts";
import { type Assignment, listPlans, type ShownPlan, showPlan } from "../../../plans/plans.ts";
import { countColumn, dayColumn } from "../kit/columns.ts";
import { may, planners } from "../kit/console-route.ts";
import { consolePage, type Desk, doneNotice } from "../kit/desk.ts";
import { pick } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { dayText, newestOf, planPath } from "../kit/shown.ts";
import { changeTable, versionIn } from "./plan-edit.ts";
import { linesOf, listIn, memberText, type PlanLine, rowOf } from "./plan-words.ts";

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
      ? html`${buttonLink(say.say("new_plan"), "/console/plans/new", true)}${buttonLink(say.say("assign_plan"), "/console/plans/assign")}`
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
    countColumn(desk, { heading: say.say("version_word"), sort: "version", of: ({ version }) => version }),
    {
      heading: say.say("promise"),
      sort: "promise",
      cell: ({ document }) => say.say(`promise_${document.promise}`),
      text: ({ document }) => document.promise,
    },
    countColumn(desk, {
      heading: say.say("rules"),
      sort: "rules",
      of: ({ document }) => document.rules.length,
    }),
    dayColumn(desk, { heading: say.say("added"), sort: "added", of: ({ addedAt }) => addedAt }),
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
  const [plan, newest] = [await showPlan(deps, id, versionIn(address.query)), await showPlan(deps, id)];
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
      content: rulesTable(desk, "rules", document.rules),
    })}${
      document.overrides.length > 0 &&
      card({
        title: say.say("overrides"),
        wide: true,
        content: rulesTable(desk, "overrides", document.overrides),
      })
    }${linesCard(desk, "capPerOrder", document)}${linesCard(desk, "terms", document)}${card({
      title: say.say("document"),
      wide: true,
      content: html`<details><summary>${say.say("document_label")}</summary><pre tabindex="0" aria-label="${say.say("document")}">${JSON.stringify(document, null, 2)}</pre></details>`,
    })}</div>`,
  });
}

/** What a part of a rule says, a line each, in the words of the form. */
function partWords({ say }: Desk, lines: readonly PlanLine[], otherwise: "always" | "nothing"): Html {
  if (lines.length === 0) return html`${say.say(otherwise)}`;
  return html`${lines.map(({ where, what }) => html`${where.join(" › ")}: <strong>${what}</strong><br>`)}`;
}

/** A list of rules, as a person reads them. */
function rulesTable(desk: Desk, list: "rules" | "overrides", rules: PlanDocument["rules"]): Html {
  const { say } = desk;
  const part = (rule: PlanDocument["rules"][number], name: string) =>
    linesOf(desk, rule, rowOf(list)).filter(({ key }) => key.startsWith(`/${name}`));
  const inside = (lines: readonly PlanLine[]) => lines.map((one) => ({ ...one, where: one.where.slice(1) }));
  return plainTable(desk, say.say(list), rules, [
    { heading: say.say("rule"), cell: ({ rule }) => html`<code>${rule}</code>` },
    { heading: say.say("fits_when"), cell: (rule) => partWords(desk, inside(part(rule, "when")), "always") },
    {
      heading: say.say("pays"),
      cell: (rule) =>
        partWords(
          desk,
          [
            ...inside(part(rule, "pay")),
            ...["from", "of", "capPerOrder"].flatMap((name) => part(rule, name)),
          ],
          "nothing",
        ),
    },
  ]);
}

/** What stands in a list of the plan besides its rules, a line each. */
const linesCard = (desk: Desk, list: "capPerOrder" | "terms", document: PlanDocument): Html | undefined =>
  document[list].length > 0
    ? card({
        title: memberText(desk, [list]),
        wide: true,
        content: partWords(desk, linesOf(desk, document[list], listIn(list)), "nothing"),
      })
    : undefined;

/** The other versions there are, and the way to what differs between them. */
function versionLinks({ say }: Desk, { plan, version }: ShownPlan, newest: number): Html | undefined {
  if (newest === 1) return undefined;
  const others = [...new Set([newest, version - 1, version + 1, 1])]
    .filter((one) => one >= 1 && one <= newest && one !== version)
    .sort((one, other) => other - one);
  return html`<p>${say.say("other_versions")} ${others.map(
    (one) => html`<a href="${planPath(plan)}?version=${one}">${one}</a> `,
  )} <a href="${planPath(plan)}/versions">${say.say("versions_title")}</a></p>`;
}

/** A plan's versions, and what differs between two of them: the newest two where none are chosen. */
export async function planVersionsPage(desk: Desk, id: string): Promise<Response> {
  const { say, deps, address } = desk;
  const newest = await showPlan(deps, id);
  const versions = (await listPlans(deps)).plans.filter(({ plan }) => plan === id).toReversed();
  const newer = await showPlan(deps, id, { version: newest.version, ...versionIn(address.query, "newer") });
  const before = Math.max(1, newer.version - 1);
  const older = await showPlan(deps, id, { version: before, ...versionIn(address.query, "older") });
  const options = versions.map(
    ({ version, addedAt }) =>
      [String(version), `${say.say("version", { version })} · ${dayText(desk, addedAt)}`] as const,
  );
  return consolePage(desk, {
    title: say.say("versions_title"),
    lead: say.say("versions_lead"),
    crumbs: [
      html`<a href="/console/plans">${say.say("nav_plans")}</a>`,
      html`<a href="${planPath(id)}">${id}</a>`,
    ],
    content: html`<div class="stack">${card({
      title: say.say("versions_differ", { older: older.version, newer: newer.version }),
      wide: true,
      content: html`<form class="filters" method="get" action="${planPath(id)}/versions">
${pick("older", say.say("versions_older"), options, String(older.version))}${pick("newer", say.say("versions_newer"), options, String(newer.version))}<button>${say.say("versions_compare")}</button></form>${changeTable(desk, older.document, newer.document)}`,
    })}${card({
      title: say.say("versions_title"),
      wide: true,
      content: plainTable(desk, say.say("versions_title"), versions, [
        {
          heading: say.say("version_word"),
          cell: ({ version }) => html`<a href="${planPath(id)}?version=${version}">${version}</a>`,
        },
        { heading: say.say("name"), cell: ({ name }) => name },
        { heading: say.say("promise"), cell: ({ document }) => say.say(`promise_${document.promise}`) },
        { heading: say.say("rules"), isFigure: true, cell: ({ document }) => document.rules.length },
        { heading: say.say("added"), cell: ({ addedAt }) => dayText(desk, addedAt) },
      ]),
    })}</div>`,
  });
}
