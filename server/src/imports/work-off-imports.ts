import type { Deps } from "../deps/deps.ts";
import type { Instant } from "../words/clock.ts";
import { changeRows } from "./change-rows.ts";
import type { ImportRow } from "./rows/schema.ts";
import { type DecidedRow, findDecidedRows } from "./rows/waiting-rows.ts";
import { waitingRow } from "./waiting-row.ts";

/** Books the imported rows that a second person approved, and lets go of those that it refused. Returns how many rows. */
export const workOffImports = (deps: Pick<Deps, "store" | "clock">): Promise<number> =>
  changeRows(deps, {
    find: (tx, { limit }) => findDecidedRows(tx, limit),
    change: ({ decided, ...before }, now) => ({ before, row: rowAfter(before, decided, now) }),
  });

function rowAfter(before: ImportRow, decided: DecidedRow["decided"], now: Instant): ImportRow {
  const will = decided === "booked" ? waitingRow(before) : undefined;
  // The day of the row is when its money came to be booked: the check of the books reads from days on.
  return will === undefined ? { ...before, waits_for: null, waits_row: null } : { ...will, imported_at: now };
}
