import { randomBytes } from "node:crypto";
import { type AttributionClaims, batchPattern } from "@tallystick/sdk/protocol";
import { requireActivePartner } from "../channel/active-partner.ts";
import { requireProduct } from "../config/sold-product.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { as, type KeyId, type PartnerId, type ProductId, type TokenId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import type { TokenRow } from "./rows/schema.ts";
import { findStanding } from "./rows/token-standing.ts";
import { findToken, findTokensOfPartner, insertToken, markTokenRevoked } from "./rows/tokens.ts";
import { judgeStanding, refuseToken } from "./token-standing.ts";

/** What a token is issued for. */
export interface TokenOrder {
  partner: string;
  product: string;
  /** Campaign, medium or print run. */
  batch?: string | undefined;
  expiresAt?: Instant | undefined;
}

/** What the issuance log says of a token. Times in ISO 8601, UTC. */
export interface TokenRecord {
  jti: TokenId;
  kid: KeyId;
  partner: PartnerId;
  product: ProductId;
  batch: string | null;
  issuedAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** A new token with its record. The token itself is kept nowhere: it can be issued anew, not shown again. */
export type IssuedToken = { token: string } & TokenRecord;

/** A token that was signed, with the row that makes it count. */
export interface PreparedToken {
  token: string;
  row: TokenRow;
}

/**
 * Issues a token for copies that a partner hands out, and enters it in the issuance log.
 *
 * @throws {Refusal} `product_unknown`, `partner_unknown`, `partner_ended`, `request_invalid`
 */
export async function issueToken(deps: Deps, order: TokenOrder): Promise<IssuedToken> {
  const prepared = await prepareToken(deps, order);
  await deps.store.write((tx) => enterToken(tx, prepared));
  reportToken(deps, prepared);
  return { token: prepared.token, ...recordOf(prepared.row) };
}

/** The newest tokens of a partner. */
export const listTokensOf = async (
  { store }: Pick<Deps, "store">,
  { partner, limit }: { partner: string; limit: number },
): Promise<TokenRecord[]> =>
  (await store.read((tx) => findTokensOfPartner(tx, { partner_id: as.partner(partner), limit }))).map(
    recordOf,
  );

/**
 * Signs a token. It counts for nothing before it is entered.
 *
 * @throws {Refusal} as `issueToken`
 */
export async function prepareToken(deps: Deps, order: TokenOrder): Promise<PreparedToken> {
  const issuedAt = deps.clock();
  checkOrder(deps, order, issuedAt);
  const { batch, expiresAt } = order;
  const partner = as.partner(order.partner);
  const jti = newTokenId();
  nameSubject(jti);
  // Before the signature, so that a mistake is told without one; and again with the record, which it must fit.
  await deps.store.read((tx) => requireActivePartner(tx, partner));
  const product = as.product(order.product);
  return signToken(deps, { jti, partner, product, batch, issuedAt, expiresAt });
}

/** Signs a token whose claims its caller answers for, with the row that the issuance log is to have of it. */
export async function signToken(
  { keys }: Pick<Deps, "keys">,
  claims: {
    jti: TokenId;
    partner: PartnerId;
    product: ProductId;
    batch?: string | undefined;
    issuedAt: Instant;
    expiresAt?: Instant | undefined;
  },
): Promise<PreparedToken> {
  const { jti, partner, product, batch, issuedAt, expiresAt } = claims;
  const { token, kid } = await keys.sign({
    aud: product,
    sub: partner,
    jti,
    iat: Math.floor(issuedAt / 1000),
    ...(expiresAt === undefined ? {} : { exp: Math.floor(expiresAt / 1000) }),
    ...(batch === undefined ? {} : { batch }),
  });
  const row: TokenRow = {
    jti,
    kid,
    partner_id: partner,
    product,
    batch: batch ?? null,
    issued_at: issuedAt,
    expires_at: expiresAt === undefined ? null : instant(Math.floor(expiresAt / 1000) * 1000),
    revoked_at: null,
  };
  return { token, row };
}

/**
 * Enters a prepared token in the issuance log. Once that is durable, the caller reports it.
 *
 * @throws {Refusal} `partner_ended`
 */
export async function enterToken(tx: Tx, { row }: PreparedToken): Promise<void> {
  await requireActivePartner(tx, row.partner_id);
  await insertToken(tx, row);
}

/**
 * Enters a prepared token whatever has become of its partner since it was signed: a customer's exchange is not refused
 * because an agreement ended at the same moment, and what decides on purchases asks for the partner's standing anyway.
 */
export const enterTokenAnyway = (tx: Tx, { row }: PreparedToken): Promise<unknown> => insertToken(tx, row);

/** Says in the log that a token was issued. */
export function reportToken({ log }: Pick<Deps, "log">, { row }: PreparedToken): void {
  log.info("token.issued", {
    jti: row.jti,
    kid: row.kid,
    partner: row.partner_id,
    product: row.product,
  });
}

/**
 * Verifies a token as a click would, for any product, and answers its claims.
 *
 * @throws {Refusal} with the reason's code
 */
export async function verifyIssuedToken(deps: Deps, token: string): Promise<AttributionClaims> {
  const reading = await deps.keys.verify(token, {});
  if (!reading.ok) throw refuseToken(reading.code);
  const { claims } = reading;
  const standing = await deps.store.read((tx) => findStanding(tx, as.token(claims.jti)));
  const refusal = judgeStanding(standing, claims);
  if (refusal !== undefined) throw refuseToken(refusal);
  return claims;
}

/**
 * Revokes a token: later clicks with it credit nobody. One that is revoked already stays as it is.
 *
 * @throws {Refusal} `token_unknown`
 */
export async function revokeToken(deps: Deps, jti: string): Promise<TokenRecord> {
  const id = as.token(jti);
  const now = deps.clock();
  const row = await deps.store.write(async (tx) => {
    await markTokenRevoked(tx, { jti: id, revoked_at: now });
    const found = await findToken(tx, id);
    if (found === undefined) throw new Refusal("token_unknown", `No token ${jti} was issued here.`);
    return found;
  });
  return recordOf(row);
}

function checkOrder({ config }: Deps, { product, batch, expiresAt }: TokenOrder, now: Instant): void {
  requireProduct(config, product);
  if (batch !== undefined && !batchPattern.test(batch)) {
    throw new Refusal("request_invalid", "A batch has 1 to 64 characters, none of them invisible.");
  }
  if (expiresAt !== undefined && !(expiresAt > now && expiresAt < instant(253_402_300_800_000))) {
    throw new Refusal("request_invalid", "A token can only expire in the future, before the year 10000.");
  }
}

/** 128 random bits. A command line would take an id that begins with a hyphen for an option. */
function newTokenId(): TokenId {
  const jti = randomBytes(16).toString("base64url");
  return jti.startsWith("-") ? newTokenId() : as.token(jti);
}

function recordOf(row: TokenRow): TokenRecord {
  const isoOrNull = (at: Instant | null) => (at === null ? null : isoTime(at));
  return {
    jti: row.jti,
    kid: row.kid,
    partner: row.partner_id,
    product: row.product,
    batch: row.batch,
    issuedAt: isoTime(row.issued_at),
    expiresAt: isoOrNull(row.expires_at),
    revokedAt: isoOrNull(row.revoked_at),
  };
}
