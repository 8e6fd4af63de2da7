import { createHash } from "node:crypto";
import type { Agreement } from "../agreements/agreement.ts";
import type { Config } from "../config/config.ts";
import { addDays, type Instant, isoTime } from "../words/clock.ts";
import type { Period } from "../words/period.ts";
import type { Account, NewStatementRow } from "./rows/statements.ts";
import type {
  KindSum,
  SelfBilling,
  StatementDocument,
  StatementKind,
  StatementLine,
  Sums,
} from "./statement.ts";

/** All that a document is made of. */
export interface Draft {
  account: Account;
  partnerName: string;
  period: Period;
  kind: StatementKind;
  previous: NewStatementRow | undefined;
  agreement: Agreement;
  /** The agreement's, or else that of the partner's details. */
  language: string | null;
  selfBilling: SelfBilling | null;
  lines: readonly StatementLine[];
  closedAt: Instant;
}

/** The document of a closed account under its number. Pure: the same draft gives the same text and hash. */
export function documentOf(
  { brand, statements }: Pick<Config, "brand" | "statements">,
  draft: Draft,
  number: string,
): StatementDocument {
  const { account, period, previous, agreement, lines, closedAt } = draft;
  const opening = closingOf(previous);
  const movements = sumByKind(lines);
  const closing = movements.reduce<Sums>(addSums, opening);
  return {
    number,
    kind: draft.kind,
    partner: account.partner_id,
    partnerName: draft.partnerName,
    vendor: brand.name,
    currency: account.currency,
    period: { name: period.name, from: isoTime(period.from), until: isoTime(period.until) },
    closedAt: isoTime(closedAt),
    dueAt: closing.payableMinor > 0 ? isoTime(addDays(closedAt, statements.dueDays)) : null,
    sharing: agreement.sharing,
    language: draft.language,
    opening,
    movements,
    closing,
    lineCount: lines.length,
    selfBilling: draft.selfBilling,
    linesHash: hashOfLines(lines.map((line) => JSON.stringify(line))),
    previous: previous === undefined ? null : { number: previous.number, hash: previous.hash },
  };
}

/** SHA-256 of lines as they are stored, each followed by a line feed. */
export function hashOfLines(lines: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest("hex");
}

/** SHA-256 of a document's text. */
export const hashOfText = (text: string): string => createHash("sha256").update(text).digest("hex");

const closingOf = (row: NewStatementRow | undefined): Sums => ({
  heldMinor: row?.closing_held_minor ?? 0,
  payableMinor: row?.closing_payable_minor ?? 0,
  paidMinor: row?.closing_paid_minor ?? 0,
});

/** Sums added up, account by account. */
export const addSums = (a: Sums, b: Sums): Sums => ({
  heldMinor: a.heldMinor + b.heldMinor,
  payableMinor: a.payableMinor + b.payableMinor,
  paidMinor: a.paidMinor + b.paidMinor,
});

/** What the lines of each kind add up to, in the order in which the kinds first come. */
export function sumByKind(lines: readonly StatementLine[]): KindSum[] {
  const byKind = new Map<string, KindSum>();
  for (const line of lines) {
    const before = byKind.get(line.kind) ?? { kind: line.kind, count: 0, ...nothing };
    byKind.set(line.kind, { kind: line.kind, count: before.count + 1, ...addSums(before, line) });
  }
  return [...byKind.values()];
}

const nothing: Sums = { heldMinor: 0, payableMinor: 0, paidMinor: 0 };
