import { requirePartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type Currency, type PartnerId } from "../words/ids.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { findNewestAnswer } from "./rows/answers.ts";
import { listStatementLines } from "./rows/lines.ts";
import type { StatementAnswerRow } from "./rows/schema.ts";
import { findStatement, listStatementRows, type NewStatementRow } from "./rows/statements.ts";
import {
  partnerLineOf,
  type ShownLine,
  type StatementDocument,
  type StatementKind,
  type StatementLine,
} from "./statement.ts";

/** How a document stands: nobody has to accept a plain statement; silence accepts only where that was agreed. */
export const acceptances = ["not_needed", "open", "accepted", "accepted_by_silence", "contested"] as const;
/** One way for a document to stand. */
export type Acceptance = (typeof acceptances)[number];

/** A statement in a list. Amounts in minor units, times ISO 8601 in UTC. */
export interface StatementSummary {
  number: string;
  kind: StatementKind;
  partner: PartnerId;
  currency: Currency;
  period: string;
  closedAt: string;
  dueAt: string | null;
  closingHeldMinor: number;
  closingPayableMinor: number;
  closingPaidMinor: number;
  lines: number;
  acceptance: Acceptance;
  hash: string;
}

/** A statement with its document and a page of its lines; `next` is the `after` of the page behind it. */
export interface ShownStatement extends StatementSummary {
  document: StatementDocument;
  movements: ShownLine[];
  next: string | null;
}

/** What to list: 100 statements by default, 1,000 at the most. */
export interface StatementFilter {
  partner?: string | undefined;
  period?: string | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

type Needs = Pick<Deps, "store" | "clock">;

/**
 * A page of statements, the newest first; `next` is the `after` of the page behind it.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listStatements(
  { store, clock }: Needs,
  { partner = "", period = "", after, ...filter }: StatementFilter = {},
): Promise<{ statements: StatementSummary[]; next: string | null }> {
  const limit = rowsOfPage(filter.limit);
  return store.read(async (tx) => {
    const partner_id = partner === "" ? "" : as.partner(partner);
    if (partner !== "") await requirePartner(tx, partner);
    const before = await placeOf(tx, after, partner_id);
    const rows = await listStatementRows(tx, { before, limit: limit + 1, partner_id, period });
    const { shown, next } = cutPage(rows, limit, ({ number }) => number);
    const statements: StatementSummary[] = [];
    for (const row of shown) statements.push(summaryOf(row, await findNewestAnswer(tx, row.number), clock()));
    return { statements, next };
  });
}

/**
 * A statement with the first of its lines, or those after a cursor. `partner` is who asks: another's is not there.
 *
 * @throws {Refusal} `statement_unknown`, `request_invalid`
 */
export async function showStatement(
  { store, clock }: Needs,
  number: string,
  {
    partner,
    after,
    limit = 1000,
  }: { partner?: PartnerId; after?: string | undefined; limit?: number | undefined } = {},
): Promise<ShownStatement> {
  const page = { number, after: readCursor(after, 0), limit: rowsOfPage(limit) + 1 };
  return store.read(async (tx) => {
    const row = await requireStatement(tx, number, partner);
    const lines = await listStatementLines(tx, page);
    const { shown, next } = cutPage(lines, page.limit - 1, (last) => String(last.line));
    return {
      ...summaryOf(row, await findNewestAnswer(tx, number), clock()),
      document: JSON.parse(row.document) as StatementDocument,
      movements: shown.map(({ data }) => {
        const line = JSON.parse(data) as StatementLine;
        return partner === undefined ? line : partnerLineOf(line);
      }),
      next,
    };
  });
}

/** The document of a statement, and its lines read page by page: what every form of it is made of. */
export async function readWholeStatement(
  { store }: Pick<Deps, "store">,
  number: string,
  { partner }: { partner?: PartnerId } = {},
): Promise<{ document: StatementDocument; lines: () => AsyncGenerator<StatementLine> }> {
  const row = await store.read((tx) => requireStatement(tx, number, partner));
  return {
    document: JSON.parse(row.document) as StatementDocument,
    lines: () => readLines({ store }, number),
  };
}

async function* readLines({ store }: Pick<Deps, "store">, number: string): AsyncGenerator<StatementLine> {
  const limit = 1000;
  for (let after = 0; ; ) {
    const page = await store.read((tx) => listStatementLines(tx, { number, after, limit }));
    for (const { data } of page) yield JSON.parse(data) as StatementLine;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.line;
  }
}

/** @throws {Refusal} `statement_unknown`, in the same words for one that is another partner's */
export async function requireStatement(
  tx: Tx,
  number: string,
  partner: PartnerId | undefined,
): Promise<NewStatementRow> {
  const row = await findStatement(tx, number);
  if (row !== undefined && (partner === undefined || row.partner_id === partner)) return row;
  throw new Refusal("statement_unknown", `There is no statement ${JSON.stringify(number)}.`);
}

/** A stored statement in a list. */
export const summaryOf = (
  row: NewStatementRow,
  answer: StatementAnswerRow | undefined,
  now: Instant,
): StatementSummary => ({
  number: row.number,
  kind: row.kind,
  partner: row.partner_id,
  currency: row.currency,
  period: row.period,
  closedAt: isoTime(row.closed_at),
  dueAt: row.due_at === null ? null : isoTime(row.due_at),
  closingHeldMinor: row.closing_held_minor,
  closingPayableMinor: row.closing_payable_minor,
  closingPaidMinor: row.closing_paid_minor,
  lines: row.line_count,
  acceptance: acceptanceOf(row, answer, now),
  hash: row.hash,
});

/** How a document stands at a moment. What was contested is not accepted by silence. */
export function acceptanceOf(
  { kind, accept_by }: Pick<NewStatementRow, "kind" | "accept_by">,
  answer: Pick<StatementAnswerRow, "answer"> | undefined,
  now: Instant,
): Acceptance {
  if (answer !== undefined) return answer.answer;
  if (kind === "statement") return "not_needed";
  return accept_by !== null && accept_by <= now ? "accepted_by_silence" : "open";
}

/**
 * Where a list goes on, by the last number that it had: the place of a statement among all would tell a partner how many
 * there are.
 */
async function placeOf(tx: Tx, after: string | undefined, partner: PartnerId | ""): Promise<number> {
  if (after === undefined) return Number.MAX_SAFE_INTEGER;
  const row = await findStatement(tx, after);
  if (row === undefined || (partner !== "" && row.partner_id !== partner)) return refuseCursor();
  return row.statement_no;
}

function readCursor(after: string | undefined, first: number): number {
  if (after === undefined) return first;
  return /^\d{1,15}$/.test(after) ? Number(after) : refuseCursor();
}
