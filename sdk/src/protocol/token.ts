import { compactVerify } from "jose/jws/compact/verify";
import { decodeBase64urlText, isCanonicalBase64url } from "./base64url.ts";
import type { KeySet } from "./key-set.ts";
import {
  type AttributionClaims,
  checkClaims,
  type ExpectedClaims,
  maxTokenBytes,
  readClaims,
  tokenIdPattern,
} from "./token-claims.ts";
import type { TokenRefusal } from "./token-refusal.ts";

/** The `typ` of every attribution token: keeps a token of another purpose from being taken for one (RFC 8725, 3.11). */
export const tokenType = "attribution+jwt";

/** A token whose shape is right; nothing is said about its signature. */
export type ParsedToken =
  | { ok: true; kid: string; claims: AttributionClaims }
  | { ok: false; code: TokenRefusal };

/** A token whose signature is right, and in `verifyToken` its issuer, product and time too. */
export type VerifiedToken = ParsedToken;

/** The two names of one algorithm: RFC 9864's, and RFC 8037's older one. */
const algorithms = ["Ed25519", "EdDSA"];

/** A signature of 64 bytes is 86 characters. Nothing else may surround or divide the three segments. */
export const tokenPattern = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;

/**
 * Reads a token's shape before any cryptography sees it: length, segments in canonical base64url, exactly the
 * known header parameters and claims. Takes anything a stranger may send; never throws.
 */
export function parseToken(token: string): ParsedToken {
  if (typeof token !== "string" || token === "") return refuse("token_missing");
  if (token.length > maxTokenBytes) return refuse("token_too_long");
  const [, header, payload, signature] = tokenPattern.exec(token) ?? [];
  if (header === undefined || payload === undefined || signature === undefined)
    return refuse("token_malformed");
  if (![header, payload, signature].every(isCanonicalBase64url)) return refuse("token_malformed");
  const kid = readKid(parseMinimalJson(header));
  if (kid === undefined) return refuse("token_header_refused");
  const members = parseMinimalJson(payload);
  const claims = members && readClaims(members);
  if (claims === undefined) return refuse("token_claims_refused");
  return { ok: true, kid, claims };
}

/**
 * Shape, key and signature, but neither issuer, product nor time: what a receiver may cache by the token's
 * bytes, since it does not change until the keys do. Never throws.
 */
export async function verifySignature(token: string, keys: KeySet): Promise<VerifiedToken> {
  const parsed = parseToken(token);
  if (!parsed.ok) return parsed;
  const key = await keys.find(parsed.kid);
  if (key === undefined) return refuse("token_key_unknown");
  try {
    await compactVerify(token, key, { algorithms });
    return parsed;
  } catch {
    return refuse("token_signature_invalid");
  }
}

/**
 * Verifies a token wholly: shape, key, signature, then `checkClaims`. Never throws.
 *
 * @example
 * ```ts
 * const token = await verifyToken(text, { keys: createKeySet(jwks), issuer: "https://renew.acme.example", now: Date.now() });
 * if (token.ok) console.log(token.claims.sub);
 * ```
 */
export async function verifyToken(
  token: string,
  expected: ExpectedClaims & { keys: KeySet },
): Promise<VerifiedToken> {
  const verified = await verifySignature(token, expected.keys);
  if (!verified.ok) return verified;
  const code = checkClaims(verified.claims, expected);
  return code === undefined ? verified : refuse(code);
}

function readKid(header: Record<string, unknown> | undefined): string | undefined {
  if (header === undefined || Object.keys(header).length !== 3) return undefined;
  const { alg, typ, kid } = header;
  if (typeof alg !== "string" || !algorithms.includes(alg) || typ !== tokenType) return undefined;
  return typeof kid === "string" && tokenIdPattern.test(kid) ? kid : undefined;
}

/**
 * A segment's JSON object, only when it is written the one way JSON.stringify writes it. That refuses repeated
 * members (which parsers resolve differently, RFC 7515 section 4), white space and needless escapes.
 */
function parseMinimalJson(segment: string): Record<string, unknown> | undefined {
  try {
    const text = decodeBase64urlText(segment);
    const parsed: unknown = JSON.parse(text);
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject && JSON.stringify(parsed) === text ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(code: TokenRefusal): { ok: false; code: TokenRefusal } {
  return { ok: false, code };
}
