import { sql } from "kysely";
import { type Query, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

/** A row with its key and with what of it is sealed, whatever its table. */
export type SealedRow = Record<string, unknown>;

/** A column whose texts are sealed. */
export interface SealedPlace {
  table: string;
  column: string;
  /** The columns that name a row. */
  key: readonly string[];
  /** Further columns that are read. */
  reads?: readonly string[];
}

type AnyQuery = Query<Record<string, unknown>, SealedRow>;

/** Names of parameters that no column has. */
const oldName = (column: string): string => `old_${column}`;

const isRow = (db: Parameters<Parameters<ReturnType<typeof query>>[0]>[1], key: readonly string[]) =>
  sql.join(
    key.map((column) => sql`${sql.ref(column)} = ${(db as Record<string, unknown>)[oldName(column)]}`),
    sql` and `,
  );

/** The keys of all rows in which a column is sealed. */
export function listSealedKeys(tx: Tx, { table, column, key }: SealedPlace): Promise<SealedRow[]> {
  const keys: AnyQuery = query<Record<string, unknown>>()((db) => ({
    compile: () =>
      sql<SealedRow>`select ${sql.join(key.map((one) => sql.ref(one)))} from ${sql.table(table)}
        where ${sql.ref(column)} is not null`.compile(db),
  }));
  return tx.all(keys, {});
}

/** Statements that read and replace what a column has sealed. */
export function sealedRowsOf({ table, column, key, reads = [] }: SealedPlace, changed: readonly string[]) {
  const read: AnyQuery = query<Record<string, unknown>>()((db, p) => ({
    compile: () =>
      sql<SealedRow>`select ${sql.join([...new Set([...key, column, ...reads])].map((one) => sql.ref(one)))}
        from ${sql.table(table)} where ${isRow(p, key)}`.compile(db),
  }));
  const write: AnyQuery = query<Record<string, unknown>>()((db, p) => ({
    compile: () =>
      sql<SealedRow>`update ${sql.table(table)} set ${sql.join(
        changed.map((one) => sql`${sql.ref(one)} = ${p[one]}`),
      )} where ${isRow(p, key)}`.compile(db),
  }));
  const keyed = (row: SealedRow) => Object.fromEntries(key.map((one) => [oldName(one), row[one]]));
  return {
    read: (tx: Tx, row: SealedRow) => tx.one(read, keyed(row)),
    write: (tx: Tx, row: SealedRow, values: SealedRow) => tx.run(write, { ...keyed(row), ...values }),
  };
}
