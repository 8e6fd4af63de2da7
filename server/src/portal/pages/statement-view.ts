import type { PortalText } from "../../messages/portal/index.ts";
import type { Speech } from "../../messages/speak.ts";
import type { StatementsText } from "../../messages/statements/index.ts";
import { pathOf } from "../../pages/address.ts";
import { formToken } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { type ListColumn, listing, listTable } from "../../pages/listing.ts";
import { type BadgeTone, badge, buttonLink, card, facts, idText, listedId } from "../../pages/parts.ts";
import type { Acceptance, ShownStatement, StatementSummary } from "../../statements/read-statements.ts";
import type { ShownLine, Sums } from "../../statements/statement.ts";
import { instant } from "../../words/clock.ts";
import { orderPath } from "./order-list.ts";
import { type PortalFace, reasonText } from "./portal-face.ts";

/** Says what stands on statements, in the reader's language. */
export type StatementTerms = Speech<StatementsText>;

/** Where a statement's page is. */
export const statementPath = (number: string): string => pathOf("portal", "statements", number);

const tones: Readonly<Record<Acceptance, BadgeTone>> = {
  not_needed: "off",
  open: "wait",
  accepted: "good",
  accepted_by_silence: "good",
  contested: "bad",
};

const acceptanceBadge = ({ speech }: PortalFace, acceptance: Acceptance): Html =>
  badge(speech.say(`acceptance_${acceptance}`), tones[acceptance]);

const dayOf = ({ speech }: PortalFace, time: string | null): string =>
  time === null ? "–" : speech.day(instant(Date.parse(time)));

/** The columns of the list of statements. */
export function statementColumns(face: PortalFace, terms: StatementTerms): ListColumn<StatementSummary>[] {
  const money = (minor: number, currency: string) => html`<bdi>${face.speech.money(minor, currency)}</bdi>`;
  return [
    {
      heading: terms.say("number"),
      cell: ({ number, kind }) =>
        html`<a href="${statementPath(number)}">${idText(number)}</a> <span class="sub">${terms.say(kind)}</span>`,
    },
    { heading: terms.say("period"), cell: ({ period }) => html`<bdi>${period}</bdi>` },
    { heading: face.speech.say("currency"), cell: ({ currency }) => currency },
    {
      heading: `${terms.say("closing")}: ${terms.say("held")}`,
      isFigure: true,
      isZero: ({ closingHeldMinor }) => closingHeldMinor === 0,
      cell: ({ closingHeldMinor, currency }) => money(closingHeldMinor, currency),
    },
    {
      heading: `${terms.say("closing")}: ${terms.say("payable")}`,
      isFigure: true,
      isZero: ({ closingPayableMinor }) => closingPayableMinor === 0,
      cell: ({ closingPayableMinor, currency }) => money(closingPayableMinor, currency),
    },
    { heading: face.speech.say("state"), cell: ({ acceptance }) => acceptanceBadge(face, acceptance) },
    { heading: terms.say("due"), cell: ({ dueAt }) => dayOf(face, dueAt) },
  ];
}

/** What stands below a statement's number. */
export const statementLead = (face: PortalFace, terms: StatementTerms, shown: ShownStatement): Html =>
  html`${acceptanceBadge(face, shown.acceptance)} ${terms.say(shown.kind)} · <bdi>${shown.period}</bdi>`;

/** A statement as it was closed: its sums, its movements, its forms as files, and the answer that it waits for. */
export function statementBody(
  face: PortalFace,
  terms: StatementTerms,
  shown: ShownStatement,
  problem: Html | undefined,
): Html {
  return html`${problem}<div class="grid">${answerCard(face, terms, shown)}${sumsCard(face, terms, shown)}${linesCard(face, terms, shown)}${paperCard(face, terms, shown)}</div>`;
}

function sumsCard(face: PortalFace, terms: StatementTerms, { document }: ShownStatement): Html {
  const row = (label: string, sums: Sums) => ({ label, ...sums });
  const rows = [
    row(terms.say("opening"), document.opening),
    ...document.movements.map(({ kind, count, ...sums }) =>
      row(`${terms.say(`kind_${kind}`)} (${face.speech.number(count)})`, sums),
    ),
    row(terms.say("closing"), document.closing),
  ];
  return card({
    title: terms.say("summary"),
    wide: true,
    content: listTable({
      kit: face.kit,
      caption: terms.say("summary"),
      columns: [
        { heading: terms.say("what"), cell: ({ label }) => label },
        ...sumColumns<(typeof rows)[number]>(face, terms, document.currency, ["held", "payable", "paid"]),
      ],
      rows,
      address: { path: statementPath(document.number), query: new URLSearchParams() },
      empty: { title: "" },
    }),
  });
}

const sumColumns = <Row extends Sums>(
  { speech }: PortalFace,
  terms: StatementTerms,
  currency: string,
  accounts: readonly ("held" | "payable" | "paid")[],
): ListColumn<Row>[] =>
  accounts.map((account) => ({
    heading: terms.say(account),
    isFigure: true,
    isZero: (row) => row[`${account}Minor`] === 0,
    cell: (row) => html`<bdi>${speech.money(row[`${account}Minor`], currency)}</bdi>`,
  }));

function linesCard(face: PortalFace, terms: StatementTerms, shown: ShownStatement): Html {
  return card({
    title: terms.say("movements"),
    wide: true,
    content: listing<ShownLine>({
      kit: face.kit,
      caption: terms.say("movements"),
      columns: [
        { heading: terms.say("day"), cell: ({ bookedAt }) => dayOf(face, bookedAt) },
        { heading: terms.say("what"), cell: (line) => whatMoved(face, terms, line) },
        {
          heading: face.speech.say("reason"),
          cell: ({ reason }) => (reason === null ? "–" : reasonText(face, reason)),
        },
        ...sumColumns<ShownLine>(face, terms, shown.currency, ["held", "payable", "paid"]),
      ],
      rows: shown.movements,
      next: shown.next,
      address: face.address,
      empty: { title: face.speech.say("statement_still") },
    }),
  });
}

/** A movement in words: of an order its number where the agreement shared it, of others what a person noted. */
function whatMoved(face: PortalFace, terms: StatementTerms, line: ShownLine): Html {
  const { kind, order, transaction, source } = line;
  const note = source?.note ?? source?.reference ?? undefined;
  const takesBack = source?.reverses == null ? undefined : terms.say("takes_back", { id: source.reverses });
  return html`${terms.say(`kind_${kind}`)} <span class="sub">${
    transaction !== undefined
      ? html`<a href="${orderPath(transaction)}">${listedId(transaction.shopOrder)}</a>`
      : order !== null && terms.say("order_unnamed", { day: dayOf(face, order.occurredAt) })
  } ${order?.product ?? undefined} ${note} ${source?.kind === "correction" && source.id} ${takesBack}</span>`;
}

function paperCard({ speech }: PortalFace, terms: StatementTerms, shown: ShownStatement): Html {
  const { number, currency } = shown;
  const { selfBilling } = shown.document;
  const money = (minor: number) => html`<bdi>${speech.money(minor, currency)}</bdi>`;
  return card({
    title: speech.say("statement_files"),
    content: html`${
      selfBilling !== null &&
      facts([
        [terms.say("net"), money(selfBilling.netMinor)],
        [terms.say("tax", { rate: speech.percent(selfBilling.rateBp) }), money(selfBilling.taxMinor)],
        [terms.say("gross"), money(selfBilling.grossMinor)],
      ])
    }<div class="actions">${(["pdf", "csv", "html"] as const).map((format) =>
      buttonLink(format.toUpperCase(), `${statementPath(number)}/export?format=${format}`, format === "pdf"),
    )}</div>`,
  });
}

/** The form that a document in the partner's name waits for. What is contested can still be accepted. */
function answerCard(face: PortalFace, terms: StatementTerms, shown: ShownStatement): Html | undefined {
  const { acceptance, number, document } = shown;
  if (acceptance !== "open" && acceptance !== "contested") return undefined;
  const { person, speech } = face;
  const acceptBy = document.selfBilling?.acceptBy ?? null;
  const lead =
    acceptBy === null || acceptance === "contested"
      ? terms.say("accept_word")
      : terms.say("accept_silence", { day: dayOf(face, acceptBy) });
  const form = (verb: "accept" | "contest", fields: Html | undefined, label: PortalText) =>
    html`<form method="post" action="${statementPath(number)}/${verb}">${formToken(person)}${fields}
<div class="actions"><button${verb === "accept" && html` class="main"`}>${speech.say(label)}</button></div></form>\n`;
  return card({
    title: speech.say("answer_title"),
    lead,
    wide: true,
    content:
      person.role === "viewer"
        ? html`<p>${speech.say("answer_by_others")}</p>`
        : html`${form("accept", undefined, "accept")}${acceptance === "open" && form("contest", noteField(speech.say("contest_why")), "contest")}`,
  });
}

const noteField = (label: string): Html =>
  html`<div class="field"><label for="note">${label}</label><input id="note" name="note" required maxlength="500" autocomplete="off"></div>`;
