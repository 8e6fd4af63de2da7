import type { Hashes } from "../secrets/hashes.ts";
import { lockName } from "../store/locks.ts";
import type { Store, Tx } from "../store/store.ts";
import { type ReceiptedTable, readersOf, receiptedTables, receiptOf } from "./receipted-tables.ts";
import { type AnyRow, findReceipts, hasReceipts, insertReceipt, insertReceipts } from "./rows/receipts.ts";

/** The mark of a database whose rows have receipts: from here on a row without one is not the receiver's. */
export const adoptedMark = "adopted";

const pepperMark = (id: string): string => `pepper ${id}`;
const pageSize = 1_000;

/**
 * Gives receipts to what was written before there were any, once, as it is; and after a rotation of the pepper to every row
 * that had one of the former pepper, so that the former can be forgotten.
 *
 * @returns how many rows were taken as they are; undefined where that was done before
 */
export async function settleReceipts(store: Store, hashes: Hashes): Promise<number | undefined> {
  const marks = [adoptedMark, pepperMark(hashes.pepperId)];
  const known = await store.read((tx) => findReceipts(tx, marks));
  if (known.has(adoptedMark)) {
    if (hashes.former !== undefined && !known.has(pepperMark(hashes.pepperId)))
      await renew(store, hashes, hashes.former);
    return undefined;
  }
  // Receipts without the mark: somebody took it away, and the check of the ledger says so.
  if (await store.read(hasReceipts)) return undefined;
  return store.write(async (tx) => {
    await lockName(tx, "receipts");
    if (await hasReceipts(tx)) return undefined;
    const rows = await eachRow(tx, async (table, page) => {
      await insertReceipts(
        tx,
        page.map((row) => receiptOf(hashes, table, row)),
      );
    });
    for (const mark of marks) await insertReceipt(tx, mark);
    return rows;
  });
}

async function renew(store: Store, hashes: Hashes, former: Hashes): Promise<void> {
  await store.write(async (tx) => {
    await lockName(tx, "receipts");
    await eachRow(tx, async (table, page) => {
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
  take: (table: ReceiptedTable, page: AnyRow[]) => Promise<void>,
): Promise<number> {
  let rows = 0;
  for (const table of receiptedTables) {
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
