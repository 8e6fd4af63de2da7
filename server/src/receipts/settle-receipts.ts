import { createHmac, timingSafeEqual } from "node:crypto";
import type { Hashes } from "../secrets/hashes.ts";
import { lockName } from "../store/locks.ts";
import type { Store, Tx } from "../store/store.ts";
import { type ReceiptKey, readersOf, receiptedTables, receiptOf } from "./receipted-tables.ts";
import { type AdoptionRow, endAdoption, findAdoption, putAdoption } from "./rows/adoption.ts";
import { type AnyRow, findReceipts, hasReceipts, insertReceipt, insertReceipts } from "./rows/receipts.ts";

/** The mark of a database whose rows have receipts: from here on a row without one is not the receiver's. */
export const adoptedMark = "adopted";

const pepperMark = (id: string): string => `pepper ${id}`;

/**
 * Gives receipts to what was written before there were any, once, as it is; and after a rotation of the pepper to every row
 * that had one of the former pepper, so that the former can be forgotten. In small steps, each a commit of its own: a
 * start that was killed goes on where it was.
 *
 * @returns how many rows were taken as they are; undefined where that was done before
 */
export async function settleReceipts(
  store: Store,
  hashes: Hashes,
  { rowsPerStep = 1_000 } = {},
): Promise<number | undefined> {
  const known = await store.read((tx) => findReceipts(tx, [adoptedMark, pepperMark(hashes.pepperId)]));
  if (known.has(adoptedMark)) {
    if (hashes.former !== undefined && !known.has(pepperMark(hashes.pepperId)))
      await renew(store, hashes, { former: hashes.former, rowsPerStep });
    return undefined;
  }
  for (;;) {
    const step = await store.write((tx) => adoptSome(tx, hashes, rowsPerStep));
    if (step !== "more") return step.rows;
  }
}

/** One step of the adoption: a page of rows, or its end. Of several processes each may make the next one. */
async function adoptSome(
  tx: Tx,
  hashes: Hashes,
  rowsPerStep: number,
): Promise<"more" | { rows: number | undefined }> {
  await lockName(tx, "receipts");
  const before = await findAdoption(tx);
  // Receipts and neither the mark nor an adoption of ours: somebody took the mark away, and the check of the ledger says so.
  if (before === undefined && (await hasReceipts(tx))) return { rows: undefined };
  if (before !== undefined && !isSigned(hashes, before)) return { rows: undefined };
  const { table_index, after, row_count } = before ?? { table_index: 0, after: null, row_count: 0 };
  const table = receiptedTables[table_index];
  if (table === undefined) {
    for (const mark of [adoptedMark, pepperMark(hashes.pepperId)]) await insertReceipt(tx, mark);
    await endAdoption(tx);
    return { rows: row_count };
  }
  const page = await readersOf(table).walk(tx, {
    after: after === null ? undefined : (JSON.parse(after) as AnyRow),
    since: 0,
    limit: rowsPerStep,
  });
  await insertReceipts(
    tx,
    page.map((row) => receiptOf(hashes, table, row)),
  );
  const last = page.length < rowsPerStep ? undefined : page.at(-1);
  const next = {
    table_index: last === undefined ? table_index + 1 : table_index,
    after:
      last === undefined
        ? null
        : JSON.stringify(Object.fromEntries(table.key.map((name) => [name, last[name]]))),
    row_count: row_count + page.length,
  };
  await putAdoption(tx, { ...next, only_row: 1, signature: signatureOf(hashes, next) });
  return "more";
}

type Progress = Pick<AdoptionRow, "table_index" | "after" | "row_count">;

const signatureOf = ({ receiptKey }: ReceiptKey, { table_index, after, row_count }: Progress): string =>
  createHmac("sha256", receiptKey)
    .update(JSON.stringify(["adoption", table_index, after, row_count]))
    .digest("base64url");

function isSigned(hashes: ReceiptKey, row: AdoptionRow): boolean {
  const [expected, found] = [signatureOf(hashes, row), row.signature].map((one) => Buffer.from(one));
  return expected !== undefined && expected.length === found?.length && timingSafeEqual(expected, found);
}

/** Killed in between it begins anew, and finds what it has written: a receipt that is there stays. */
async function renew(
  store: Store,
  hashes: Hashes,
  { former, rowsPerStep }: { former: Hashes; rowsPerStep: number },
): Promise<void> {
  for (const table of receiptedTables)
    for (let after: AnyRow | undefined; ; ) {
      const page = await store.write(async (tx) => {
        await lockName(tx, "receipts");
        const rows = await readersOf(table).walk(tx, { after, since: 0, limit: rowsPerStep });
        const before = rows.map((row) => receiptOf(former, table, row));
        const had = await findReceipts(tx, before);
        const kept = rows.filter((_, index) => had.has(before[index] ?? ""));
        await insertReceipts(
          tx,
          kept.map((row) => receiptOf(hashes, table, row)),
        );
        return rows;
      });
      if (page.length < rowsPerStep) break;
      after = page.at(-1);
    }
  await store.write((tx) => insertReceipt(tx, pepperMark(hashes.pepperId)));
}
