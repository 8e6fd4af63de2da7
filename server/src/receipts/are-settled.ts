import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import { adoptedMark, receiptedTables } from "./receipted-tables.ts";
import { findReceipts } from "./rows/receipts.ts";
import { sealedTables } from "./sealed-tables.ts";
import { findMark } from "./unsealed.ts";

/** The marks that say which tables' rows have receipts. */
export const receiptMarks = (): string[] => [
  ...new Set([adoptedMark, ...receiptedTables.map(({ mark }) => mark)]),
];

/** Whether a start has nothing to settle: every older row has its receipt, and it is noted which rows have no seal. */
export async function areSettled(tx: Tx, hashes: Pick<Hashes, "pepperId">): Promise<boolean> {
  const marks = receiptMarks();
  if ((await findReceipts(tx, marks)).size < marks.length) return false;
  for (const table of sealedTables) if ((await findMark(tx, table, hashes)) === undefined) return false;
  return true;
}
