import { bookManyForPartners } from "../books/book-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { bookingsOf } from "./book-import.ts";
import { putImportRows } from "./rows/many-rows.ts";
import type { ImportRow } from "./rows/schema.ts";

const rowsPerCommit = 200;

/** Which imported rows are due for a change, and what each becomes. A row that was changed is due no longer. */
export interface RowChange<Row extends ImportRow> {
  find(tx: Tx, page: { now: Instant; limit: number }): Promise<Row[]>;
  change(row: Row, now: Instant): { before: ImportRow; row: ImportRow };
}

/**
 * Changes all rows that are due and books what that moves. Some rows a commit: safe to run at any time and on many
 * processes, and goes on where a killed one ended.
 *
 * @returns how many rows
 */
export async function changeRows<Row extends ImportRow>(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { find, change }: RowChange<Row>,
): Promise<number> {
  const now = clock();
  let changed = 0;
  while ((await store.read((tx) => find(tx, { now, limit: 1 }))).length > 0)
    changed += await store.write(async (tx) => {
      await lockName(tx, "imports");
      const changes = (await find(tx, { now, limit: rowsPerCommit })).map((row) => change(row, now));
      await putImportRows(
        tx,
        changes.map(({ row }) => row),
      );
      await bookManyForPartners(
        tx,
        changes.flatMap(({ before, row }) => bookingsOf(before, row)),
        now,
      );
      return changes.length;
    });
  return changed;
}
