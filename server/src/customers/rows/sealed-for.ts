import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

/** The tables in which something is sealed for an agreement, each with its key and its sealed column. */
const places = [
  { table: "customer_people", key: "customer_id", sealed: "sealed" },
  { table: "customer_organisations", key: "organisation_id", sealed: "name_sealed" },
] as const;

const agreementsQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ sealed_for: string }>`${sql.join(
      places.map(
        ({ table }) => sql`select distinct sealed_for from ${sql.table(table)} where sealed_for <> 'vendor'`,
      ),
      sql` union `,
    )}`.compile(db),
}));

/** All agreements for which something is sealed. */
export const listSealedFor = async (tx: Tx): Promise<string[]> =>
  (await tx.all(agreementsQuery, {})).map(({ sealed_for }) => sealed_for);

/** A row in which something is sealed for an agreement. */
export interface SealedRow {
  id: string;
  sealed: Uint8Array;
}

/** The same row, sealed anew for another. */
export interface ResealedRow extends SealedRow {
  before: Uint8Array;
  was: string;
  sealed_for: string;
}

const queriesOf = ({ table, key, sealed }: (typeof places)[number]) => ({
  list: query<{ sealed_for: string; after: string; limit: number }>()((db, p) => ({
    compile: () =>
      sql<SealedRow>`select ${sql.ref(key)} as id, ${sql.ref(sealed)} as sealed
        from ${sql.table(table)} where sealed_for = ${p.sealed_for} and sealed_for <> 'vendor'
        and ${sql.ref(key)} > ${p.after} order by ${sql.ref(key)} limit ${p.limit}`.compile(db),
  })),
  // Where the row was told anew meanwhile, its newer text stays.
  keep: query<ResealedRow>()((db, p) => ({
    compile: () =>
      sql`update ${sql.table(table)} set ${sql.ref(sealed)} = ${p.sealed}, sealed_for = ${p.sealed_for}
        where ${sql.ref(key)} = ${p.id} and sealed_for = ${p.was} and ${sql.ref(sealed)} = ${p.before}`.compile(
        db,
      ),
  })),
});

type Place = ReturnType<typeof queriesOf>;

/** Where something is sealed for an agreement. */
export const sealedPlaces: readonly Place[] = places.map(queriesOf);

/** The rows of a place that are sealed for an agreement, those behind an id, in the order of their ids. */
export const listSealed = (
  tx: Tx,
  { list }: Place,
  page: { sealed_for: string; after: string; limit: number },
): Promise<SealedRow[]> => tx.all(list, page);

/** Puts the seal for another in the place of one. Returns 0 where the row was changed meanwhile. */
export const updateSealed = (tx: Tx, { keep }: Place, row: ResealedRow): Promise<number> => tx.run(keep, row);
