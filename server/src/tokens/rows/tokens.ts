import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId, TokenId } from "../../words/ids.ts";
import type { TokenRow } from "./schema.ts";

const tokenColumns = columnsOf<TokenRow>({
  jti: true,
  kid: true,
  partner_id: true,
  product: true,
  batch: true,
  issued_at: true,
  expires_at: true,
  revoked_at: true,
});

const insertTokenQuery = query<TokenRow>()((db, p) =>
  db.insertInto("tokens").values(valuesOf(tokenColumns, p)),
);

/** Enters a token in the issuance log. */
export const insertToken = (tx: Tx, token: TokenRow) => tx.run(insertTokenQuery, token);

const tokenQuery = query<{ jti: TokenId }>()((db, p) =>
  db.selectFrom("tokens").selectAll().where("jti", "=", p.jti),
);

/** What the issuance log knows of a token. */
export const findToken = (tx: Tx, jti: TokenId) => tx.one(tokenQuery, { jti });

const tokensOfPartnerQuery = query<{ partner_id: PartnerId; limit: number }>()((db, p) =>
  db
    .selectFrom(
      db
        .selectFrom("tokens")
        .selectAll()
        .where("partner_id", "=", p.partner_id)
        .limit(sql.lit(1_000))
        .as("some"),
    )
    .selectAll()
    .orderBy("issued_at", "desc")
    .orderBy("jti")
    .limit(p.limit as never),
);

/** The newest tokens of a partner, of a thousand of them at the most. */
export const findTokensOfPartner = (
  tx: Tx,
  of: { partner_id: PartnerId; limit: number },
): Promise<TokenRow[]> => tx.all(tokensOfPartnerQuery, of);

const revokeTokenQuery = query<{ jti: TokenId; revoked_at: Instant }>()((db, p) =>
  db
    .updateTable("tokens")
    .set({ revoked_at: p.revoked_at })
    .where("jti", "=", p.jti)
    .where("revoked_at", "is", null),
);

/** Revokes a token; one that is revoked already keeps its first time. */
export const markTokenRevoked = (tx: Tx, revocation: { jti: TokenId; revoked_at: Instant }) =>
  tx.run(revokeTokenQuery, revocation);

/** What may have been revoked of a token, for queries of evidence that left-join `tokens` and `signing_keys`. */
export const revocationColumns = [
  "tokens.issued_at",
  "tokens.revoked_at",
  "signing_keys.revoked_at as key_revoked_at",
] as const;

/** A token's part of a row that was selected with `revocationColumns`; all null for one the log does not know. */
export interface RevocationStanding {
  issued_at: Instant | null;
  revoked_at: Instant | null;
  key_revoked_at: Instant | null;
}
