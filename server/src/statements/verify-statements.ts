import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { listStatementLines, sumMovementsOf } from "./rows/lines.ts";
import { listCounters, type NewStatementRow, walkStatements } from "./rows/statements.ts";
import type { StatementDocument, StatementLine, Sums } from "./statement.ts";
import { addSums, hashOfLines, hashOfText } from "./statement-document.ts";

/** What a check of all statements found. */
export interface StatementsReport {
  ok: boolean;
  checked: { statements: number; lines: number };
  /** One sentence for each thing that is wrong, 100 at the most. */
  failures: string[];
}

const pageSize = 200;
const mostFailures = 100;
const nothing: Sums = { heldMinor: 0, payableMinor: 0, paidMinor: 0 };

/**
 * Checks every statement from the stored rows: its hash and that of its lines, that it opens where the one before closed,
 * that its lines and the journal add up to its closing, and that numbers have no gaps.
 */
export function verifyStatements({ store }: Pick<Deps, "store">): Promise<StatementsReport> {
  return store.read(async (tx) => {
    const report: StatementsReport = { ok: true, checked: { statements: 0, lines: 0 }, failures: [] };
    const newest = new Map<string, { row: NewStatementRow; closing: Sums }>();
    for (let after = 0; report.failures.length < mostFailures; ) {
      const page = await walkStatements(tx, { after, limit: pageSize });
      const last = page.at(-1);
      if (last === undefined) break;
      for (const row of page) {
        const account = `${row.partner_id} ${row.currency}`;
        report.failures.push(...(await checkStatement(tx, row, newest.get(account), report)));
        newest.set(account, { row, closing: closingOf(row) });
      }
      after = last.statement_no;
    }
    for (const { series, year, last, given } of await listCounters(tx))
      if (Number(given ?? 0) !== last)
        report.failures.push(`series ${series} of ${year} was counted to ${last} and has ${given} numbers`);
    report.failures.length = Math.min(report.failures.length, mostFailures);
    report.ok = report.failures.length === 0;
    return report;
  });
}

const closingOf = (row: NewStatementRow): Sums => ({
  heldMinor: row.closing_held_minor,
  payableMinor: row.closing_payable_minor,
  paidMinor: row.closing_paid_minor,
});

async function checkStatement(
  tx: Tx,
  row: NewStatementRow,
  before: { row: NewStatementRow; closing: Sums } | undefined,
  report: StatementsReport,
): Promise<string[]> {
  const document = JSON.parse(row.document) as StatementDocument;
  const failures: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) failures.push(`statement ${row.number}: ${what}`);
  };
  expect(hashOfText(row.document) === row.hash, "its document is not the one that was closed");
  expect(
    isSame(document.opening, before?.closing ?? nothing),
    "it does not open where the one before closed",
  );
  expect(document.previous?.hash === before?.row.hash, "it does not hold the hash of the one before");
  expect(row.chain_seq === (before?.row.chain_seq ?? 0) + 1, "its place in the chain is wrong");
  expect(isSame(document.closing, closingOf(row)), "its document closes otherwise than its row");
  const { hash, sums, lines } = await readLines(tx, row.number);
  expect(hash === document.linesHash && lines === row.line_count, "its lines are not those that were closed");
  expect(
    isSame(addSums(document.opening, sums), document.closing),
    "opening and movements do not give its closing",
  );
  const booked = await sumMovementsOf(tx, row.number);
  expect(
    isSame(sums, {
      heldMinor: Number(booked?.held_minor ?? 0),
      payableMinor: Number(booked?.payable_minor ?? 0),
      paidMinor: Number(booked?.paid_minor ?? 0),
    }) && Number(booked?.lines) === lines,
    "its lines are not the journal's movements",
  );
  report.checked.statements += 1;
  report.checked.lines += lines;
  return failures;
}

async function readLines(tx: Tx, number: string): Promise<{ hash: string; sums: Sums; lines: number }> {
  const texts: string[] = [];
  let sums = nothing;
  for (let after = 0; ; ) {
    const page = await listStatementLines(tx, { number, after, limit: 1000 });
    const last = page.at(-1);
    if (last === undefined) return { hash: hashOfLines(texts), sums, lines: texts.length };
    for (const { data } of page) {
      texts.push(data);
      sums = addSums(sums, JSON.parse(data) as StatementLine);
    }
    after = last.line;
  }
}

const isSame = (a: Sums, b: Sums): boolean =>
  a.heldMinor === b.heldMinor && a.payableMinor === b.payableMinor && a.paidMinor === b.paidMinor;
