import { type RawBuilder, type ReferenceExpression, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Schema } from "../../store/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** What was agreed with a partner from a moment on, append-only. Of two for one moment the later version counts. */
export interface AgreementRow {
  partner_id: PartnerId;
  /** From 1 for each partner. */
  version: number;
  since: Instant;
  sharing: "none" | "transaction" | "full";
  /** Kinds of notices, one after another with a comma between. */
  notices: string;
  /** Both null when there are no renewal rights. */
  rights_before_days: number | null;
  rights_after_days: number | null;
  /** Countries with a comma between; null for everywhere. */
  territories: string | null;
  self_billing: 0 | 1;
  silence_days: number | null;
  currency: Currency | null;
  language: string | null;
  note: string | null;
  file_hash: string | null;
  recorded_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    partner_agreements: AgreementRow;
  }
}

const insertQuery = query<AgreementRow>()((db, p) =>
  db.insertInto("partner_agreements").values({
    partner_id: p.partner_id,
    version: p.version,
    since: p.since,
    sharing: p.sharing,
    notices: p.notices,
    rights_before_days: p.rights_before_days,
    rights_after_days: p.rights_after_days,
    territories: p.territories,
    self_billing: p.self_billing,
    silence_days: p.silence_days,
    currency: p.currency,
    language: p.language,
    note: p.note,
    file_hash: p.file_hash,
    recorded_at: p.recorded_at,
  }),
);

/** Appends an agreement. */
export const insertAgreement = (tx: Tx, row: AgreementRow) => tx.run(insertQuery, row);

const ofPartnerQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("partner_agreements")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .orderBy("since")
    .orderBy("version"),
);

/** All agreements with a partner, in the order in which they came to hold. */
export const listAgreements = (tx: Tx, partner: PartnerId) => tx.all(ofPartnerQuery, { partner_id: partner });

const sharingQuery = query<{ at: Instant }>()((db, p) =>
  db
    .selectFrom("partners")
    .select("partners.id")
    .select(sharingOf("partners.id", p.at).as("sharing"))
    .orderBy("partners.id"),
);

/** What each partner is shown at a moment. */
export const listSharing = (tx: Tx, at: Instant) => tx.all(sharingQuery, { at });

const placeQuery = query<{ partner_id: PartnerId; at: Instant }>()((db, p) =>
  db
    .selectFrom("partners")
    .select("partners.kind")
    .select(
      sql<string | null>`(select territories from partner_agreements
        where partner_agreements.partner_id = partners.id and partner_agreements.since <= ${p.at}
        order by since desc, version desc limit 1)`.as("territories"),
    )
    .where("partners.id", "=", p.partner_id),
);

/** What rules on conflicts read of a partner: its kind, and where it might sell at a moment. */
export const findPartnerPlace = (tx: Tx, partner: PartnerId, at: Instant) =>
  tx.one(placeQuery, { partner_id: partner, at });

/** In a query: what a partner is shown at a moment, by the agreement in force. */
export function sharingOf(
  partner: ReferenceExpression<Schema, keyof Schema>,
  at: RawBuilder<Instant>,
): RawBuilder<AgreementRow["sharing"]> {
  return sql<AgreementRow["sharing"]>`coalesce((select sharing from partner_agreements
    where partner_agreements.partner_id = ${sql.ref(partner as string)} and partner_agreements.since <= ${at}
    order by since desc, version desc limit 1), 'none')`;
}
