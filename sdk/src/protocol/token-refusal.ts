/** Why a token is refused, in order of precedence: the first that holds is the answer. */
export const tokenRefusals = [
  "token_missing",
  "token_too_long",
  "token_malformed",
  "token_header_refused",
  "token_claims_refused",
  "token_key_unknown",
  "token_signature_invalid",
  "token_issuer_mismatch",
  "token_product_mismatch",
  "token_not_yet_valid",
  "token_expired",
] as const;

/** A stable code for a token that is refused. */
export type TokenRefusal = (typeof tokenRefusals)[number];
