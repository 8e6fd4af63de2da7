import type { TokenRefusal } from "./token-refusal.ts";

/** What a token says. Times in whole seconds since 1970 (RFC 7519, NumericDate without fractions). */
export interface AttributionClaims {
  /** The receiver's address: who signed this. */
  iss: string;
  /** The product the token is for. */
  aud: string;
  /** The partner who handed this copy out. */
  sub: string;
  /** The token's identity: two spellings with one `jti` are one token. */
  jti: string;
  /** When it was issued. */
  iat: number;
  /** From when on it is expired. Without it, it never is. */
  exp?: number;
  /** Campaign, medium or print run. */
  batch?: string;
}

/** What a product id and a partner id look like. */
export const idPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** What a key id and a token id look like: a UUID, a thumbprint and a random base64url string all fit. */
export const tokenIdPattern = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * What a batch looks like: 1 to 64 code points of any script, no control or invisible direction characters, which could
 * forge a line on a page.
 */
export const batchPattern = /^[^\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]{1,64}$/u;

/**
 * An issuer is an https address, or an http one of loopback (RFC 8252, section 7.3), compared character by character. Its
 * host is in small letters; it has no user name, query, fragment or back slash, and no slash at its end.
 */
export const issuerPattern =
  /^(?=.{1,256}$)(https:\/\/([a-z0-9._-]+|\[[0-9a-f:.]+\])|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\]))(:\d{1,5})?(\/[!"$->@-[\]-~]*[!"$-.0->@-[\]-~])?$/;

/** The longest token that is looked at. Every character of a token is one byte. */
export const maxTokenBytes = 1024;

/** How far ahead of the receiver's clock `iat` may be: servers drift, a token from next week is a mistake. */
export const issuedAtToleranceSeconds = 300;

const latestSeconds = 253_402_300_799; // the last second of the year 9999

/** Reads claims strictly: every member known, of its type and within bounds. `undefined` when not. */
export function readClaims(parsed: Record<string, unknown>): AttributionClaims | undefined {
  const { iss, aud, sub, jti, iat, exp, batch, ...unknown } = parsed;
  if (Object.keys(unknown).length > 0) return undefined;
  if (!matches(iss, issuerPattern)) return undefined;
  if (!matches(aud, idPattern) || !matches(sub, idPattern) || !matches(jti, tokenIdPattern)) return undefined;
  if (!isSeconds(iat)) return undefined;
  if ("exp" in parsed && !(isSeconds(exp) && exp > iat)) return undefined;
  if ("batch" in parsed && !matches(batch, batchPattern)) return undefined;
  return parsed as unknown as AttributionClaims;
}

/** What the claims of a token with a good signature are compared with. */
export interface ExpectedClaims {
  /** The receiver's address, exactly as it signs it. */
  issuer: string;
  /** Left out by a receiver that looks the product up afterwards. */
  product?: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /**
   * `false` on a customer's machine: an `iat` in the future then says that the machine's clock is behind, not
   * that the signed token is bad, and refusing it would cost a partner her credit. Default `true`.
   */
  judgeIssuedAt?: boolean | undefined;
}

/**
 * Compares claims with what is expected; `undefined` when all is well. In order of precedence: issuer,
 * product, issued in the future, expired (last, so that a caller may tolerate it alone). Pure.
 */
export function checkClaims(claims: AttributionClaims, expected: ExpectedClaims): TokenRefusal | undefined {
  if (claims.iss !== expected.issuer) return "token_issuer_mismatch";
  if (expected.product !== undefined && claims.aud !== expected.product) return "token_product_mismatch";
  const nowSeconds = expected.now / 1000;
  if (expected.judgeIssuedAt !== false && claims.iat > nowSeconds + issuedAtToleranceSeconds) {
    return "token_not_yet_valid";
  }
  if (claims.exp !== undefined && claims.exp <= nowSeconds) return "token_expired";
  return undefined;
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= latestSeconds;
}
