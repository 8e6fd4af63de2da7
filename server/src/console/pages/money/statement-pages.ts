import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import { type ListColumn, listing, listTable } from "../../../pages/listing.ts";
import {
  type BadgeTone,
  badge,
  buttonLink,
  card,
  idText,
  outcomeNotice,
  tiles,
} from "../../../pages/parts.ts";
import { statementFormats } from "../../../statements/formats.ts";
import {
  type Acceptance,
  listStatements,
  type StatementSummary,
  showStatement,
} from "../../../statements/read-statements.ts";
import type { KindSum, ShownLine } from "../../../statements/statement.ts";
import { dayColumn, moneyColumn, partnerColumn, textColumn } from "../kit/columns.ts";
import { may, payers } from "../kit/console-route.ts";
import { consolePage, type Desk, doneNotice, formFields, given } from "../kit/desk.ts";
import { line, radios } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { reasonText, speakBookings, statementPath } from "../kit/shown.ts";

const pageRows = 50;
const linesShown = 200;
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

const acceptanceBadge = ({ say }: Desk, acceptance: Acceptance): Html =>
  badge(say.say(`acceptance_${acceptance}`), tones[acceptance]);

/** One statement: opening, movements by kind, closing, and its lines with their reasons. */
export async function statementPage(desk: Desk, number: string, problem?: string | Html): Promise<Response> {
  const { say, kit, deps, address } = desk;
  const found = await showStatement(deps, number, {
    after: given(address.query, "after"),
    limit: linesShown,
  });
  const { document, currency } = found;
  const booking = await speakBookings(desk);
  const money = (minor: number) => say.money(minor, currency);
  return consolePage(desk, {
    title: say.say("statement_title", { number }),
    crumbs: [
      html`<a href="/console/statements">${say.say("nav_statements")}</a>`,
      html`${partnerLink(found.partner, document.partnerName)}`,
    ],
    lead: html`${acceptanceBadge(desk, found.acceptance)} ${say.say(`statement_${found.kind}`)} · <bdi dir="ltr">${found.period}</bdi>`,
    actions: downloadLinks(number),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}${tiles([
      { label: say.say("opening_payable"), figures: [money(document.opening.payableMinor)] },
      { label: say.say("closing_payable"), figures: [money(document.closing.payableMinor)] },
      { label: say.say("held"), figures: [money(document.closing.heldMinor)] },
      { label: say.say("paid"), figures: [money(document.closing.paidMinor)] },
    ])}<div class="grid">${waitsForAnswer(found) && answerCard(desk, number)}${card({
      title: say.say("movements"),
      wide: true,
      content: listTable<KindSum>({
        kit,
        caption: say.say("movements"),
        rows: document.movements,
        address,
        empty: { title: "" },
        columns: [
          { heading: say.say("what"), cell: ({ kind }) => booking(kind) },
          {
            heading: say.say("quantity"),
            isFigure: true,
            cell: ({ count }) => say.number(count),
          },
          {
            heading: say.say("held"),
            isFigure: true,
            isZero: ({ heldMinor }) => heldMinor === 0,
            cell: ({ heldMinor }) => money(heldMinor),
          },
          {
            heading: say.say("payable"),
            isFigure: true,
            isZero: ({ payableMinor }) => payableMinor === 0,
            cell: ({ payableMinor }) => money(payableMinor),
          },
          {
            heading: say.say("paid"),
            isFigure: true,
            isZero: ({ paidMinor }) => paidMinor === 0,
            cell: ({ paidMinor }) => money(paidMinor),
          },
        ],
      }),
    })}${card({
      title: say.say("lines"),
      wide: true,
      content: listing<ShownLine>({
        kit,
        caption: say.say("lines"),
        rows: found.movements,
        address,
        next: found.next,
        sortsPage: true,
        empty: { title: say.say("none") },
        columns: [
          dayColumn(desk, { heading: say.say("time"), sort: "time", of: ({ bookedAt }) => bookedAt }),
          {
            heading: say.say("what"),
            sort: "what",
            cell: ({ kind, source }) =>
              html`${booking(kind)}${source !== null && html` <span class="sub">${source.note ?? source.reference ?? source.kind}</span>`}`,
            text: ({ kind }) => booking(kind),
          },
          {
            heading: say.say("product"),
            sort: "product",
            cell: ({ order }) => order?.product ?? "–",
            text: ({ order }) => order?.product ?? null,
          },
          {
            heading: say.say("why"),
            sort: "why",
            cell: ({ reason }) => (reason === null ? "–" : reasonText(desk, reason)),
            text: ({ reason }) => (reason === null ? null : reasonText(desk, reason)),
          },
          {
            heading: say.say("held"),
            sort: "held",
            isFigure: true,
            isZero: ({ heldMinor }) => heldMinor === 0,
            cell: ({ heldMinor }) => money(heldMinor),
            by: ({ heldMinor }) => heldMinor,
          },
          {
            heading: say.say("payable"),
            sort: "payable",
            isFigure: true,
            isZero: ({ payableMinor }) => payableMinor === 0,
            cell: ({ payableMinor }) => money(payableMinor),
            by: ({ payableMinor }) => payableMinor,
          },
        ],
      }),
    })}</div>`,
  });
}

const answerCard = (desk: Desk, number: string): Html =>
  card({
    title: desk.say.say("note_answer"),
    lead: desk.say.say("note_answer_lead"),
    content: html`<form method="post" action="${statementPath(number)}/answer">${hiddenFields(formFields(desk))}${radios(
      "answer",
      desk.say.say("what"),
      [
        ["accepted", desk.say.say("acceptance_accepted")],
        ["contested", desk.say.say("acceptance_contested")],
      ],
      "accepted",
    )}${line("note", desk.say.say("note"), "", { maxlength: 500, hint: desk.say.say("note_answer_hint") })}
<div class="actions"><button class="main">${desk.say.say("note_answer_do")}</button></div></form>`,
  });

/** The forms in which a statement can be had, as links. */
const downloadLinks = (number: string): Html =>
  html`${statementFormats.map(
    (format) =>
      html`<a class="button" href="${statementPath(number)}/export?format=${format}">${format.toUpperCase()}</a>`,
  )}`;

/** Whether somebody's word on a statement is still waited for. */
const waitsForAnswer = ({ acceptance }: Pick<StatementSummary, "acceptance">): boolean =>
  acceptance === "open" || acceptance === "contested";
