import type { Speech } from "../../messages/speak.ts";
import type { StatementsText } from "../../messages/statements/index.ts";
import { instant } from "../../words/clock.ts";
import type { LegalParty } from "../partner-facts.ts";
import type { StatementDocument, StatementLine } from "../statement.ts";

/** What the texts of a statement are spoken in. */
export type StatementSpeech = Speech<StatementsText>;

/** A name and address under a heading. */
export interface PartyBlock {
  heading: string;
  lines: string[];
}

/** A row of amounts: what it is, held, payable. What does not change is empty. */
export interface AmountRow {
  what: string;
  held: string;
  payable: string;
  /** Opening and closing. */
  isBalance: boolean;
}

/** All that stands on a statement but its movements, as text. */
export interface PaperText {
  title: string;
  /** Words that the law wants beside the title. */
  mention: string | null;
  facts: [label: string, value: string][];
  parties: PartyBlock[];
  summary: AmountRow[];
  /** Net, tax and total of an invoice. */
  tax: [label: string, amount: string][];
  notes: string[];
}

/** A movement as text. */
export interface LineText {
  no: string;
  day: string;
  what: string;
  detail: string;
  held: string;
  payable: string;
}

/** The day of a time of ISO 8601. */
const dayIn = ({ day }: StatementSpeech, iso: string): string => day(instant(Date.parse(iso)));

/** Everything but the movements, in the language of a speech. */
export function paperText(document: StatementDocument, speech: StatementSpeech): PaperText {
  const { say } = speech;
  const { selfBilling, kind, previous, period, dueAt } = document;
  const month = /^\d{4}-\d\d$/.test(period.name) ? speech.month(period.name) : period.name;
  return {
    title: say(kind),
    mention: selfBilling === null ? null : say("self_billing"),
    facts: [
      [say("number"), document.number],
      [say("period"), month],
      [say("issued"), dayIn(speech, document.closedAt)],
      ...(dueAt === null ? [] : [[say("due"), dayIn(speech, dueAt)] as [string, string]]),
      ...(previous === null ? [] : [[say("previous"), previous.number] as [string, string]]),
    ],
    parties: partiesOf(document, speech),
    summary: summaryOf(document, speech),
    tax: taxOf(document, speech),
    notes: notesOf(document, speech),
  };
}

function partiesOf(
  { selfBilling, partnerName, partner, vendor }: StatementDocument,
  speech: StatementSpeech,
) {
  const { say } = speech;
  if (selfBilling === null)
    return [
      { heading: say("partner"), lines: [partnerName, partner] },
      { heading: vendor, lines: [] },
    ];
  return [
    { heading: say("seller"), lines: partyLines(selfBilling.seller, speech) },
    { heading: say("buyer"), lines: partyLines(selfBilling.buyer, speech) },
  ];
}

function partyLines(
  { name, address, country, vatId, taxNumber }: LegalParty,
  speech: StatementSpeech,
): string[] {
  const { say, tag } = speech;
  const countryName = new Intl.DisplayNames(tag, { type: "region" }).of(country) ?? country;
  return [
    name,
    ...address,
    countryName,
    ...(vatId === null ? [] : [`${say("vat_id")} ${vatId}`]),
    ...(taxNumber === null ? [] : [`${say("tax_number")} ${taxNumber}`]),
  ];
}

function summaryOf(document: StatementDocument, speech: StatementSpeech): AmountRow[] {
  const { opening, closing, movements, currency } = document;
  const { say, money } = speech;
  const balance = (what: string, { heldMinor, payableMinor }: typeof opening): AmountRow => ({
    what,
    held: money(heldMinor, currency),
    payable: money(payableMinor, currency),
    isBalance: true,
  });
  return [
    balance(say("opening"), opening),
    ...movements.map(({ kind, heldMinor, payableMinor }) => ({
      what: say(`kind_${kind}`),
      held: changeText(heldMinor, document, speech),
      payable: changeText(payableMinor, document, speech),
      isBalance: false,
    })),
    balance(say("closing"), closing),
  ];
}

const changeText = (
  amountMinor: number,
  { currency }: Pick<StatementDocument, "currency">,
  { money }: StatementSpeech,
): string => (amountMinor === 0 ? "" : money(amountMinor, currency));

function taxOf({ selfBilling, currency }: StatementDocument, { say, money, percent }: StatementSpeech) {
  if (selfBilling === null) return [];
  const { netMinor, taxMinor, grossMinor, rateBp } = selfBilling;
  return [
    [say("net"), money(netMinor, currency)],
    [say("tax", { rate: percent(rateBp) }), money(taxMinor, currency)],
    [say("gross"), money(grossMinor, currency)],
  ] as [string, string][];
}

function notesOf(document: StatementDocument, speech: StatementSpeech): string[] {
  const { say, money } = speech;
  const { selfBilling, closing, dueAt, currency } = document;
  const notes: string[] = [];
  if (selfBilling !== null && selfBilling.treatment !== "domestic") notes.push(say(selfBilling.treatment));
  if (dueAt !== null)
    notes.push(say("due_note", { amount: money(closing.payableMinor, currency), day: dayIn(speech, dueAt) }));
  if (closing.payableMinor < 0) notes.push(say("negative_note"));
  if (selfBilling !== null)
    notes.push(
      selfBilling.acceptBy === null
        ? say("accept_word")
        : say("accept_silence", { day: dayIn(speech, selfBilling.acceptBy) }),
    );
  return notes;
}

/** A movement in the language of a speech. */
export function lineText(
  line: StatementLine,
  document: StatementDocument,
  speech: StatementSpeech,
): LineText {
  const { say } = speech;
  return {
    no: speech.number(line.line),
    day: dayIn(speech, line.bookedAt),
    what: line.cause === "tax" ? say("kind_tax") : say(`kind_${line.kind}`),
    detail: detailsOf(line, speech).join(" · "),
    held: changeText(line.heldMinor, document, speech),
    payable: changeText(line.payableMinor, document, speech),
  };
}

function detailsOf(line: StatementLine, speech: StatementSpeech): string[] {
  const { say } = speech;
  const { order, transaction, corrects, source } = line;
  const details: string[] = [];
  if (order !== null) {
    if (order.product !== null) details.push(order.product);
    details.push(
      transaction === undefined
        ? say("order_unnamed", { day: dayIn(speech, order.occurredAt) })
        : say("order", { order: transaction.shopOrder }),
    );
  }
  if (order !== null && line.kind !== "release") details.push(...whyOf(line, speech));
  if (corrects !== null)
    details.push(
      corrects.number === null
        ? say("corrects_here", { line: corrects.line })
        : say("corrects", { line: corrects.line, number: corrects.number }),
    );
  if (source?.claim != null) details.push(say("claim", { claim: source.claim }));
  for (const text of [source?.reference, source?.note]) if (text != null) details.push(text);
  if (source?.kind === "correction") details.push(source.id);
  if (source?.reverses != null) details.push(say("takes_back", { id: source.reverses }));
  return details;
}

function whyOf({ kind, cause, reason, parts }: StatementLine, speech: StatementSpeech): string[] {
  const { say, percent } = speech;
  if (kind === "reversal" || kind === "reinstatement") return [say(causeText(cause))];
  const rules = new Set(
    parts.map(({ rule, rateBp }) =>
      rule === null ? say("rate", { rate: percent(rateBp) }) : say("rule", { rule, rate: percent(rateBp) }),
    ),
  );
  return [say(reasonText(reason)), ...rules];
}

const reasons = {
  ruling: "reason_ruling",
  licence_binding: "reason_licence_binding",
  subscription: "reason_subscription",
  earlier_purchase: "reason_earlier_purchase",
  order_field: "reason_order_field",
  click_reference: "reason_click_reference",
  incumbent: "reason_incumbent",
  open_after_window: "reason_open_after_window",
  settled_by_rule: "reason_settled_by_rule",
} as const satisfies Record<string, StatementsText>;

const reasonText = (reason: string | null): StatementsText =>
  reason !== null && Object.hasOwn(reasons, reason)
    ? reasons[reason as keyof typeof reasons]
    : "reason_share";

function causeText(cause: string): StatementsText {
  if (cause.includes("dispute")) return "cause_dispute";
  return /refund|restored|deleted|failed/.test(cause) ? "cause_refund" : "cause_decided";
}
