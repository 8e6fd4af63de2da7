import { createHmac } from "node:crypto";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
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
const none: Unsealed = { count: 0, sum: 0n, until: 0 };

const withRow = (before: Unsealed, hashes: ReceiptKey, table: SealedTable, row: AnyRow): Unsealed => ({
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

const isSealedBy = (hashes: ReceiptKey, table: SealedTable, row: AnyRow & { seal?: unknown }): boolean =>
  row.seal === sealOf(hashes, table, row);

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
const sumMark = (table: SealedTable, hashes: ReceiptKey, { until, count, sum }: Unsealed): string =>
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

/**
 * Notes which rows this pepper did not seal: all that stand there where there were no seals before; after a rotation those
 * that the former pepper knew. Where a pepper has sealed rows and its mark is gone, somebody took it away: nothing is noted,
 * and the check of the ledger says so.
 *
 * @returns how many were taken as they are
 */
export async function noteUnsealed(tx: Tx, table: SealedTable, hashes: Hashes): Promise<number> {
  const { former } = hashes;
  const isKnown = former === undefined ? undefined : await knownTo(tx, table, former);
  let noted = none;
  for await (const page of walkPages(tx, table, 0)) {
    const unsealed = page.filter((row) => !isSealedBy(hashes, table, row));
    const isMarkGone =
      isKnown === undefined &&
      (unsealed.length < page.length ||
        (former !== undefined && page.some((row) => isSealedBy(former, table, row))));
    if (isMarkGone) return 0;
    for (const row of (await isKnown?.(unsealed)) ?? unsealed) noted = withRow(noted, hashes, table, row);
  }
  await insertMark(tx, table, hashes, noted);
  return isKnown === undefined ? noted.count : 0;
}

/** What tells which rows of a page a pepper knew; undefined where it had sealed nothing yet. */
async function knownTo(tx: Tx, table: SealedTable, hashes: Hashes) {
  const found = await findUnsealed(tx, table, { hashes, most: 0 });
  if (found === undefined) return undefined;
  const { noted, isAsNoted } = found;
  return async (page: readonly AnyRow[]) => {
    const receipts = page.map((row) => receiptOf(hashes, table, row));
    const accepted = await findReceipts(tx, receipts);
    return page.filter(
      (row, index) =>
        isSealedBy(hashes, table, row) ||
        accepted.has(receipts[index] ?? "") ||
        (isAsNoted && Number(row[table.at]) <= noted.until),
    );
  };
}

/** A receiver that still has the former pepper alone may run beside: what it seals counts until that pepper is forgotten. */
const isOfFormer = ({ former }: Hashes, table: SealedTable, row: AnyRow): boolean =>
  former !== undefined && isSealedBy(former, table, row);
