import { randomBytes } from "node:crypto";
import { type Instant, instant } from "../clock.ts";
import type { Deps } from "../deps.ts";
import { as, type PartnerId, type ProductId, type TokenId } from "../ids.ts";
import { findBatchToken, insertBatchToken, replaceBatchToken } from "../store/queries/serial-tokens.ts";
import { insertToken } from "../store/queries/tokens.ts";
import type { TokenRow } from "../store/schema.ts";

/** Whose copies a token is for. */
export interface BatchTokenOrder {
  batch_no: number;
  batch: string;
  product: ProductId;
  partner: PartnerId;
}

/**
 * The token that a copy keeps which was activated with a serial of a partner's batch. All copies get the same one, so
 * that the issuance log has a row for each batch and partner and not one for each copy: its claims are kept, and an
 * Ed25519 signature of the same claims is the same (RFC 8032). After a new signing key there is a new token. Nothing
 * when the token was revoked.
 */
export async function batchToken(deps: Deps, order: BatchTokenOrder): Promise<string | undefined> {
  const known = await deps.store.read((tx) => findBatchToken(tx, order));
  if (known !== undefined) {
    if (known.revoked_at !== null) return undefined;
    const signed = await sign(deps, order, known.jti, known.issued_at);
    if (signed.kid === known.kid) return signed.token;
  }
  const jti = as.token(`s${randomBytes(16).toString("base64url")}`);
  const issuedAt = instant(Math.floor(deps.clock() / 1000) * 1000);
  const { token, kid } = await sign(deps, order, jti, issuedAt);
  const { product, partner, batch, batch_no } = order;
  const row: TokenRow = {
    jti,
    kid,
    partner_id: partner,
    product,
    batch,
    issued_at: issuedAt,
    expires_at: null,
    revoked_at: null,
  };
  const isMine = await deps.store.write(async (tx) => {
    const place = { batch_no, partner_id: partner, jti };
    const taken = known === undefined ? insertBatchToken(tx, place) : replaceBatchToken(tx, place, known.jti);
    if (!(await taken)) return false;
    await insertToken(tx, row);
    return true;
  });
  // Another copy was activated at the same moment: its token is this one's too.
  if (!isMine) return batchToken(deps, order);
  deps.log.info("token.issued", { jti, kid, partner, product });
  return token;
}

function sign({ keys }: Deps, { product, partner, batch }: BatchTokenOrder, jti: TokenId, at: Instant) {
  return keys.sign({ aud: product, sub: partner, jti, iat: Math.floor(at / 1000), batch });
}
