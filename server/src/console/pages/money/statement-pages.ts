import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { type BadgeTone, badge, buttonLink, idText } from "../../../pages/parts.ts";
import {
  type Acceptance,
  listStatements,
  type StatementSummary,
} from "../../../statements/read-statements.ts";
import { dayColumn, moneyColumn, partnerColumn, textColumn } from "../kit/columns.ts";
import { may, payers } from "../kit/console-route.ts";
import { type Desk, given } from "../kit/desk.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { statementPath } from "../kit/shown.ts";

const pageRows = 50;
const tones: Readonly<Record<Acceptance, BadgeTone>> = {
  not_needed: "off",
  open: "wait",
  accepted: "good",
  accepted_by_silence: "good",
  contested: "bad",
};

/** Closed accounts of partners, the newest first. */
export async function statementsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { statements, next } = await listStatements(deps, {
    partner: given(address.query, "partner"),
    period: given(address.query, "period"),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<StatementSummary>(desk, {
    title: say.say("nav_statements"),
    lead: say.say("statements_lead"),
    actions: may(desk, payers)
      ? buttonLink(say.say("close_statements"), "/console/statements/close", true)
      : undefined,
    heading: say.say("orders_title"),
    file: "statements",
    columns: statementColumns(desk),
    rows: statements,
    filters: [partnerFilter(desk), { name: "period", label: say.say("period") }],
    next,
    empty: {
      title: say.say("no_statements"),
      text: html`<a href="/console/statements/close">${say.say("close_statements")}</a>`,
    },
  });
}

function statementColumns(desk: Desk): ListColumn<StatementSummary>[] {
  const { say } = desk;
  return [
    {
      heading: say.say("number"),
      sort: "number",
      cell: ({ number, kind }) =>
        html`<a class="code" href="${statementPath(number)}">${idText(number)}</a> <span class="sub">${say.say(`statement_${kind}`)}</span>`,
      text: ({ number }) => number,
    },
    partnerColumn(desk),
    textColumn({ heading: say.say("period"), sort: "period", of: ({ period }) => period }),
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ acceptance }) => acceptanceBadge(desk, acceptance),
      text: ({ acceptance }) => acceptance,
    },
    dayColumn(desk, { heading: say.say("due"), sort: "due", of: ({ dueAt }) => dueAt }),
    moneyColumn(desk, {
      heading: say.say("payable"),
      sort: "payable",
      of: ({ closingPayableMinor }) => closingPayableMinor,
    }),
  ];
}

/** Where a partner stands to a statement, in a word. */
export const acceptanceBadge = ({ say }: Desk, acceptance: Acceptance): Html =>
  badge(say.say(`acceptance_${acceptance}`), tones[acceptance]);
