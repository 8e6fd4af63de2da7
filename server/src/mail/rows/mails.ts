import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { MailRow } from "./schema.ts";

const mailColumns = columnsOf<MailRow>({
  id: true,
  kind: true,
  lane: true,
  recipient_hash: true,
  sealed: true,
  once_key: true,
  state: true,
  due_at: true,
  lease: true,
  attempts: true,
  tried_since: true,
  problem: true,
  created_at: true,
  expires_at: true,
  settled_at: true,
});

const insertQuery = query<MailRow>()((db, p) =>
  db
    .insertInto("mails")
    .values(valuesOf(mailColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Writes a mail, unless one of its key was written before. */
export const insertMail = (tx: Tx, mail: MailRow) => tx.run(insertQuery, mail);

const forwardQuery = query<{ now: Instant; latest: Instant }>()((db, p) =>
  db.updateTable("mails").set({ due_at: p.now }).where("due_at", ">", p.latest),
);

/** Makes mails due that were put off to later than any is: by a clock that ran ahead and was set right. */
export const bringMailForward = (tx: Tx, range: { now: Instant; latest: Instant }) =>
  tx.run(forwardQuery, range);

/** What a worker takes for itself: the oldest that are due, until `until`, when they are due again. */
interface Claim {
  now: Instant;
  until: Instant;
  lease: string;
  limit: number;
}

const claimQuery = (locking: boolean) =>
  query<Claim>()((db, p) => {
    const due = db
      .selectFrom("mails as due")
      .select("due.id")
      .where("due.due_at", "<=", p.now)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("mails as earlier")
              .select("earlier.id")
              .whereRef("earlier.lane", "=", "due.lane")
              .whereRef("earlier.id", "<", "due.id")
              .where("earlier.due_at", "is not", null),
          ),
        ),
      )
      .orderBy("due.due_at")
      .limit(p.limit as never);
    return db
      .updateTable("mails")
      .set({
        due_at: p.until,
        lease: p.lease,
        attempts: sql<number>`attempts + 1`,
        tried_since: sql<Instant>`coalesce(tried_since, ${p.now})`,
      })
      .where("id", "in", locking ? due.forUpdate("due").skipLocked() : due)
      .returningAll();
  });

const claimSqliteQuery = claimQuery(false);
const claimPostgresQuery = claimQuery(true);

/** Claims mail that is due, of each lane the first. What another worker is claiming just now is passed over. */
export const claimMail = (tx: Tx, claim: Claim): Promise<MailRow[]> =>
  tx.all(tx.engine === "sqlite" ? claimSqliteQuery : claimPostgresQuery, claim);

/** What came of an attempt. */
export type MailNote = Pick<MailRow, "id" | "state" | "due_at" | "problem" | "settled_at"> & {
  lease: string;
};

const noteQuery = query<MailNote>()((db, p) =>
  db
    .updateTable("mails")
    .set({
      state: p.state,
      due_at: p.due_at,
      problem: p.problem,
      settled_at: p.settled_at,
      lease: sql.lit(null),
    })
    .where("id", "=", p.id)
    .where("lease", "=", p.lease),
);

/** Notes what came of an attempt; false when the lease is another's by now. */
export const noteMail = async (tx: Tx, note: MailNote): Promise<boolean> =>
  (await tx.run(noteQuery, note)) === 1;

const retryQuery = query<{ id: string; now: Instant }>()((db, p) =>
  db
    .updateTable("mails")
    .set({
      state: sql.lit("pending"),
      due_at: p.now,
      attempts: sql.lit(0),
      tried_since: sql.lit(null),
      settled_at: sql.lit(null),
      expires_at: sql.lit(null),
    })
    .where("id", "=", p.id)
    .where("state", "=", sql.lit("failed")),
);

/** Makes a mail that was given up due again; false when it is not one. */
export const markRetried = async (tx: Tx, retry: { id: string; now: Instant }): Promise<boolean> =>
  (await tx.run(retryQuery, retry)) === 1;

const byIdQuery = query<{ id: string }>()((db, p) =>
  db.selectFrom("mails").selectAll().where("id", "=", p.id),
);

/** A mail by its id. */
export const findMail = (tx: Tx, id: string) => tx.one(byIdQuery, { id });

const listQuery = query<{ state: MailRow["state"]; before: string; limit: number }>()((db, p) =>
  db
    .selectFrom("mails")
    .selectAll()
    .where("state", "=", p.state)
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

/** A page of mail in a state, the newest first. */
export const listMailRows = (tx: Tx, page: { state: MailRow["state"]; before: string; limit: number }) =>
  tx.all(listQuery, page);

const pruneQuery = query<{ before: Instant; limit: number }>()((db, p) =>
  db.deleteFrom("mails").where("id", "in", (inner) =>
    inner
      .selectFrom("mails")
      .select("id")
      .where("settled_at", "<", p.before)
      .orderBy("settled_at")
      .limit(p.limit as never),
  ),
);

/** Deletes a page of mail that was sent or given up long ago; returns how many. */
export const deleteSettled = (tx: Tx, page: { before: Instant; limit: number }) => tx.run(pruneQuery, page);

const writtenQuery = query<{ once_key: string }>()((db, p) =>
  db.selectFrom("mails").select("id").where("once_key", "=", p.once_key),
);

/** Whether there is mail of a key. */
export const isWritten = async (tx: Tx, once_key: string): Promise<boolean> =>
  (await tx.one(writtenQuery, { once_key })) !== undefined;
