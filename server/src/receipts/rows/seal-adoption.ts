import { type RawBuilder, sql } from "kysely";
import { type Query, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

/** How far it is noted which rows of a table have no seal. */
export interface SealAdoptionRow {
  table_name: string;
  /** JSON: for which pepper, up to which instant, behind which key it goes on, and the sums until there. */
  progress: string;
  /** Keyed hash of the rest: who has the database alone cannot have other rows summed up. */
  signature: string;
}

declare module "../../store/schema.ts" {
  interface Schema {
    seal_adoption: SealAdoptionRow;
  }
}

const findQuery = query<{ table_name: string }>()((db, p) =>
  db.selectFrom("seal_adoption").selectAll().where("table_name", "=", p.table_name),
);

/** How far a table is; undefined where nothing is under way. */
export const findSealAdoption = (tx: Tx, table: string): Promise<SealAdoptionRow | undefined> =>
  tx.one(findQuery, { table_name: table });

const putQuery = query<SealAdoptionRow>()((db, p) =>
  db
    .insertInto("seal_adoption")
    .values({ table_name: p.table_name, progress: p.progress, signature: p.signature })
    .onConflict((conflict) =>
      conflict.column("table_name").doUpdateSet((row) => ({
        progress: row.ref("excluded.progress"),
        signature: row.ref("excluded.signature"),
      })),
    ),
);

/** Notes how far a table is. */
export const putSealAdoption = (tx: Tx, row: SealAdoptionRow) => tx.run(putQuery, row);

const endQuery = query<{ table_name: string }>()((db, p) =>
  db.deleteFrom("seal_adoption").where("table_name", "=", p.table_name),
);

/** Notes that a table is done. */
export const endSealAdoption = (tx: Tx, table: string) => tx.run(endQuery, { table_name: table });

/** Reads when the youngest row of a table was written; 0 where it has none. */
export function youngestReader(table: string, at: string): (tx: Tx) => Promise<number> {
  const youngest: Query<object, { youngest: number | null }> = query<object>()((db) => ({
    compile: () => youngestOf(table, at).compile(db),
  }));
  return async (tx) => Number((await tx.one(youngest, {}))?.youngest ?? 0);
}

const youngestOf = (table: string, at: string): RawBuilder<{ youngest: number | null }> =>
  sql`select max(${sql.ref(at)}) as youngest from ${sql.table(table)}`;
