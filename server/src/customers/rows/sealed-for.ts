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

interface Resealed {
  id: string;
  was: string;
  sealed_for: string;
  sealed: Uint8Array;
}

const queriesOf = ({ table, key, sealed }: (typeof places)[number]) => ({
  list: query<{ sealed_for: string }>()((db, p) => ({
    compile: () =>
      sql<{ id: string; sealed: Uint8Array }>`select ${sql.ref(key)} as id, ${sql.ref(sealed)} as sealed
        from ${sql.table(table)} where sealed_for = ${p.sealed_for} and sealed_for <> 'vendor' limit 500`.compile(
        db,
      ),
  })),
  keep: query<Resealed>()((db, p) => ({
    compile: () =>
      sql`update ${sql.table(table)} set ${sql.ref(sealed)} = ${p.sealed}, sealed_for = ${p.sealed_for}
        where ${sql.ref(key)} = ${p.id} and sealed_for = ${p.was}`.compile(db),
  })),
});
const queries = places.map(queriesOf);

/**
 * Seals anew some of what is sealed for an agreement.
 *
 * @param seal makes the new seal of a row; undefined for one that stays as it is
 * @returns how many rows; 0 when none is left
 */
export async function resealRows(
  tx: Tx,
  { was, sealedFor }: { was: string; sealedFor: string },
  seal: (row: { id: string; sealed: Uint8Array }) => Uint8Array | undefined,
): Promise<number> {
  let resealed = 0;
  for (const { list, keep } of queries)
    for (const row of await tx.all(list, { sealed_for: was })) {
      const sealed = seal(row);
      if (sealed !== undefined)
        resealed += await tx.run(keep, { id: row.id, was, sealed_for: sealedFor, sealed });
    }
  return resealed;
}
