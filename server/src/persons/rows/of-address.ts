import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailHash } from "../../words/ids.ts";

/** A row that an address stands in. */
export interface AddressRow {
  table:
    | "mails"
    | "mail_bounces"
    | "sessions"
    | "sign_ins"
    | "people"
    | "deals"
    | "partners"
    | "customer_people"
    | "customer_mandates";
  id: string;
  product: string | null;
  at: Instant;
  /** The state, role or device that the row says; for mail its kind. */
  detail: string;
  partner: string | null;
  /** 1 where nobody uses the row any more, so that it may lose its address. */
  over: number;
}

interface OfAddress {
  email_hash: EmailHash;
}

const rowsQuery = query<OfAddress>()((db, p) => ({
  compile: () =>
    sql<AddressRow>`select 'mails' as "table", id, null as product, created_at as at, kind as detail, null as partner, 1 as over
        from mails where recipient_hash = ${p.email_hash}
      union all select 'mail_bounces', '', null, bounced_at, problem, null, 1
        from mail_bounces where recipient_hash = ${p.email_hash}
      union all select 'sessions', id, null, signed_in_at, device, null, 1
        from sessions where customer_hash = ${p.email_hash}
      union all select 'sign_ins', browser_hash, null, begun_at, audience, null, 1
        from sign_ins where mail_hash = ${p.email_hash}
      union all select 'people', id, null, added_at, role, partner_id, case when removed_at is null then 0 else 1 end
        from people where mail_hash = ${p.email_hash}
      union all select 'deals', deal_id, product, registered_at, state, partner_id, 1
        from deals where customer_hash = ${p.email_hash}
      union all select 'customer_people', customer_id, null, added_at, source, nullif(told_by, ''), 1
        from customer_people where email_hash = ${p.email_hash}
      union all select 'customer_mandates', mandate_id, product, given_at,
        case when ended_at is null then 'given' else 'ended' end, partner_id, 1
        from customer_mandates where given_by = ${p.email_hash}
      union all select 'partners', id, null, created_at, status, id, 0
        from partners where email_hash = ${p.email_hash}`.compile(db),
}));

/** Everything beside orders and registrations that an address stands in: mail, sign-ins, deals, partners. */
export const findAddressRows = (tx: Tx, email_hash: EmailHash) => tx.all(rowsQuery, { email_hash });

const deletions = [
  { table: "mails", column: "recipient_hash" },
  { table: "mail_bounces", column: "recipient_hash" },
  { table: "sign_ins", column: "mail_hash" },
].map(({ table, column }) =>
  query<OfAddress>()((db, p) => ({
    compile: () =>
      sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${p.email_hash}`.compile(db),
  })),
);

const sessionsQuery = query<OfAddress & { kept: string }>()((db, p) =>
  db.deleteFrom("sessions").where("customer_hash", "=", p.email_hash).where("id", "<>", p.kept),
);

/**
 * Deletes an address's mail, its begun sign-ins, and its sessions as a customer but for one.
 *
 * @param kept the id of the session in which the customer asks for it
 */
export async function deleteAddressRows(tx: Tx, email_hash: EmailHash, kept = ""): Promise<number> {
  let deleted = await tx.run(sessionsQuery, { email_hash, kept });
  for (const deletion of deletions) deleted += await tx.run(deletion, { email_hash });
  return deleted;
}

interface Emptied {
  id: string;
  hash: string;
  sealed: Uint8Array;
}

const personQuery = query<Emptied>()((db, p) =>
  db
    .updateTable("people")
    .set({ mail_hash: p.hash as never, mail: p.sealed })
    .where("id", "=", p.id as never)
    .where("removed_at", "is not", null),
);

const dealQuery = query<Emptied>()((db, p) =>
  db
    .updateTable("deals")
    .set({ customer_hash: p.hash as never, site_hash: "", customer_sealed: p.sealed })
    .where("deal_id", "=", p.id),
);

/** Puts another text in place of an address: of a person who was removed, or of a deal's customer. */
export const emptyAddress = (tx: Tx, table: "people" | "deals", row: Emptied): Promise<number> =>
  tx.run(table === "people" ? personQuery : dealQuery, row);
