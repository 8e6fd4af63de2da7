import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { type ReceiptedTable, readersOf, receiptOf } from "./receipted-tables.ts";
import { type AnyRow, findReceipts } from "./rows/receipts.ts";

const pageSize = 500;

/** A row with what is wrong about it. */
export interface DoubtfulRow {
  row: AnyRow;
  /** `unwritten`: it has no receipt. `twice`: it says what another row says that counts once. */
  what: "unwritten" | "twice";
  /** What it is called in a sentence. */
  name: string;
}

/** The rows of a table since an instant that the receiver did not write, a page at a time. */
export async function* findDoubtful(
  tx: Tx,
  table: ReceiptedTable,
  { since, hashes }: { since: Instant; hashes: Hashes },
): AsyncGenerator<DoubtfulRow> {
  const { walk } = readersOf(table);
  const peppers = hashes.former === undefined ? [hashes] : [hashes, hashes.former];
  const seen = new Set<string>();
  for (let after: AnyRow | undefined; ; ) {
    const page = await walk(tx, { after, since, limit: pageSize });
    if (page.length === 0) return;
    const made = page.map((row) => peppers.map((pepper) => receiptOf(pepper, table, row)));
    const kept = await findReceipts(tx, made.flat());
    for (const [index, row] of page.entries()) {
      const receipts = made[index] ?? [];
      const name = nameOf(table, row);
      if (!receipts.some((one) => kept.has(one))) yield { row, what: "unwritten", name };
      else if (table.once === true && seen.has(receipts[0] ?? "")) yield { row, what: "twice", name };
      if (table.once === true) seen.add(receipts[0] ?? "");
    }
    after = page.at(-1);
  }
}

/** What a row is called in a sentence. */
export const nameOf = ({ noun, named }: Pick<ReceiptedTable, "noun" | "named">, row: AnyRow): string =>
  [noun, ...named.map((name) => row[name])].filter((word) => word !== "").join(" ");
