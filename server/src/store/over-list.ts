import { type RawBuilder, sql } from "kysely";
import { type Query, query } from "./query.ts";
import type { Tx } from "./store.ts";

/** A list of rows that one statement reads, as JSON: `item.value ->> 0` is the first member of a row, on both engines. */
export type Items = RawBuilder<unknown>;

/**
 * A query over a list of rows that the program gives, in one statement however many they are. `build` is given what to
 * select from: its rows are named `item`, and `item.value` is an array of texts, numbers and nulls.
 */
export function overList<R>(
  build: (items: Items) => RawBuilder<R>,
): (tx: Tx, rows: readonly (readonly unknown[])[]) => Promise<R[]> {
  const made = (from: (list: RawBuilder<string>) => Items): Query<{ list: string }, R> =>
    query<{ list: string }>()((db, p) => ({ compile: () => build(from(p.list)).compile(db) }));
  const queries = {
    sqlite: made((list) => sql`json_each(${list}) as item`),
    postgres: made((list) => sql`json_array_elements(${list}::json) as item(value)`),
  };
  return async (tx, rows) =>
    rows.length === 0 ? [] : tx.all(queries[tx.engine], { list: JSON.stringify(rows) });
}
