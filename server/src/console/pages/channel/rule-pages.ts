import type { ConflictRule } from "../../../attribution/conflict-rule.ts";
import {
  applyRule,
  listConflictRules,
  previewRule,
  type SettledOrder,
} from "../../../conflict-rules/conflict-rules.ts";
import { html } from "../../../pages/html.ts";
import { badge, buttonLink, facts } from "../../../pages/parts.ts";
import { dayColumn, moneyColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, type Params, readers, rulers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, given } from "../kit/desk.ts";
import { listPage } from "../kit/list-page.ts";
import { orderColumn } from "../kit/order-columns.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { setOff } from "../kit/set-off.ts";
import { dayText, outcomeBadge } from "../kit/shown.ts";
import { startOfDay } from "../kit/time-fields.ts";

const path = "/console/rules";
const rulePath = (rule: string): string => `${path}/${encodeURIComponent(rule)}`;
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_rules")}</a>`];

/** How conflicts between partners are settled, by class: `rule list`. */
async function rulesPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  return listPage<ConflictRule>(desk, {
    title: say.say("nav_rules"),
    file: "rules",
    rows: listConflictRules(deps),
    empty: { title: say.say("no_rules") },
    columns: [
      {
        heading: say.say("rule"),
        sort: "rule",
        cell: ({ rule }) => html`<a href="${rulePath(rule)}">${rule}</a>`,
        text: ({ rule }) => rule,
      },
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ on }) => (on ? badge(say.say("status_active"), "good") : badge(say.say("rule_off"), "off")),
        text: ({ on }) => (on ? "on" : "off"),
      },
      {
        heading: say.say("kind"),
        sort: "class",
        cell: (one) => html`<code>${one.class}</code>`,
        text: (one) => one.class,
      },
      {
        heading: say.say("product"),
        cell: ({ products }) => products?.join(", ") ?? say.say("every_product"),
        text: ({ products }) => products?.join(" ") ?? "",
      },
      {
        heading: say.say("territory"),
        cell: ({ countries }) => countries?.join(", ") ?? "–",
        text: ({ countries }) => countries?.join(" ") ?? "",
      },
    ],
  });
}

/** The orders that a rule would settle: `rule preview`. */
async function previewPage(desk: Desk, { id = "" }: Params): Promise<Response> {
  const { say, deps, address } = desk;
  const preview = await previewRule(deps, id, { since: startOfDay(given(address.query, "since")) });
  return listPage<SettledOrder>(desk, {
    title: `${say.say("rule")} ${preview.rule}`,
    crumbs: crumbs(desk),
    lead: say.say("rule_preview_lead", {
      conflicts: say.number(preview.conflicts),
      held: say.number(preview.held),
      moved: say.number(preview.moved),
    }),
    actions:
      preview.on && preview.held > 0 && may(desk, rulers)
        ? buttonLink(say.say("rule_apply"), `${rulePath(id)}/apply`, true)
        : undefined,
    heading: `${say.say("since")} ${dayText(desk, preview.since)}`,
    file: `rule-${preview.rule}`,
    rows: preview.orders,
    filters: [{ name: "since", label: say.say("since"), type: "date" }],
    empty: { title: say.say("rule_settles_none") },
    columns: [
      orderColumn(desk),
      {
        heading: say.say("outcome"),
        sort: "outcome",
        cell: ({ outcome }) => outcomeBadge(desk, outcome),
        text: ({ outcome }) => outcome,
      },
      {
        heading: say.say("partner"),
        sort: "partner",
        cell: ({ creditedTo }) => (creditedTo === null ? "–" : partnerLink(creditedTo)),
        text: ({ creditedTo }) => creditedTo,
      },
      {
        heading: say.say("by_rule"),
        sort: "rule",
        cell: ({ byRule }) => partnerLink(byRule),
        text: ({ byRule }) => byRule,
      },
      {
        heading: say.say("conflicts"),
        cell: ({ between }) => between.join(", "),
        text: ({ between }) => between.join(" "),
      },
      dayColumn(desk, { heading: say.say("received"), sort: "received", of: ({ receivedAt }) => receivedAt }),
      moneyColumn(desk, { heading: say.say("net"), sort: "net", of: ({ netMinor }) => netMinor }),
    ],
  });
}

/** `rule apply`: decides the held orders anew that a rule settles. */
const apply = (desk: Desk, { id = "" }: Params): Deed<undefined> => {
  const { say, deps } = desk;
  return {
    title: say.say("rule_apply"),
    crumbs: crumbs(desk),
    back: rulePath(id),
    names: [],
    read: () => undefined,
    label: say.say("rule_apply"),
    rehearse: async () => {
      const { held, rule } = await previewRule(deps, id);
      return {
        content: facts([
          [say.say("rule"), rule],
          [say.say("nav_held"), say.number(held)],
        ]),
        label: held === 0 ? undefined : say.say("rule_apply"),
      };
    },
    act: () => setOff(desk, "rule", id, () => applyRule(deps, id)),
  };
};

/** Rules on conflicts. */
export const ruleRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, rulesPage],
  ...deedRoutes(`${path}/{id}/apply`, rulers, apply),
  ["get", `${path}/{id}`, readers, previewPage],
];
