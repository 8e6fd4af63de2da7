import type { PartnerId, ProductId } from "../../ids.ts";
import { query } from "../query.ts";
import type { StandingTokenRow } from "../schema-standing-tokens.ts";
import type { Tx } from "../store.ts";

/** What a standing token is for. */
export interface StandingTokenKey {
  partner_id: PartnerId;
  product: ProductId;
  batch: string;
}

const standingTokenQuery = query<StandingTokenKey>()((db, p) =>
  db
    .selectFrom("standing_tokens")
    .innerJoin("tokens", "tokens.jti", "standing_tokens.jti")
    .innerJoin("partners", "partners.id", "standing_tokens.partner_id")
    .leftJoin("signing_keys", "signing_keys.kid", "tokens.kid")
    .select([
      "standing_tokens.jti",
      "standing_tokens.token",
      "tokens.revoked_at",
      "signing_keys.revoked_at as key_revoked_at",
      "partners.status as partner_status",
    ])
    .where("standing_tokens.partner_id", "=", p.partner_id)
    .where("standing_tokens.product", "=", p.product)
    .where("standing_tokens.batch", "=", p.batch),
);

/** The token that stands for a partner's batch, with its standing; nothing before the first was issued. */
export const findStandingToken = (tx: Tx, key: StandingTokenKey) => tx.one(standingTokenQuery, key);

const putStandingTokenQuery = query<StandingTokenRow>()((db, p) =>
  db
    .insertInto("standing_tokens")
    .values({ partner_id: p.partner_id, product: p.product, batch: p.batch, jti: p.jti, token: p.token })
    .onConflict((conflict) =>
      conflict.columns(["partner_id", "product", "batch"]).doUpdateSet({ jti: p.jti, token: p.token }),
    ),
);

/** Keeps the token that stands from now on. */
export const putStandingToken = (tx: Tx, row: StandingTokenRow) => tx.run(putStandingTokenQuery, row);
