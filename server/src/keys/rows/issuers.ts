import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";

/** An address that tokens were issued at. */
export interface IssuerRow {
  issuer: string;
  first_used_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    issuers: IssuerRow;
  }
}

const insertQuery = query<IssuerRow>()((db, p) =>
  db
    .insertInto("issuers")
    .values({ issuer: p.issuer, first_used_at: p.first_used_at })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes an address; one that is known stays as it is. */
export const insertIssuer = (tx: Tx, row: IssuerRow) => tx.run(insertQuery, row);

const listQuery = query<Record<string, never>>()((db) =>
  db.selectFrom("issuers").selectAll().orderBy("first_used_at"),
);

/** All addresses that tokens were issued at, the first one first. */
export const listIssuers = (tx: Tx) => tx.all(listQuery, {});
