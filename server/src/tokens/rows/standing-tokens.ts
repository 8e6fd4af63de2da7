import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { PartnerId, ProductId, TokenId } from "../../words/ids.ts";
import type { StandingTokenRow } from "./schema.ts";

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
      "signing_keys.status as key_status",
      "partners.status as partner_status",
    ])
    .where("standing_tokens.partner_id", "=", p.partner_id)
    .where("standing_tokens.product", "=", p.product)
    .where("standing_tokens.batch", "=", p.batch),
);

/** The token that stands for a partner's batch, with its standing; nothing before the first was issued. */
export const findStandingToken = (tx: Tx, key: StandingTokenKey) => tx.one(standingTokenQuery, key);

const standingTokenColumns = columnsOf<StandingTokenRow>({
  partner_id: true,
  product: true,
  batch: true,
  jti: true,
  token: true,
});

const insertQuery = query<StandingTokenRow>()((db, p) =>
  db
    .insertInto("standing_tokens")
    .values(valuesOf(standingTokenColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

const replaceQuery = query<StandingTokenRow & { former: TokenId }>()((db, p) =>
  db
    .updateTable("standing_tokens")
    .set({ jti: p.jti, token: p.token })
    .where("partner_id", "=", p.partner_id)
    .where("product", "=", p.product)
    .where("batch", "=", p.batch)
    .where("jti", "=", p.former),
);

/** Keeps the first token of a batch, or one in a former's place; returns false when somebody else has done so. */
export const claimStandingToken = async (
  tx: Tx,
  row: StandingTokenRow,
  former: TokenId | undefined,
): Promise<boolean> =>
  (former === undefined ? await tx.run(insertQuery, row) : await tx.run(replaceQuery, { ...row, former })) ===
  1;
