import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import { type ListColumn, listing, withoutSort } from "../../../pages/listing.ts";
import { card, outcomeNotice, tiles } from "../../../pages/parts.ts";
import { statementFormats } from "../../../statements/formats.ts";
import {
  type ShownStatement,
  type StatementSummary,
  showStatement,
} from "../../../statements/read-statements.ts";
import type { KindSum, ShownLine } from "../../../statements/statement.ts";
import { dayColumn, textColumn } from "../kit/columns.ts";
import { consolePage, type Desk, doneNotice, formFields, given } from "../kit/desk.ts";
import { line, radios } from "../kit/fields.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { reasonText, speakBookings, statementPath } from "../kit/shown.ts";
import { acceptanceBadge } from "./statement-pages.ts";

const linesShown = 200;

/** What a booking is called, by its kind. */
type BookingText = Awaited<ReturnType<typeof speakBookings>>;

/** One statement: opening, movements by kind, closing, and its lines with their reasons. */
export async function statementPage(desk: Desk, number: string, problem?: string | Html): Promise<Response> {
  const { say, deps, address } = desk;
  const found = await showStatement(deps, number, {
    after: given(address.query, "after"),
    limit: linesShown,
  });
  const bookingText = await speakBookings(desk);
  return consolePage(desk, {
    title: say.say("statement_title", { number }),
    crumbs: [
      html`<a href="/console/statements">${say.say("nav_statements")}</a>`,
      html`${partnerLink(found.partner, found.document.partnerName)}`,
    ],
    lead: html`${acceptanceBadge(desk, found.acceptance)} ${say.say(`statement_${found.kind}`)} · <bdi dir="ltr">${found.period}</bdi>`,
    actions: downloadLinks(number),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}${balanceTiles(desk, found)}<div class="grid">${
      waitsForAnswer(found) && answerCard(desk, number)
    }${movementsCard(desk, found, bookingText)}${linesCard(desk, found, bookingText)}</div>`,
  });
}

function balanceTiles({ say }: Desk, { document: { opening, closing }, currency }: ShownStatement): Html {
  const tile = (label: string, minor: number) => ({ label, figures: [say.money(minor, currency)] });
  return tiles([
    tile(say.say("opening_payable"), opening.payableMinor),
    tile(say.say("closing_payable"), closing.payableMinor),
    tile(say.say("held"), closing.heldMinor),
    tile(say.say("paid"), closing.paidMinor),
  ]);
}

function movementsCard(desk: Desk, found: ShownStatement, bookingText: BookingText): Html {
  const { say } = desk;
  const columns: ListColumn<KindSum>[] = [
    { heading: say.say("what"), cell: ({ kind }) => bookingText(kind) },
    { heading: say.say("quantity"), isFigure: true, cell: ({ count }) => say.number(count) },
    amountColumn(desk, found, "held", ({ heldMinor }) => heldMinor),
    amountColumn(desk, found, "payable", ({ payableMinor }) => payableMinor),
    amountColumn(desk, found, "paid", ({ paidMinor }) => paidMinor),
  ];
  return card({
    title: say.say("movements"),
    wide: true,
    content: plainTable(desk, say.say("movements"), found.document.movements, columns.map(withoutSort)),
  });
}

function linesCard(desk: Desk, found: ShownStatement, bookingText: BookingText): Html {
  const { say, kit, address } = desk;
  return card({
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
            html`${bookingText(kind)}${source !== null && html` <span class="sub">${source.note ?? source.reference ?? source.kind}</span>`}`,
          text: ({ kind }) => bookingText(kind),
        },
        textColumn({
          heading: say.say("product"),
          sort: "product",
          of: ({ order }) => order?.product ?? null,
        }),
        textColumn({
          heading: say.say("why"),
          sort: "why",
          of: ({ reason }) => (reason === null ? null : reasonText(desk, reason)),
        }),
        amountColumn(desk, found, "held", ({ heldMinor }) => heldMinor),
        amountColumn(desk, found, "payable", ({ payableMinor }) => payableMinor),
      ],
    }),
  });
}

/** Amounts in the statement's currency, sorted by the amount; a card on a phone leaves out those that are zero. */
const amountColumn = <Row>(
  { say }: Desk,
  { currency }: ShownStatement,
  name: "held" | "payable" | "paid",
  of: (row: Row) => number,
): ListColumn<Row> => ({
  heading: say.say(name),
  sort: name,
  isFigure: true,
  isZero: (row) => of(row) === 0,
  cell: (row) => say.money(of(row), currency),
  by: of,
});

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
