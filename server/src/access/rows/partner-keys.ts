import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { PartnerKeyRow } from "./schema.ts";

const partnerKeyColumns = columnsOf<PartnerKeyRow>({
  id: true,
  secret_hash: true,
  partner_id: true,
  name: true,
  created_at: true,
  revoked_at: true,
  last_used_at: true,
  scopes: true,
});

const insertKeyQuery = query<PartnerKeyRow>()((db, p) =>
  db.insertInto("partner_keys").values(valuesOf(partnerKeyColumns, p)),
);

/** Keeps a new key's hash. */
export const insertPartnerKey = (tx: Tx, key: PartnerKeyRow) => tx.run(insertKeyQuery, key);

const keyQuery = query<{ id: string }>()((db, p) =>
  db
    .selectFrom("partner_keys")
    .innerJoin("partners", "partners.id", "partner_keys.partner_id")
    .selectAll("partner_keys")
    .select(["partners.status as partner_status", "partners.name as partner_name"])
    .where("partner_keys.id", "=", p.id),
);

/** A key by its id, with its partner's standing. */
export const findPartnerKey = (tx: Tx, id: string) => tx.one(keyQuery, { id });

const keysQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("partner_keys")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .orderBy("created_at", "desc")
    .orderBy("id"),
);

/** A partner's keys, the newest first. */
export const listPartnerKeyRows = (tx: Tx, partner: PartnerId) => tx.all(keysQuery, { partner_id: partner });

const revokeQuery = query<{ id: string; revoked_at: Instant }>()((db, p) =>
  db
    .updateTable("partner_keys")
    .set({ revoked_at: p.revoked_at })
    .where("id", "=", p.id)
    .where("revoked_at", "is", null),
);

/** Revokes a key; one that is revoked already keeps its first time. */
export const markPartnerKeyRevoked = (tx: Tx, revocation: { id: string; revoked_at: Instant }) =>
  tx.run(revokeQuery, revocation);

const usedQuery = query<{ id: string; day: Instant }>()((db, p) =>
  db.updateTable("partner_keys").set({ last_used_at: p.day }).where("id", "=", p.id),
);

/** Notes the day a key was used on. */
export const markPartnerKeyUsed = (tx: Tx, use: { id: string; day: Instant }) => tx.run(usedQuery, use);
