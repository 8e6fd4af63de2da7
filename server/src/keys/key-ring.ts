import type { AttributionClaims, JsonWebKeySet, TokenRefusal } from "@tallystick/sdk/protocol";
import type { KeyId } from "../words/ids.ts";

/** What a token's verification returns. Revocation of the token itself is the issuance log's matter, not the ring's. */
export type TokenReading =
  | { ok: true; claims: AttributionClaims; kid: KeyId }
  | { ok: false; code: TokenRefusal };

/** The receiver's signing keys. The database holds the public halves and their status, the keys folder the private ones. */
export interface KeyRing {
  /** Signs claims with the newest active key; returns the compact token and the key's id. */
  sign(claims: Omit<AttributionClaims, "iss">): Promise<{ token: string; kid: KeyId }>;
  /**
   * Verifies a token: signature, issuer, product and times. Good signatures are remembered (bounded), since one
   * reseller's token is clicked by many customers; claims are checked each time. Sees keys added or revoked by
   * another process within a second. A token of a revoked key is verified too: whether it was issued before the
   * revocation is asked of the issuance log by `tokenStanding`.
   */
  verify(token: string, expected: { product?: string }): Promise<TokenReading>;
  /** Public keys that are not revoked, for `/.well-known/jwks.json` and for building into a product. */
  publicKeys(): Promise<JsonWebKeySet>;
}
