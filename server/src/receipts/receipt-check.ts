import type { BookCheck } from "../books/book-check.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { type ReceiptedTable, readersOf, receiptedTables, receiptOf } from "./receipted-tables.ts";
import { type AnyRow, findReceipts, hasReceipts } from "./rows/receipts.ts";
import { adoptedMark } from "./settle-receipts.ts";

const pageSize = 500;

/**
 * What `ledger verify` checks of what people and jobs had the receiver write: each row has its receipt, so it was written
 * through the receiver, where it is also audited. Nothing is booked under this name.
 */
export const receiptCheck: BookCheck = {
  source: "receipt",
  findWrong: async (_, bookings) => bookings.map(({ id }) => ({ id, what: "receipts book nothing" })),
  async *findMissing(tx, since, hashes) {
    if (!(await findReceipts(tx, [adoptedMark])).has(adoptedMark)) {
      if (await hasReceipts(tx)) yield "receipts: their first mark is gone";
      return;
    }
    for (const table of receiptedTables) yield* checkTable(tx, table, since, hashes);
  },
};

async function* checkTable(
  tx: Tx,
  table: ReceiptedTable,
  since: Instant,
  hashes: Hashes,
): AsyncGenerator<string> {
  const { walk } = readersOf(table);
  const seen = new Set<string>();
  for (let after: AnyRow | undefined; ; ) {
    const page = await walk(tx, { after, since, limit: pageSize });
    if (page.length === 0) return;
    const peppers = hashes.former === undefined ? [hashes] : [hashes, hashes.former];
    const made = page.map((row) => peppers.map((pepper) => receiptOf(pepper, table, row)));
    const kept = await findReceipts(tx, made.flat());
    for (const [index, row] of page.entries()) {
      const receipts = made[index] ?? [];
      if (!receipts.some((one) => kept.has(one)))
        yield `${nameOf(table, row)}: it was not written by the receiver`;
      else if (table.once === true && seen.has(receipts[0] ?? ""))
        yield `${nameOf(table, row)}: it stands there twice`;
      if (table.once === true) seen.add(receipts[0] ?? "");
    }
    after = page.at(-1);
  }
}

const nameOf = ({ noun, named }: ReceiptedTable, row: AnyRow): string =>
  [noun, ...named.map((name) => row[name])].filter((word) => word !== "").join(" ");
