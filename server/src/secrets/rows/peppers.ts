import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";

/** Which pepper the keyed hashes of this database were made with. */
export interface PepperRow {
  slot: "in_force";
  pepper_id: string;
  since: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    peppers: PepperRow;
  }
}

const insertPepperQuery = query<{ pepper_id: string; since: Instant }>()((db, p) =>
  db
    .insertInto("peppers")
    .values({ slot: "in_force", pepper_id: p.pepper_id, since: p.since })
    .onConflict((conflict) => conflict.doNothing()),
);

const pepperQuery = query<Record<string, never>>()((db) =>
  db.selectFrom("peppers").selectAll().where("slot", "=", "in_force"),
);

/** The pepper in force; nothing in a database that has not met one yet. */
export const findPepper = (tx: Tx) => tx.one(pepperQuery, {});

/** Notes the pepper of a database that has none; of two processes the first stands. */
export const insertPepper = (tx: Tx, pepper: { pepper_id: string; since: Instant }) =>
  tx.run(insertPepperQuery, pepper);

const signInsQuery = query<Record<never, never>>()((db) => ({
  compile: () => sql`delete from sign_ins`.compile(db),
}));

/** Ends sign-ins that have begun: their codes are keyed, and nobody knows them. */
export const deleteBegunSignIns = (tx: Tx) => tx.run(signInsQuery, {});
