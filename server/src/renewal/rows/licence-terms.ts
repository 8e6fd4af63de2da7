import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { LicenceHash, ProductId } from "../../words/ids.ts";
import type { LicenceTermRow } from "./schema.ts";

const columns = columnsOf<LicenceTermRow>({
  licence_hash: true,
  product: true,
  expires_at: true,
  partner_id: true,
  told_at: true,
});

const insertQuery = query<LicenceTermRow>()((db, p) =>
  db
    .insertInto("licence_terms")
    .values(valuesOf(columns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Keeps a term that a copy told; one that is known stays as it was told first. */
export const insertTerm = (tx: Tx, row: LicenceTermRow) => tx.run(insertQuery, row);

/** More terms of one licence are not kept: a hundred copies of a year each would be a century. */
export const termsAtMost = 32;

const ofLicenceQuery = query<{ licence_hash: LicenceHash; product: ProductId }>()((db, p) =>
  db
    .selectFrom("licence_terms")
    .selectAll()
    .where("licence_hash", "=", p.licence_hash)
    .where("product", "=", p.product)
    .orderBy("told_at")
    .orderBy("expires_at")
    .limit(sql.lit(termsAtMost)),
);

/** What copies told of a licence's terms, the earliest told first. */
export const listTerms = (tx: Tx, licence: { licence_hash: LicenceHash; product: ProductId }) =>
  tx.all(ofLicenceQuery, licence);
