import type { BookCheck } from "../books/book-check.ts";
import { receiptedTables } from "./receipted-tables.ts";
import { findReceipts, hasReceipts } from "./rows/receipts.ts";
import { adoptedMark } from "./settle-receipts.ts";
import { findDoubtful } from "./unwritten.ts";

const words = { unwritten: "it was not written by the receiver", twice: "it stands there twice" };

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
    for (const table of receiptedTables)
      for await (const { name, what } of findDoubtful(tx, table, { since, hashes }))
        yield `${name}: ${words[what]}`;
  },
};
