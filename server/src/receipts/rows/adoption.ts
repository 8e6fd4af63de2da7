import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

/** How far the adoption of older rows has come. */
export interface AdoptionRow {
  only_row: 1;
  /** Which of the tables with receipts is walked. */
  table_index: number;
  /** JSON of the key behind which it goes on; null at a table's beginning. */
  after: string | null;
  /** Rows that were taken. */
  row_count: number;
  /** Keyed hash of the rest: who has the database alone cannot have older rows adopted anew. */
  signature: string;
}

declare module "../../store/schema.ts" {
  interface Schema {
    receipt_adoption: AdoptionRow;
  }
}

const findQuery = query<object>()((db) => db.selectFrom("receipt_adoption").selectAll());

/** How far it is; undefined where none is under way. */
export const findAdoption = (tx: Tx): Promise<AdoptionRow | undefined> => tx.one(findQuery, {});

const putQuery = query<AdoptionRow>()((db, p) =>
  db
    .insertInto("receipt_adoption")
    .values({
      only_row: p.only_row,
      table_index: p.table_index,
      after: p.after,
      row_count: p.row_count,
      signature: p.signature,
    })
    .onConflict((conflict) =>
      conflict.column("only_row").doUpdateSet((row) => ({
        table_index: row.ref("excluded.table_index"),
        after: row.ref("excluded.after"),
        row_count: row.ref("excluded.row_count"),
        signature: row.ref("excluded.signature"),
      })),
    ),
);

/** Notes how far it is. */
export const putAdoption = (tx: Tx, row: AdoptionRow) => tx.run(putQuery, row);

const endQuery = query<object>()((db) => db.deleteFrom("receipt_adoption"));

/** Notes that it has ended. */
export const endAdoption = (tx: Tx) => tx.run(endQuery, {});
