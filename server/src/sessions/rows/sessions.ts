import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailHash, PersonId } from "../../words/ids.ts";
import type { SessionRow } from "./schema.ts";

const sessionColumns = columnsOf<SessionRow>({
  secret_hash: true,
  id: true,
  person_id: true,
  customer_hash: true,
  customer_mail: true,
  way: true,
  device: true,
  signed_in_at: true,
  seen_at: true,
  idle_at: true,
  expires_at: true,
  provider: true,
  provider_subject: true,
  provider_session: true,
});

const insertQuery = query<SessionRow>()((db, p) =>
  db.insertInto("sessions").values(valuesOf(sessionColumns, p)),
);

/** Begins a session. */
export const insertSession = (tx: Tx, session: SessionRow) => tx.run(insertQuery, session);

const findQuery = query<{ secret_hash: string; now: Instant }>()((db, p) =>
  db
    .selectFrom("sessions")
    .leftJoin("people", "people.id", "sessions.person_id")
    .leftJoin("partners", "partners.id", "people.partner_id")
    .selectAll("sessions")
    .select([
      "people.partner_id",
      "people.role",
      "people.mail",
      "people.language",
      "people.removed_at",
      "partners.name as partner_name",
    ])
    .where("sessions.secret_hash", "=", p.secret_hash)
    .where("sessions.idle_at", ">", p.now)
    .where("sessions.expires_at", ">", p.now),
);

/** The session of a secret, with whose it is, unless it has ended. A removed person is told by `removed_at`. */
export const findSessionRow = (tx: Tx, wanted: { secret_hash: string; now: Instant }) =>
  tx.one(findQuery, wanted);

/** A session with whose it is. */
export type FoundSession = NonNullable<Awaited<ReturnType<typeof findSessionRow>>>;

const touchQuery = query<{ secret_hash: string; seen_at: Instant; idle_at: Instant }>()((db, p) =>
  db
    .updateTable("sessions")
    .set({ seen_at: p.seen_at, idle_at: p.idle_at })
    .where("secret_hash", "=", p.secret_hash),
);

/** Notes that a session is used. */
export const touchSession = (tx: Tx, use: { secret_hash: string; seen_at: Instant; idle_at: Instant }) =>
  tx.run(touchQuery, use);

const deleteQuery = query<{ secret_hash: string }>()((db, p) =>
  db.deleteFrom("sessions").where("secret_hash", "=", p.secret_hash),
);

/** Ends the session of a secret. */
export const deleteSession = (tx: Tx, secret_hash: string) => tx.run(deleteQuery, { secret_hash });

/** Whose sessions are meant. */
export type SessionOwner = { person_id: PersonId } | { customer_hash: EmailHash };

const listOfPersonQuery = query<{ person_id: PersonId }>()((db, p) =>
  db.selectFrom("sessions").selectAll().where("person_id", "=", p.person_id).orderBy("id", "desc").limit(100),
);
const listOfCustomerQuery = query<{ customer_hash: EmailHash }>()((db, p) =>
  db
    .selectFrom("sessions")
    .selectAll()
    .where("customer_hash", "=", p.customer_hash)
    .orderBy("id", "desc")
    .limit(100),
);

/** The newest hundred sessions of somebody, those that have run out too until they are pruned. */
export const listSessionRows = (tx: Tx, owner: SessionOwner): Promise<SessionRow[]> =>
  "person_id" in owner ? tx.all(listOfPersonQuery, owner) : tx.all(listOfCustomerQuery, owner);

const deleteOfPersonQuery = query<{ person_id: PersonId; id: string }>()((db, p) =>
  db.deleteFrom("sessions").where("person_id", "=", p.person_id).where("id", "=", p.id),
);
const deleteOfCustomerQuery = query<{ customer_hash: EmailHash; id: string }>()((db, p) =>
  db.deleteFrom("sessions").where("customer_hash", "=", p.customer_hash).where("id", "=", p.id),
);

/** Ends one session of somebody's own; false when there is none of that id. */
export const deleteOwnSession = async (tx: Tx, owner: SessionOwner, id: string): Promise<boolean> =>
  ("person_id" in owner
    ? await tx.run(deleteOfPersonQuery, { ...owner, id })
    : await tx.run(deleteOfCustomerQuery, { ...owner, id })) === 1;

const deleteAllOfPersonQuery = query<{ person_id: PersonId }>()((db, p) =>
  db.deleteFrom("sessions").where("person_id", "=", p.person_id),
);
const deleteAllOfCustomerQuery = query<{ customer_hash: EmailHash }>()((db, p) =>
  db.deleteFrom("sessions").where("customer_hash", "=", p.customer_hash),
);

/** Ends all sessions of somebody. */
export const deleteAllSessions = (tx: Tx, owner: SessionOwner): Promise<number> =>
  "person_id" in owner ? tx.run(deleteAllOfPersonQuery, owner) : tx.run(deleteAllOfCustomerQuery, owner);

const deleteOfSubjectQuery = query<{ provider: string; provider_subject: string }>()((db, p) =>
  db
    .deleteFrom("sessions")
    .where("provider_subject", "=", p.provider_subject)
    .where("provider", "=", p.provider),
);
const deleteOfProviderSessionQuery = query<{ provider: string; provider_session: string }>()((db, p) =>
  db
    .deleteFrom("sessions")
    .where("provider_subject", "is not", null)
    .where("provider_session", "=", p.provider_session)
    .where("provider", "=", p.provider),
);

/** Which sign-ins by a provider are meant: all of one of its users, or those of one session there. */
export type AtProvider =
  | { provider: string; provider_subject: string }
  | { provider: string; provider_session: string };

/** Ends what a provider says has ended; returns how many sessions that were. */
export const deleteSessionsOfProvider = (tx: Tx, ended: AtProvider): Promise<number> =>
  "provider_subject" in ended
    ? tx.run(deleteOfSubjectQuery, ended)
    : tx.run(deleteOfProviderSessionQuery, ended);

const pruneQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db.deleteFrom("sessions").where("secret_hash", "in", (inner) =>
    inner
      .selectFrom("sessions")
      .select("secret_hash")
      .where("expires_at", "<=", p.now)
      .orderBy("expires_at")
      .limit(p.limit as never),
  ),
);

/** Deletes a page of sessions that have run out; returns how many. */
export const deleteRunOut = (tx: Tx, page: { now: Instant; limit: number }) => tx.run(pruneQuery, page);
