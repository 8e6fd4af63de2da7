import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { PartnerDetailsRow } from "./schema.ts";

const columns = columnsOf<PartnerDetailsRow>({
  partner_id: true,
  version: true,
  since: true,
  sealed: true,
  accounts_changed: true,
  recorded_by: true,
  recorded_at: true,
});

const insertQuery = query<PartnerDetailsRow>()((db, p) =>
  db.insertInto("partner_details").values(valuesOf(columns, p)),
);

/** Appends a version of a partner's details. The caller holds them locked. */
export const insertDetails = (tx: Tx, row: PartnerDetailsRow) => tx.run(insertQuery, row);

const inForceQuery = query<{ partner_id: PartnerId; at: Instant }>()((db, p) =>
  db
    .selectFrom("partner_details")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("since", "<=", p.at)
    .orderBy("since", "desc")
    .orderBy("version", "desc")
    .limit(sql.lit(1)),
);

/** The details of a partner that are in force at a moment. */
export const findDetailsAt = (tx: Tx, partner_id: PartnerId, at: Instant) =>
  tx.one(inForceQuery, { partner_id, at });

const versionQuery = query<{ partner_id: PartnerId; version: number }>()((db, p) =>
  db
    .selectFrom("partner_details")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("version", "=", p.version),
);

/** One version of a partner's details. */
export const findDetailsVersion = (tx: Tx, of: { partner_id: PartnerId; version: number }) =>
  tx.one(versionQuery, of);

const listQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db.selectFrom("partner_details").selectAll().where("partner_id", "=", p.partner_id).orderBy("version"),
);

/** All versions of a partner's details, in the order in which they were recorded. */
export const listDetails = (tx: Tx, partner_id: PartnerId) => tx.all(listQuery, { partner_id });

const changedQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("partner_details")
    .select("recorded_at")
    .where("partner_id", "=", p.partner_id)
    .where("accounts_changed", "=", 1)
    .orderBy("version", "desc")
    .limit(sql.lit(1)),
);

/** When a partner's accounts were last changed to others; nothing when they never were. */
export const findAccountChange = async (tx: Tx, partner_id: PartnerId): Promise<Instant | undefined> =>
  (await tx.one(changedQuery, { partner_id }))?.recorded_at;
