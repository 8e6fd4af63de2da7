import { sql } from "kysely";
import { partnerStandingColumns } from "../../channel/rows/partners.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import { revocationColumns } from "../../tokens/rows/tokens.ts";
import type { LicenceHash, ProductId } from "../../words/ids.ts";
import type { RegistrationConflictRow, RegistrationRow } from "./schema.ts";

/** The columns of a binding. */
export const registrationColumns = columnsOf<RegistrationRow>({
  product: true,
  licence_hash: true,
  partner_id: true,
  jti: true,
  token_issued_at: true,
  bound_at: true,
  sold: true,
  contradicted: true,
});

const insertRegistrationQuery = query<RegistrationRow>()((db, p) =>
  db
    .insertInto("registrations")
    .values(valuesOf(registrationColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Binds a licence; returns false when it is bound already. */
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

/** A licence that copies of more partners claim is no honest one; a bound keeps it cheap. The bindings come first. */
const mostClaims = sql.lit(50);

const bindingsQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db
    .selectFrom(
      db
        .selectFrom("registrations")
        .select(["product", "partner_id", "jti", "bound_at", "sold", "contradicted"])
        .where("licence_hash", "=", p.licence_hash)
        .unionAll(
          db
            .selectFrom("registration_conflicts")
            .select([
              "product",
              "partner_id",
              "jti",
              "seen_at as bound_at",
              sql<0 | 1 | null>`null`.as("sold"),
              sql<0 | 1 | null>`null`.as("contradicted"),
            ])
            .where("licence_hash", "=", p.licence_hash),
        )
        .as("claims"),
    )
    .innerJoin("partners", "partners.id", "claims.partner_id")
    .leftJoin("tokens", "tokens.jti", "claims.jti")
    .leftJoin("signing_keys", "signing_keys.kid", "tokens.kid")
    .select([
      "claims.product",
      "claims.partner_id",
      "claims.jti",
      "claims.bound_at",
      "claims.sold",
      "claims.contradicted",
      ...revocationColumns,
      ...partnerStandingColumns,
    ])
    .limit(mostClaims),
);

/**
 * The bindings of a licence, one a product, and the later claims that contradict them, with the standing of token and
 * partner. `bound_at` of a claim is when it was made.
 */
export const findBindings = (tx: Tx, licence: LicenceHash) =>
  tx.all(bindingsQuery, { licence_hash: licence });

const registrationConflictColumns = columnsOf<RegistrationConflictRow>({
  product: true,
  licence_hash: true,
  partner_id: true,
  jti: true,
  seen_at: true,
});

const insertConflictQuery = query<RegistrationConflictRow>()((db, p) =>
  db
    .insertInto("registration_conflicts")
    .values(valuesOf(registrationConflictColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes another partner's claim on a bound licence, once a partner; returns false when it was noted before. */
export const insertRegistrationConflict = async (tx: Tx, row: RegistrationConflictRow): Promise<boolean> =>
  (await tx.run(insertConflictQuery, row)) === 1;
