import { type RawBuilder, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { ImportRow } from "./schema.ts";

/** A list as rows: the engines have different words for it. `cross join`, or SQLite walks through all transfers first. */
const lists = {
  sqlite: (list: RawBuilder<unknown>) => sql`json_each(${list}) as listed`,
  postgres: (list: RawBuilder<unknown>) =>
    sql`jsonb_array_elements(cast(${list} as jsonb)) as listed (value)`,
} as const;

const rowsQuery = (engine: keyof typeof lists) =>
  query<{ keys: string }>()((db, p) => ({
    compile: () =>
      sql<ImportRow>`select import_rows.* from ${lists[engine](p.keys)} cross join import_rows
        where programme = listed.value->>0 and kind = 'commission' and source_id = listed.value->>1`.compile(
        db,
      ),
  }));
const rowsQueries = { sqlite: rowsQuery("sqlite"), postgres: rowsQuery("postgres") };

/** The commissions of some keys, each `[programme, source id]`. */
export const findImportRows = (tx: Tx, keys: readonly (readonly [string, string])[]) =>
  tx.all(rowsQueries[tx.engine], { keys: JSON.stringify(keys) });

/** What was booked for a row, by partner, currency and accounts. */
export interface BookedImport {
  source_id: string;
  partner_id: string;
  currency: string;
  debit: string;
  credit: string;
  amount_minor: number;
}

const bookedQuery = (engine: keyof typeof lists) =>
  query<{ ids: string }>()((db, p) => ({
    compile: () =>
      sql<BookedImport>`select source_id, partner_id, currency, debit, credit, amount_minor
        from ${lists[engine](p.ids)} cross join transfers
        where source = 'import' and source_id = listed.value->>0`.compile(db),
  }));
const bookedQueries = { sqlite: bookedQuery("sqlite"), postgres: bookedQuery("postgres") };

/** The transfers of some sources. */
export const findBookedImports = (tx: Tx, sourceIds: readonly string[]) =>
  tx.all(bookedQueries[tx.engine], { ids: JSON.stringify(sourceIds.map((id) => [id])) });
