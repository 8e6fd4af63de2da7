import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash } from "../../words/ids.ts";

/** What a public door fills beside clicks, each with the column that says when. */
const tables = {
  registrations: "bound_at",
  registration_conflicts: "seen_at",
  licence_terms: "told_at",
} as const;
/** One of these tables. */
export type ClaimTable = keyof typeof tables;
/** These tables. */
export const claimTables = Object.keys(tables) as readonly ClaimTable[];

interface ClaimPage {
  after: LicenceHash;
  limit: number;
}

const pageOf = (table: ClaimTable) =>
  query<ClaimPage>()((db, p) =>
    db
      .selectFrom(table)
      .select("licence_hash")
      .where("licence_hash", ">", p.after)
      .orderBy("licence_hash")
      .limit(p.limit as never),
  );

interface OldClaims {
  after: LicenceHash;
  upTo: LicenceHash;
  before: Instant;
}

const deletionOf = (table: ClaimTable) =>
  query<OldClaims>()((db, p) => ({
    compile: () =>
      sql`delete from ${sql.table(table)}
        where licence_hash > ${p.after} and licence_hash <= ${p.upTo} and ${sql.ref(tables[table])} < ${p.before}
          and not exists (select 1 from orders where orders.licence_hash = ${sql.table(table)}.licence_hash)`.compile(
        db,
      ),
  }));

const queries = {
  registrations: { page: pageOf("registrations"), deletion: deletionOf("registrations") },
  registration_conflicts: {
    page: pageOf("registration_conflicts"),
    deletion: deletionOf("registration_conflicts"),
  },
  licence_terms: { page: pageOf("licence_terms"), deletion: deletionOf("licence_terms") },
};

/** The last licence of a page; undefined behind the last row. */
export const findLastClaim = async (
  tx: Tx,
  table: ClaimTable,
  page: ClaimPage,
): Promise<LicenceHash | undefined> => (await tx.all(queries[table].page, page)).at(-1)?.licence_hash;

/** Deletes those of a page that are old and whose licence no order has. */
export const deleteOldClaims = (tx: Tx, table: ClaimTable, about: OldClaims): Promise<number> =>
  tx.run(queries[table].deletion, about);
