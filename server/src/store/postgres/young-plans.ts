import type pg from "pg";

/** How many transactions each connection has begun. */
const begun = new WeakMap<pg.ClientBase, number>();

/**
 * What stands behind the next transaction's begin on a connection: at the 16th, the 64th and so on, that its plans are
 * forgotten. PostgreSQL keeps the plan of a prepared statement until the tables are analyzed, which it does by itself
 * within a minute or so, so until then what was planned for empty tables would walk through thousands of new rows.
 *
 * https://www.postgresql.org/docs/current/sql-discard.html
 */
export function forgetYoungPlans(client: pg.ClientBase): string {
  const count = (begun.get(client) ?? 0) + 1;
  begun.set(client, count);
  const power = Math.log2(count);
  return power >= 4 && power % 2 === 0 ? "; discard plans" : "";
}
