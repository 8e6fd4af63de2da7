import { sql } from "kysely";
import { partnerStandingColumns } from "../../channel/rows/partners.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailHash, OrderKey, PartnerId } from "../../words/ids.ts";
import type { ConsentRow, RegisteredEmailRow } from "./schema.ts";

const consentColumns = columnsOf<ConsentRow>({
  id: true,
  version: true,
  wording: true,
  first_given_at: true,
});

const insertConsentQuery = query<ConsentRow>()((db, p) =>
  db
    .insertInto("consents")
    .values(valuesOf(consentColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Keeps a consent's wording, once. */
export const insertConsent = (tx: Tx, consent: ConsentRow) => tx.run(insertConsentQuery, consent);

const claimsQuery = query<{ email_hash: EmailHash }>()((db, p) =>
  db
    .selectFrom("registered_emails")
    .select(["product", "partner_id", "registered_at"])
    .where("email_hash", "=", p.email_hash),
);

/** The registrations of an address, one a product. */
export const findEmailClaims = (tx: Tx, email: EmailHash) => tx.all(claimsQuery, { email_hash: email });

const registerQuery = query<RegisteredEmailRow & { ended_before: Instant }>()((db, p) =>
  db
    .insertInto("registered_emails")
    .values({
      email_hash: p.email_hash,
      product: p.product,
      partner_id: p.partner_id,
      pepper_id: p.pepper_id,
      registered_at: p.registered_at,
      origin: p.origin,
      consent_id: p.consent_id,
      consent_at: p.consent_at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["email_hash", "product"])
        .doUpdateSet((row) => ({
          partner_id: row.ref("excluded.partner_id"),
          pepper_id: row.ref("excluded.pepper_id"),
          registered_at: row.ref("excluded.registered_at"),
          origin: row.ref("excluded.origin"),
          consent_id: row.ref("excluded.consent_id"),
          consent_at: row.ref("excluded.consent_at"),
        }))
        .where("registered_emails.registered_at", "<", p.ended_before),
    ),
);

/** Registers an address, unless a registration for the same product is there that began at `ended_before` or later. */
export const insertRegisteredEmail = (tx: Tx, row: RegisteredEmailRow & { ended_before: Instant }) =>
  tx.run(registerQuery, row);

const evidenceQuery = query<{ email_hash: EmailHash }>()((db, p) =>
  db
    .selectFrom("registered_emails")
    .innerJoin("partners", "partners.id", "registered_emails.partner_id")
    .select([
      "registered_emails.product",
      "registered_emails.partner_id",
      "registered_emails.registered_at",
      ...partnerStandingColumns,
    ])
    .where("registered_emails.email_hash", "=", p.email_hash),
);

/** The registrations of a buyer's address, with the standing of their partners. */
export const findRegisteredEmails = (tx: Tx, email: EmailHash) =>
  tx.all(evidenceQuery, { email_hash: email });

const eraseQuery = query<{ email_hash: EmailHash }>()((db, p) =>
  db.deleteFrom("registered_emails").where("email_hash", "=", p.email_hash),
);
const eraseOfPartnerQuery = query<{ email_hash: EmailHash; partner_id: PartnerId }>()((db, p) =>
  db
    .deleteFrom("registered_emails")
    .where("email_hash", "=", p.email_hash)
    .where("partner_id", "=", p.partner_id),
);

/** Deletes the registrations of an address, of one partner or of all; returns how many. */
export const deleteRegisteredEmails = (tx: Tx, email: EmailHash, partner?: PartnerId) =>
  partner === undefined
    ? tx.run(eraseQuery, { email_hash: email })
    : tx.run(eraseOfPartnerQuery, { email_hash: email, partner_id: partner });

interface OrderPage {
  after: OrderKey;
  limit: number;
}

const orderPageQuery = query<OrderPage>()((db, p) =>
  db
    .selectFrom("orders")
    .select(["order_key", "email_hash"])
    .where("order_key", ">", p.after)
    .orderBy("order_key")
    .limit(p.limit),
);

/** A page of all orders with their buyers' hashes, for a walk through history. */
export const listBuyers = (tx: Tx, page: OrderPage) => tx.all(orderPageQuery, page);

const forgetBuyerQuery = query<{ order_key: OrderKey; email_hash: EmailHash }>()((db, p) =>
  db
    .updateTable("orders")
    .set({ email_hash: null, email_domain_hash: null, email_alias_hash: null, email_site_hash: null })
    .where("order_key", "=", p.order_key)
    .where("email_hash", "=", p.email_hash),
);

/** Takes the hashes of a buyer's address off an order. */
export const forgetBuyer = (tx: Tx, buyer: { order_key: OrderKey; email_hash: EmailHash }) =>
  tx.run(forgetBuyerQuery, buyer);

const summaryQuery = query<{ partner_id: PartnerId; ended_before: Instant }>()((db, p) =>
  db
    .selectFrom("registered_emails")
    .leftJoin("consents", "consents.id", "registered_emails.consent_id")
    .select([
      "registered_emails.product",
      "registered_emails.origin",
      "consents.version as consent_version",
      sql<number>`count(*)`.as("registered"),
      sql<number>`sum(case when registered_emails.registered_at < ${p.ended_before} then 1 else 0 end)`.as(
        "ended",
      ),
      sql<Instant>`min(registered_emails.registered_at)`.as("first_at"),
      sql<Instant>`max(registered_emails.registered_at)`.as("last_at"),
    ])
    .where("registered_emails.partner_id", "=", p.partner_id)
    .groupBy(["registered_emails.product", "registered_emails.origin", "consents.version"])
    .orderBy("registered_emails.product")
    .orderBy("registered_emails.origin")
    .orderBy("consents.version"),
);

/** How many addresses a partner registered, by product, origin and consent. */
export const summariseRegisteredEmails = (tx: Tx, of: { partner_id: PartnerId; ended_before: Instant }) =>
  tx.all(summaryQuery, of);
