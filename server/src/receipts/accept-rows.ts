import type { Deps } from "../deps/deps.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { instant, isoTime } from "../words/clock.ts";
import { receiptedTables, receiptOf } from "./receipted-tables.ts";
import { insertReceipts } from "./rows/receipts.ts";
import { changingTables, sealedTables } from "./sealed-tables.ts";
import { walkStrangeRows } from "./settle-row-seals.ts";
import { findUnsealed, insertMark } from "./unsealed.ts";
import { findDoubtful, nameOf } from "./unwritten.ts";

/** Rows that the receiver did not write, and a person answers for. */
export interface AcceptedRows {
  dryRun: boolean;
  count: number;
  /** The first 1,000 of them, as `ledger verify` names them. */
  rows: string[];
}

const shownAtMost = 1_000;

/**
 * Takes the rows that have no receipt as the receiver's own: what a repair wrote into the database, or a process of an
 * older version while the receivers were updated. Whoever does so stands in the audit. A row that stands there twice stays
 * a finding.
 */
export async function acceptRows(
  { store, hashes }: Pick<Deps, "store" | "hashes">,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<AcceptedRows> {
  const found = await store.read((tx) => findUnwritten(tx, hashes));
  if (dryRun || found.count === 0) return { dryRun, count: found.count, rows: found.names };
  const { count, names } = await store.write(async (tx) => {
    await lockName(tx, "receipts");
    const now = await findUnwritten(tx, hashes);
    await insertReceipts(tx, now.receipts);
    for (const mark of now.marks) await mark();
    return now;
  });
  return { dryRun, count, rows: names };
}

async function findUnwritten(tx: Tx, hashes: Deps["hashes"]) {
  const receipts: string[] = [];
  const names: string[] = [];
  for (const table of receiptedTables)
    for await (const { row, what, name } of findDoubtful(tx, table, { since: instant(0), hashes })) {
      if (what !== "unwritten") continue;
      receipts.push(receiptOf(hashes, table, row));
      if (names.length < shownAtMost) names.push(name);
    }
  for (const table of changingTables)
    for await (const row of walkStrangeRows(tx, table, { since: 0, hashes })) {
      receipts.push(receiptOf(hashes, table, row));
      if (names.length < shownAtMost) names.push(nameOf(table, row));
    }
  let count = receipts.length;
  const marks: (() => Promise<unknown>)[] = [];
  for (const table of sealedTables) {
    const found = await findUnsealed(tx, table, { hashes, most: Number.POSITIVE_INFINITY });
    if (found === undefined) continue;
    receipts.push(...found.strange.map((row) => receiptOf(hashes, table, row)));
    names.push(...found.strange.map((row) => nameOf(table, row)));
    count += found.strange.length;
    if (found.isAsNoted) continue;
    marks.push(() => insertMark(tx, table, hashes, found.noted));
    names.push(`${table.noun}s until ${isoTime(instant(found.noted.until))}`);
    count += found.noted.count;
  }
  return { receipts, marks, names: names.slice(0, shownAtMost), count };
}
