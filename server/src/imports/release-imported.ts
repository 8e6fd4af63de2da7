import { bookManyForPartners } from "../books/book-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { lockName } from "../store/locks.ts";
import { bookingsOf } from "./book-import.ts";
import { findDueImports } from "./rows/import-rows.ts";
import { putImportRows } from "./rows/many-rows.ts";

const rowsPerCommit = 200;

/**
 * Makes payable what another programme held until a day that has come. Safe to run at any time and on many processes.
 * Returns how many amounts.
 */
export async function releaseImported(deps: Pick<Deps, "store" | "clock">): Promise<number> {
  const now = deps.clock();
  const page = { now, limit: rowsPerCommit };
  let released = 0;
  while ((await deps.store.read((tx) => findDueImports(tx, { ...page, limit: 1 }))).length > 0)
    released += await deps.store.write(async (tx) => {
      await lockName(tx, "imports");
      const due = await findDueImports(tx, page);
      const changes = due.map((before) => ({
        before,
        row: { ...before, account: "payable" as const, version: before.version + 1 },
      }));
      await putImportRows(
        tx,
        changes.map(({ row }) => row),
      );
      await bookManyForPartners(
        tx,
        changes.flatMap(({ before, row }) => bookingsOf(before, row)),
        now,
      );
      return due.length;
    });
  return released;
}
