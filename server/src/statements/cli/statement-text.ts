import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { ShownStatement } from "../read-statements.ts";
import type { ShownLine, Sums } from "../statement.ts";

/** A statement for a person in a terminal. */
export function statementText({ document, movements, acceptance, hash }: ShownStatement): string {
  const { currency, opening, closing, selfBilling } = document;
  const fields = formatFields([
    ["number", document.number],
    ["kind", document.kind.replace("_", " ")],
    ["partner", `${document.partnerName} (${document.partner})`],
    ["period", document.period.name],
    ["closed", formatTime(document.closedAt)],
    ["due", document.dueAt === null ? null : formatTime(document.dueAt)],
    ["opening", sumsText(opening, currency)],
    ["closing", sumsText(closing, currency)],
    [
      "tax",
      selfBilling &&
        `${selfBilling.treatment.replaceAll("_", " ")}, ${formatMoney(selfBilling.taxMinor, currency)}`,
    ],
    ["accepted", acceptance.replaceAll("_", " ")],
    ["hash", hash],
  ]);
  return `${fields}\n${formatTable(columnsIn(currency), movements)}`;
}

const sumsText = ({ heldMinor, payableMinor, paidMinor }: Sums, currency: string): string =>
  [
    `held ${formatMoney(heldMinor, currency)}`,
    `payable ${formatMoney(payableMinor, currency)}`,
    `paid ${formatMoney(paidMinor, currency)}`,
  ].join(", ");

const columnsIn = (currency: string): readonly Column<ShownLine>[] => [
  { heading: "line", of: ({ line }) => line, align: "right" },
  { heading: "booked", of: ({ bookedAt }) => bookedAt.slice(0, 10) },
  { heading: "kind", of: ({ kind }) => kind.replace("_", " ") },
  { heading: "about", of: (line) => aboutText(line) },
  { heading: "held", of: ({ heldMinor }) => changeText(heldMinor, currency), align: "right" },
  { heading: "payable", of: ({ payableMinor }) => changeText(payableMinor, currency), align: "right" },
];

const changeText = (amountMinor: number, currency: string) =>
  amountMinor === 0 ? null : formatMoney(amountMinor, currency);

function aboutText({ transaction, order, source, corrects, cause }: ShownLine): string {
  const about = transaction?.shopOrder ?? order?.key ?? source?.reference ?? source?.id ?? cause;
  const words = [about];
  if (corrects !== null)
    words.push(`corrects line ${corrects.line}${corrects.number === null ? "" : ` of ${corrects.number}`}`);
  if (source?.kind === "correction") words.push(source.reference ?? "", source.id);
  if (source?.reverses != null) words.push(`takes back ${source.reverses}`);
  return words.filter((word) => word !== "").join(", ");
}
