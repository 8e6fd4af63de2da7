import type { Hashes } from "../secrets/hashes.ts";
import { lockName } from "../store/locks.ts";
import type { Store, Tx } from "../store/store.ts";
import {
  adoptedMark,
  type ReceiptedTable,
  readersOf,
  receiptedTables,
  receiptOf,
} from "./receipted-tables.ts";
import { type AnyRow, findReceipts, hasReceipts, insertReceipt, insertReceipts } from "./rows/receipts.ts";
import { sealedTables } from "./sealed-tables.ts";
import { findMark, noteUnsealed } from "./unsealed.ts";

const pepperMark = (id: string): string => `pepper ${id}`;
const pageSize = 1_000;

/**
 * Gives receipts to what was written before there were any, once, as it is; and after a rotation of the pepper to every row
 * that had one of the former pepper, so that the former can be forgotten.
 *
 * @returns how many rows were taken as they are; undefined where that was done before
 */
export async function settleReceipts(store: Store, hashes: Hashes): Promise<number | undefined> {
  const marks = [...new Set(receiptedTables.map(({ mark }) => mark))];
  const ofPepper = pepperMark(hashes.pepperId);
  const known = await store.read((tx) => findReceipts(tx, [...marks, ofPepper]));
  if (known.has(adoptedMark) && hashes.former !== undefined && !known.has(ofPepper))
    await renew(store, hashes, hashes.former);
  if (marks.every((mark) => known.has(mark))) return undefined;
  return store.write(async (tx) => {
    await lockName(tx, "receipts");
    const there = await findReceipts(tx, marks);
    // Receipts without the first mark: somebody took it away, and the check of the ledger says so.
    if (!there.has(adoptedMark) && (await hasReceipts(tx))) return undefined;
    let rows: number | undefined;
    for (const mark of marks) if (!there.has(mark)) rows = (rows ?? 0) + (await adopt(tx, mark, hashes));
    if (!there.has(adoptedMark)) await insertReceipt(tx, ofPepper);
    return rows;
  });
}

/** The same of the tables that a mark is about: nothing where a row has a receipt, since then only the mark is gone. */
async function adopt(tx: Tx, mark: string, hashes: Hashes): Promise<number> {
  const tables = receiptedTables.filter((one) => one.mark === mark);
  if (mark !== adoptedMark && (await haveReceipts(tx, tables, hashes))) return 0;
  const rows = await eachRow(tx, tables, async (table, page) => {
    await insertReceipts(
      tx,
      page.map((row) => receiptOf(hashes, table, row)),
    );
  });
  await insertReceipt(tx, mark);
  return rows;
}

async function haveReceipts(tx: Tx, tables: readonly ReceiptedTable[], hashes: Hashes): Promise<boolean> {
  let any = false;
  await eachRow(tx, tables, async (table, page) => {
    any ||=
      (
        await findReceipts(
          tx,
          page.map((row) => receiptOf(hashes, table, row)),
        )
      ).size > 0;
  });
  return any;
}

/**
 * Notes which events and decisions stand there without a seal of this pepper, once a pepper: what was written before there
 * were seals, and before a rotation what the former one sealed.
 *
 * @returns how many were taken as they are; undefined where that was done before
 */
export async function settleSeals(store: Store, hashes: Hashes): Promise<number | undefined> {
  const isNoted = async (tx: Tx) => {
    for (const table of sealedTables) if ((await findMark(tx, table, hashes)) === undefined) return false;
    return true;
  };
  if (await store.read(isNoted)) return undefined;
  return store.write(async (tx) => {
    await lockName(tx, "receipts");
    let rows = 0;
    for (const table of sealedTables)
      if ((await findMark(tx, table, hashes)) === undefined) rows += await noteUnsealed(tx, table, hashes);
    return rows;
  });
}

async function renew(store: Store, hashes: Hashes, former: Hashes): Promise<void> {
  await store.write(async (tx) => {
    await lockName(tx, "receipts");
    await eachRow(tx, receiptedTables, async (table, page) => {
      const before = page.map((row) => receiptOf(former, table, row));
      const had = await findReceipts(tx, before);
      const kept = page.filter((_, index) => had.has(before[index] ?? ""));
      await insertReceipts(
        tx,
        kept.map((row) => receiptOf(hashes, table, row)),
      );
    });
    await insertReceipt(tx, pepperMark(hashes.pepperId));
  });
}

async function eachRow(
  tx: Tx,
  tables: readonly ReceiptedTable[],
  take: (table: ReceiptedTable, page: AnyRow[]) => Promise<void>,
): Promise<number> {
  let rows = 0;
  for (const table of tables) {
    const { walk } = readersOf(table);
    for (let after: AnyRow | undefined; ; ) {
      const page = await walk(tx, { after, since: 0, limit: pageSize });
      if (page.length === 0) break;
      await take(table, page);
      rows += page.length;
      after = page.at(-1);
    }
  }
  return rows;
}
