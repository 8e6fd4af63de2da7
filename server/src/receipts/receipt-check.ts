import type { BookCheck } from "../books/book-check.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { adoptedMark, receiptedTables } from "./receipted-tables.ts";
import { findReceipts, hasReceipts } from "./rows/receipts.ts";
import { changingTables, type SealedTable, sealedTables } from "./sealed-tables.ts";
import { areRowsSealed, walkStrangeRows } from "./settle-row-seals.ts";
import { findUnsealed, walkUnsealed } from "./unsealed.ts";
import { findDoubtful, nameOf } from "./unwritten.ts";

const words = { unwritten: "it was not written by the receiver", twice: "it stands there twice" };

/**
 * What `ledger verify` checks of what people and jobs had the receiver write: each row has its receipt, so it was written
 * through the receiver, where it is also audited. Nothing is booked under this name.
 */
export const receiptCheck: BookCheck = {
  source: "receipt",
  findWrong: async (_, bookings) => bookings.map(({ id }) => ({ id, what: "receipts book nothing" })),
  async *findMissing(tx, since, hashes) {
    const marks = [...new Set(receiptedTables.map(({ mark }) => mark))];
    const there = await findReceipts(tx, marks);
    if (!there.has(adoptedMark)) {
      if (await hasReceipts(tx)) yield "receipts: their first mark is gone";
      return;
    }
    for (const mark of marks) if (!there.has(mark)) yield `receipts: the mark ${mark} is gone`;
    yield* findUnsealedRows(tx, since, hashes);
    yield* findUnsealedChanging(tx, since, hashes);
    for (const table of receiptedTables)
      for await (const { name, what } of findDoubtful(tx, table, { since, hashes }))
        yield `${name}: ${words[what]}`;
  },
};

/** More than these are not named: they are failures enough. */
const mostNamed = 1_000;

/** What was told or decided by somebody else: rows without the seal that the receiver gives to each that it writes. */
async function* findUnsealedRows(tx: Tx, since: Instant, hashes: Hashes): AsyncGenerator<string> {
  for (const table of sealedTables) {
    // What is older than seals has to be read whole: only where something of it is asked for.
    if (since > 0 && (await isSealed(tx, table, { since, hashes }))) continue;
    const found = await findUnsealed(tx, table, { hashes, most: mostNamed });
    if (found === undefined) yield `${table.noun}s: it was not noted which of them have no seal`;
    for (const row of found?.strange ?? []) yield `${nameOf(table, row)}: ${words.unwritten}`;
    if (found?.isAsNoted === false)
      yield `${table.noun}s until ${isoTime(instant(found.noted.until))}: those without a seal are not those that were there`;
  }
}

/** Clicks that an order names and that came by no link of this receiver; activations and exchanges that it did not make. */
async function* findUnsealedChanging(tx: Tx, since: Instant, hashes: Hashes): AsyncGenerator<string> {
  for (const table of changingTables) {
    if (!(await areRowsSealed(tx, hashes, table)))
      yield `${table.table}: it was not noted that all of them have a seal`;
    for await (const row of walkStrangeRows(tx, table, { since, hashes }))
      yield `${nameOf(table, row)}: ${words.unwritten}`;
  }
}

async function isSealed(
  tx: Tx,
  table: SealedTable,
  from: { since: Instant; hashes: Hashes },
): Promise<boolean> {
  for await (const _ of walkUnsealed(tx, table, from)) return false;
  return true;
}
