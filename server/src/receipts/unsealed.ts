import { createHmac } from "node:crypto";
import type { Hashes } from "../secrets/hashes.ts";
import type { Store, Tx } from "../store/store.ts";
import { type ReceiptKey, receiptOf } from "./receipted-tables.ts";
import { type AnyRow, findReceipts, findReceiptsFrom, insertReceipts } from "./rows/receipts.ts";
import { type SealedTable, sealOf } from "./sealed-tables.ts";

/**
 * The rows of a table that this pepper sealed none of: those from before there were seals, and those that a former pepper
 * sealed. They cannot be sealed afterwards, since they never change. So what they add up to is noted, once, with the
 * instant of the youngest: the sum of their seals, which nobody who lacks the pepper can make any row fit.
 */
export interface Unsealed {
  count: number;
  /** The sum of the seals that this pepper would have given them, modulo 2^128. */
  sum: bigint;
  /** When the youngest was written. */
  until: number;
}

const pageSize = 500;
const modulus = 1n << 128n;
/** No rows. */
export const none: Unsealed = { count: 0, sum: 0n, until: 0 };

/** A sum with one row more. */
export const withRow = (before: Unsealed, hashes: ReceiptKey, table: SealedTable, row: AnyRow): Unsealed => ({
  count: before.count + 1,
  sum: (before.sum + numberOf(sealOf(hashes, table, row))) % modulus,
  until: Math.max(before.until, Number(row[table.at])),
});

const numberOf = (seal: string): bigint => BigInt(`0x${Buffer.from(seal, "base64url").toString("hex")}`);

/** Walks through the rows of a table that do not carry the seal of a pepper, a page at a time. */
export async function* walkUnsealed(
  tx: Tx,
  table: SealedTable,
  { since, hashes }: { since: number; hashes: ReceiptKey },
): AsyncGenerator<AnyRow[]> {
  for await (const page of walkPages(tx, table, since)) {
    const unsealed = page.filter((row) => !isSealedBy(hashes, table, row));
    if (unsealed.length > 0) yield unsealed;
  }
}

async function* walkPages(tx: Tx, table: SealedTable, since: number): AsyncGenerator<AnyRow[]> {
  for (let after: AnyRow | undefined; ; ) {
    const page = await table.walk(tx, { after, since, limit: pageSize });
    if (page.length === 0) return;
    yield page;
    after = page.at(-1);
  }
}

/** Whether a row carries the seal of a pepper. */
export const isSealedBy = (
  hashes: ReceiptKey,
  table: SealedTable,
  row: AnyRow & { seal?: unknown },
): boolean => row.seal === sealOf(hashes, table, row);

/** Whether any row of a table carries the seal of a pepper. Read a page at a time, each in a transaction of its own. */
export async function hasSealed(
  store: Store,
  table: SealedTable,
  { hashes, rowsPerStep }: { hashes: ReceiptKey; rowsPerStep: number },
): Promise<boolean> {
  for (let after: AnyRow | undefined; ; ) {
    const from = after;
    const page = await store.read((tx) => table.walk(tx, { after: from, since: 0, limit: rowsPerStep }));
    if (page.some((row) => isSealedBy(hashes, table, row))) return true;
    if (page.length < rowsPerStep) return false;
    after = page.at(-1);
  }
}

/** Those of some rows that a pepper sealed, or that somebody answered for under it. */
export async function knownRows(
  tx: Tx,
  hashes: ReceiptKey,
  { table, rows }: { table: SealedTable; rows: readonly AnyRow[] },
): Promise<ReadonlySet<AnyRow>> {
  const accepted = await findReceipts(
    tx,
    rows.map((row) => receiptOf(hashes, table, row)),
  );
  return new Set(
    rows.filter((row) => isSealedBy(hashes, table, row) || accepted.has(receiptOf(hashes, table, row))),
  );
}

const markPrefix = ({ table }: SealedTable, { pepperId }: Pick<Hashes, "pepperId">): string =>
  `unsealed ${pepperId} ${table} `;

/** Whether it was noted which rows of a table have no seal of this pepper, and until when they were written. */
export async function findMark(
  tx: Tx,
  table: SealedTable,
  hashes: Pick<Hashes, "pepperId">,
): Promise<number | undefined> {
  const prefix = markPrefix(table, hashes);
  const marks = await findReceiptsFrom(tx, { first: prefix, last: `${prefix}~` });
  const instants = marks.map((mark) => Number(mark.slice(prefix.length)));
  return instants.length === 0 ? undefined : Math.max(...instants);
}

/** The keyed half of a mark: what the rows until an instant add up to. */
export const sumMark = (table: SealedTable, hashes: ReceiptKey, { until, count, sum }: Unsealed): string =>
  createHmac("sha256", hashes.receiptKey)
    .update(JSON.stringify(["unsealed", table.table, until, count, sum.toString(16)]))
    .digest("base64url")
    .slice(0, 22);

/** Notes which rows of a table have no seal of this pepper. */
export const insertMark = (tx: Tx, table: SealedTable, hashes: Hashes, noted: Unsealed) =>
  insertReceipts(tx, [`${markPrefix(table, hashes)}${noted.until}`, sumMark(table, hashes, noted)]);

/** The rows that this pepper did not seal and nobody answered for, as a check of all of history finds them. */
export interface Found {
  /** Until the noted instant: they count together. */
  noted: Unsealed;
  /** Younger ones: each was not written by the receiver. */
  strange: AnyRow[];
  /** Whether these are still the rows that were there when it was noted. */
  isAsNoted: boolean;
}

/**
 * Finds the rows of a table that this pepper did not seal, of the younger ones so many as are asked for; undefined where it
 * was never noted which there were.
 */
export async function findUnsealed(
  tx: Tx,
  table: SealedTable,
  { hashes, most }: { hashes: Hashes; most: number },
): Promise<Found | undefined> {
  const until = await findMark(tx, table, hashes);
  if (until === undefined) return undefined;
  let noted: Unsealed = { ...none, until };
  const strange: AnyRow[] = [];
  for await (const page of walkUnsealed(tx, table, { since: 0, hashes })) {
    const unknown = page.filter((row) => !isOfFormer(hashes, table, row) || Number(row[table.at]) <= until);
    const accepted = await findReceipts(
      tx,
      unknown.map((row) => receiptOf(hashes, table, row)),
    );
    for (const row of unknown)
      if (accepted.has(receiptOf(hashes, table, row))) continue;
      else if (Number(row[table.at]) <= until) noted = { ...withRow(noted, hashes, table, row), until };
      else if (strange.length < most) strange.push(row);
  }
  const mark = sumMark(table, hashes, noted);
  return { noted, strange, isAsNoted: (await findReceipts(tx, [mark])).has(mark) };
}

/** A receiver that still has the former pepper alone may run beside: what it seals counts until that pepper is forgotten. */
const isOfFormer = ({ former }: Hashes, table: SealedTable, row: AnyRow): boolean =>
  former !== undefined && isSealedBy(former, table, row);
