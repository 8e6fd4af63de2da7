import { type RawBuilder, sql } from "kysely";
import type { Columns } from "./columns.ts";
import { overList } from "./over-list.ts";
import type { Tx } from "./store.ts";

/** What of an insert of many rows the rows themselves do not say. */
export interface ListInsert<Row extends object> {
  table: string;
  columns: Columns<Row>;
  /** Those that hold whole numbers; all others hold text. */
  numbers: readonly (keyof Row & string)[];
  /** What stands behind `on conflict`; without it a conflict is an error. */
  onConflict?: RawBuilder<unknown>;
}

/**
 * An insert of however many rows in one statement, in their order: where the database is another process, a statement for
 * each takes most of the time.
 */
export function insertList<Row extends object>({
  table,
  columns,
  numbers,
  onConflict,
}: ListInsert<Row>): (tx: Tx, rows: readonly Row[]) => Promise<unknown> {
  const counts: ReadonlySet<string> = new Set(numbers);
  const names = sql.join(columns.map((name) => sql.ref(name)));
  const values = sql.join(
    columns.map((name, at) => {
      const text = sql`item.value ->> ${sql.lit(at)}`;
      return counts.has(name) ? sql`cast(${text} as bigint)` : text;
    }),
  );
  // `where true`, or SQLite takes `on conflict` for a condition of a join.
  const end = onConflict === undefined ? sql`` : sql`on conflict ${onConflict}`;
  const insert = overList(
    (items) =>
      sql<object>`insert into ${sql.table(table)} (${names}) select ${values} from ${items} where true ${end}`,
  );
  return (tx, rows) =>
    insert(
      tx,
      rows.map((row) => columns.map((name) => row[name] ?? null)),
    );
}

/** Leaves what is there as it is. */
export const doNothing: RawBuilder<unknown> = sql`do nothing`;
