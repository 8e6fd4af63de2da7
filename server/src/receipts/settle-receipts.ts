import { createHmac, timingSafeEqual } from "node:crypto";
import type { Hashes } from "../secrets/hashes.ts";
import { lockName } from "../store/locks.ts";
import type { Store, Tx } from "../store/store.ts";
import { receiptMarks } from "./are-settled.ts";
import {
  adoptedMark,
  type ReceiptedTable,
  type ReceiptKey,
  readersOf,
  receiptedTables,
  receiptOf,
} from "./receipted-tables.ts";
import { type AdoptionRow, endAdoption, findAdoption, putAdoption } from "./rows/adoption.ts";
import { type AnyRow, findReceipts, hasReceipts, insertReceipt, insertReceipts } from "./rows/receipts.ts";

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
  const marks = receiptMarks();
  const ofPepper = pepperMark(hashes.pepperId);
  const known = await store.read((tx) => findReceipts(tx, [...marks, ofPepper]));
  if (known.has(adoptedMark) && hashes.former !== undefined && !known.has(ofPepper))
    await renew(store, hashes, { former: hashes.former, rowsPerStep });
  let rows: number | undefined;
  for (const mark of marks.filter((one) => !known.has(one))) {
    const taken = await adopt(store, hashes, { mark, rowsPerStep });
    if (taken === undefined && mark === adoptedMark) return undefined;
    if (taken !== undefined) rows = (rows ?? 0) + taken;
  }
  return rows;
}

interface Adoption {
  mark: string;
  rowsPerStep: number;
}

/** The same of the tables that a mark is about. */
async function adopt(store: Store, hashes: Hashes, adoption: Adoption): Promise<number | undefined> {
  const isUnderWay = async (tx: Tx) => markOf(await findAdoption(tx)) === adoption.mark;
  // A row that has a receipt where no adoption is under way: only the mark is gone, and the check of the ledger says so.
  if (adoption.mark !== adoptedMark && !(await store.read(isUnderWay)))
    if (await haveReceipts(store, hashes, adoption)) return undefined;
  for (;;) {
    const step = await store.write((tx) => adoptSome(tx, hashes, adoption));
    if (step !== "more") return step.rows;
  }
}

const markOf = (row: AdoptionRow | undefined): string | undefined =>
  row === undefined ? undefined : receiptedTables[row.table_index]?.mark;

async function haveReceipts(
  store: Store,
  hashes: ReceiptKey,
  { mark, rowsPerStep }: Adoption,
): Promise<boolean> {
  for (const table of receiptedTables.filter((one) => one.mark === mark))
    for (let after: AnyRow | undefined; ; ) {
      const { page, had } = await store.read(async (tx) => {
        const rows = await readersOf(table).walk(tx, { after, since: 0, limit: rowsPerStep });
        const receipts = rows.map((row) => receiptOf(hashes, table, row));
        return { page: rows, had: await findReceipts(tx, receipts) };
      });
      if (had.size > 0) return true;
      if (page.length < rowsPerStep) break;
      after = page.at(-1);
    }
  return false;
}

/** One step of the adoption: a page of rows, or its end. Of several processes each may make the next one. */
async function adoptSome(
  tx: Tx,
  hashes: Hashes,
  { mark, rowsPerStep }: Adoption,
): Promise<"more" | { rows: number | undefined }> {
  await lockName(tx, "receipts");
  if ((await findReceipts(tx, [mark])).has(mark)) return { rows: undefined };
  const before = await findAdoption(tx);
  // Receipts and neither the mark nor an adoption of ours: somebody took the mark away, and the check of the ledger says so.
  if (before === undefined && mark === adoptedMark && (await hasReceipts(tx))) return { rows: undefined };
  if (before !== undefined && (markOf(before) !== mark || !isSigned(hashes, before)))
    return { rows: undefined };
  const { table_index, after, row_count } = before ?? {
    table_index: nextOf(mark, 0),
    after: null,
    row_count: 0,
  };
  const table = receiptedTables[table_index] as ReceiptedTable;
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
    table_index: last === undefined ? nextOf(mark, table_index + 1) : table_index,
    after:
      last === undefined
        ? null
        : JSON.stringify(Object.fromEntries(table.key.map((name) => [name, last[name]]))),
    row_count: row_count + page.length,
  };
  if (next.table_index === -1) {
    await insertReceipt(tx, mark);
    if (mark === adoptedMark) await insertReceipt(tx, pepperMark(hashes.pepperId));
    await endAdoption(tx);
    return { rows: next.row_count };
  }
  await putAdoption(tx, { ...next, only_row: 1, signature: signatureOf(hashes, next) });
  return "more";
}

/** The next table that a mark is about, from one on; -1 behind the last. */
const nextOf = (mark: string, from: number): number =>
  receiptedTables.findIndex((one, index) => index >= from && one.mark === mark);

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
