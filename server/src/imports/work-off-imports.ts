import { bookManyForPartners } from "../books/book-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { bookingsOf } from "./book-import.ts";
import { putImportRows } from "./rows/many-rows.ts";
import type { ImportRow } from "./rows/schema.ts";
import { type DecidedRow, findDecidedRows } from "./rows/waiting-rows.ts";
import { waitingRow } from "./waiting-row.ts";

const rowsPerCommit = 200;

/**
 * Books the imported rows that a second person approved, and lets go of those that it refused. Some rows a commit: safe to
 * run at any time and on many processes, and goes on where a killed one ended. Returns how many rows.
 */
export async function workOffImports(deps: Pick<Deps, "store" | "clock">): Promise<number> {
  const now = deps.clock();
  let done = 0;
  while ((await deps.store.read((tx) => findDecidedRows(tx, 1))).length > 0)
    done += await deps.store.write((tx) => workOff(tx, now));
  return done;
}

async function workOff(tx: Tx, now: Instant): Promise<number> {
  await lockName(tx, "imports");
  const changes = (await findDecidedRows(tx, rowsPerCommit)).map(({ decided, ...before }) => ({
    before,
    row: rowAfter(before, decided, now),
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
  return changes.length;
}

function rowAfter(before: ImportRow, decided: DecidedRow["decided"], now: Instant): ImportRow {
  const will = decided === "booked" ? waitingRow(before) : undefined;
  // The day of the row is when its money came to be booked: the check of the books reads from days on.
  return will === undefined ? { ...before, waits_for: null, waits_row: null } : { ...will, imported_at: now };
}
