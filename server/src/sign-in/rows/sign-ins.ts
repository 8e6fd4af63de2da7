import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { SignInRow } from "./schema.ts";

const signInColumns = columnsOf<SignInRow>({
  browser_hash: true,
  link_hash: true,
  code_hash: true,
  mail_hash: true,
  mail: true,
  audience: true,
  destination: true,
  tries: true,
  begun_at: true,
  expires_at: true,
  used_at: true,
});

const insertQuery = query<SignInRow>()((db, p) =>
  db.insertInto("sign_ins").values(valuesOf(signInColumns, p)),
);

/** Begins a sign-in. */
export const insertSignIn = (tx: Tx, begun: SignInRow) => tx.run(insertQuery, begun);

/** A code is tried so often, and then the sign-in is dead. */
export const triesAtMost = 5;

const tryQuery = query<{ browser_hash: string; now: Instant }>()((db, p) =>
  db
    .updateTable("sign_ins")
    .set({ tries: sql<number>`tries + 1` })
    .where("browser_hash", "=", p.browser_hash)
    .where("used_at", "is", null)
    .where("tries", "<", sql.lit(triesAtMost))
    .where("expires_at", ">", p.now)
    .returningAll(),
);

/** Counts a try and returns the sign-in it is for, locked; undefined when it is used, dead or has run out. */
export const countTry = (tx: Tx, tried: { browser_hash: string; now: Instant }) => tx.one(tryQuery, tried);

const useQuery = query<{ browser_hash: string; now: Instant }>()((db, p) =>
  db
    .updateTable("sign_ins")
    .set({ used_at: p.now })
    .where("browser_hash", "=", p.browser_hash)
    .where("used_at", "is", null),
);

/** Uses a sign-in up; false when it was used before. */
export const markUsed = async (tx: Tx, use: { browser_hash: string; now: Instant }): Promise<boolean> =>
  (await tx.run(useQuery, use)) === 1;

const byLinkQuery = query<{ link_hash: string; now: Instant }>()((db, p) =>
  db
    .selectFrom("sign_ins")
    .selectAll()
    .where("link_hash", "=", p.link_hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", p.now),
);

/** The sign-in that a link is of, unless it is used or has run out. Looking at it changes nothing. */
export const findByLink = (tx: Tx, link: { link_hash: string; now: Instant }) => tx.one(byLinkQuery, link);

const pruneQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db.deleteFrom("sign_ins").where("browser_hash", "in", (inner) =>
    inner
      .selectFrom("sign_ins")
      .select("browser_hash")
      .where("expires_at", "<=", p.now)
      .orderBy("expires_at")
      .limit(p.limit as never),
  ),
);

/** Deletes a page of sign-ins that have run out; returns how many. */
export const deleteRunOutSignIns = (tx: Tx, page: { now: Instant; limit: number }) =>
  tx.run(pruneQuery, page);
