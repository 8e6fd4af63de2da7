import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { KeyId, PartnerId, ProductId, TokenId } from "../../words/ids.ts";

const standingQuery = query<{ jti: TokenId }>()((db, p) =>
  db
    .selectFrom("tokens")
    .innerJoin("partners", "partners.id", "tokens.partner_id")
    .leftJoin("signing_keys", "signing_keys.kid", "tokens.kid")
    .select([
      "tokens.partner_id",
      "tokens.product",
      "tokens.kid",
      "tokens.issued_at",
      "tokens.expires_at",
      "tokens.revoked_at",
      "signing_keys.revoked_at as key_revoked_at",
      "partners.status as partner_status",
    ])
    .where("tokens.jti", "=", p.jti),
);

/** What the issuance log knows of a token. */
export interface TokenStanding {
  partner_id: PartnerId;
  product: ProductId;
  kid: KeyId;
  issued_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  key_revoked_at: number | null;
  partner_status: "active" | "ended";
}

/** What the issuance log knows of a token; nothing when this receiver never issued it. */
export const findStanding = (tx: Tx, jti: TokenId): Promise<TokenStanding | undefined> =>
  tx.one(standingQuery, { jti });
