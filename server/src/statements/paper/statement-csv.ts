import { csvCell } from "../../words/csv.ts";
import { decimalOf } from "../../words/money.ts";
import type { StatementDocument, StatementLine, Sums } from "../statement.ts";

const columns = [
  "statement",
  "line",
  "bookedAt",
  "kind",
  "cause",
  "order",
  "shop",
  "shopOrder",
  "product",
  "reason",
  "rules",
  "reference",
  "note",
  "correctsStatement",
  "correctsLine",
  "source",
  "reverses",
  "held",
  "payable",
  "paid",
  "currency",
] as const;

type Row = Record<(typeof columns)[number], string | number | null>;

/**
 * A statement as CSV (RFC 4180): a header, its opening, its movements, its closing. Amounts are decimal numbers with a
 * point, codes are the same in every language, and no cell is read as a formula.
 */
export async function* statementCsv(
  document: StatementDocument,
  lines: AsyncIterable<StatementLine>,
): AsyncGenerator<string> {
  yield `${columns.join(",")}\r\n`;
  yield rowText(balanceRow(document, "opening_balance", document.opening));
  for await (const line of lines) yield rowText(lineRow(document, line));
  yield rowText(balanceRow(document, "closing_balance", document.closing));
}

const amounts: ReadonlySet<string> = new Set(["held", "payable", "paid"]);

/** An amount is our own number: a minus before it makes no formula. */
const rowText = (row: Row): string =>
  `${columns.map((name) => (amounts.has(name) ? String(row[name]) : csvCell(row[name]))).join(",")}\r\n`;

const empty = Object.fromEntries(columns.map((name) => [name, null])) as Row;

const amountsOf = ({ heldMinor, payableMinor, paidMinor }: Sums, currency: string) => ({
  held: decimalOf(heldMinor, currency),
  payable: decimalOf(payableMinor, currency),
  paid: decimalOf(paidMinor, currency),
  currency,
});

const balanceRow = (document: StatementDocument, kind: string, sums: Sums): Row => ({
  ...empty,
  statement: document.number,
  kind,
  ...amountsOf(sums, document.currency),
});

const lineRow = (document: StatementDocument, line: StatementLine): Row => ({
  statement: document.number,
  line: line.line,
  bookedAt: line.bookedAt,
  kind: line.kind,
  cause: line.cause,
  order: line.order?.key ?? null,
  shop: line.transaction?.shop ?? null,
  shopOrder: line.transaction?.shopOrder ?? null,
  product: line.order?.product ?? null,
  reason: line.reason,
  rules: [...new Set(line.parts.flatMap(({ rule }) => rule ?? []))].join(" "),
  reference: line.source?.reference ?? line.source?.id ?? null,
  note: line.source?.note ?? null,
  correctsStatement: line.corrects === null ? null : (line.corrects.number ?? document.number),
  correctsLine: line.corrects?.line ?? null,
  source: line.source?.id ?? null,
  reverses: line.source?.reverses ?? null,
  ...amountsOf(line, document.currency),
});
