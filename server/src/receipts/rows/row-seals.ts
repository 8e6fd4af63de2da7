import { sql } from "kysely";
import { overList } from "../../store/over-list.ts";
import type { Tx } from "../../store/store.ts";
import type { AnyRow, RowWalk } from "./receipts.ts";

const update = ({ table, key }: Pick<RowWalk, "table" | "key">) =>
  overList<never>((items) => {
    const own = sql.table(table);
    const named = key.map((name, at) => sql`${own}.${sql.ref(name)} = item.value ->> ${sql.lit(at + 2)}`);
    return sql`update ${own} set seal = item.value ->> 0 from ${items}
      where ${sql.join(named, sql` and `)}
        and (item.value ->> 1 is null or ${own}.seal = item.value ->> 1)`;
  });

const updates = new Map<string, ReturnType<typeof update>>();

/** Puts seals into rows that are named by their keys, which are texts; with `before` only where that is still the row's seal. */
export async function putSeals(
  tx: Tx,
  table: Pick<RowWalk, "table" | "key">,
  seals: readonly { row: AnyRow; seal: string; before?: string }[],
): Promise<void> {
  let put = updates.get(table.table);
  if (put === undefined) {
    put = update(table);
    updates.set(table.table, put);
  }
  await put(
    tx,
    seals.map(({ row, seal, before = null }) => [seal, before, ...table.key.map((name) => row[name])]),
  );
}
