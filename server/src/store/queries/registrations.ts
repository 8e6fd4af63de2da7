import type { LicenceHash, ProductId } from "../../ids.ts";
import { query } from "../query.ts";
import type { RegistrationConflictRow, RegistrationRow } from "../schema.ts";
import type { Tx } from "../store.ts";
import { partnerStandingColumns } from "./partners.ts";
import { revocationColumns } from "./tokens.ts";

const insertRegistrationQuery = query<RegistrationRow>()((db, p) =>
  db
    .insertInto("registrations")
    .values({
      product: p.product,
      licence_hash: p.licence_hash,
      partner_id: p.partner_id,
      jti: p.jti,
      token_issued_at: p.token_issued_at,
      bound_at: p.bound_at,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Binds a licence; answers false when it is bound already. */
export const insertRegistration = async (tx: Tx, row: RegistrationRow): Promise<boolean> =>
  (await tx.run(insertRegistrationQuery, row)) === 1;

const registrationQuery = query<{ licence_hash: LicenceHash; product: ProductId }>()((db, p) =>
  db
    .selectFrom("registrations")
    .selectAll()
    .where("licence_hash", "=", p.licence_hash)
    .where("product", "=", p.product),
);

/** The binding of a licence of one product. */
export const findRegistration = (tx: Tx, licence: LicenceHash, product: ProductId) =>
  tx.one(registrationQuery, { licence_hash: licence, product });

const bindingsQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db
    .selectFrom("registrations")
    .innerJoin("partners", "partners.id", "registrations.partner_id")
    .leftJoin("tokens", "tokens.jti", "registrations.jti")
    .leftJoin("signing_keys", "signing_keys.kid", "tokens.kid")
    .select([
      "registrations.product",
      "registrations.partner_id",
      "registrations.jti",
      "registrations.token_issued_at",
      "registrations.bound_at",
      ...revocationColumns,
      ...partnerStandingColumns,
    ])
    .where("registrations.licence_hash", "=", p.licence_hash),
);

/** The bindings of a licence, one a product, with the standing of token and partner. */
export const findBindings = (tx: Tx, licence: LicenceHash) =>
  tx.all(bindingsQuery, { licence_hash: licence });

const insertConflictQuery = query<RegistrationConflictRow>()((db, p) =>
  db
    .insertInto("registration_conflicts")
    .values({
      product: p.product,
      licence_hash: p.licence_hash,
      partner_id: p.partner_id,
      jti: p.jti,
      seen_at: p.seen_at,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes another partner's claim on a bound licence, once a partner. */
export const insertRegistrationConflict = (tx: Tx, row: RegistrationConflictRow) =>
  tx.run(insertConflictQuery, row);
