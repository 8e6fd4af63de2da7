import type { AttributionClaims, TokenRefusal } from "@tallystick/sdk/protocol";
import { Refusal, type RefusalCode } from "../words/refusal.ts";
import type { TokenStanding } from "./rows/token-standing.ts";

/** Why a token whose signature holds is refused all the same. */
export type StandingRefusal = Extract<
  RefusalCode,
  "token_unknown" | "token_revoked" | "key_revoked" | "partner_ended"
>;

/**
 * Judges a verified token by the issuance log. A token the log does not know was signed with a key that leaked;
 * one issued before its key was revoked stays good.
 */
export function judgeStanding(
  standing: TokenStanding | undefined,
  claims: AttributionClaims,
): StandingRefusal | undefined {
  if (standing === undefined) return "token_unknown";
  if (standing.partner_id !== claims.sub || standing.product !== claims.aud) return "token_unknown";
  // Signed anew with a key that leaked: the log knows when it was issued and when it ends.
  if (inSeconds(standing.issued_at) !== claims.iat) return "token_unknown";
  if (inSeconds(standing.expires_at) !== claims.exp) return "token_unknown";
  if (standing.revoked_at !== null) return "token_revoked";
  if (standing.key_revoked_at !== null && standing.issued_at >= standing.key_revoked_at) return "key_revoked";
  if (standing.partner_status !== "active") return "partner_ended";
  return undefined;
}

/** A moment as a token's claims say it. */
const inSeconds = (at: number | null): number | undefined =>
  at === null ? undefined : Math.floor(at / 1000);

/** The refusal of a token, with the reason in a sentence for a person. */
export const refuseToken = (code: TokenRefusal | StandingRefusal): Refusal =>
  new Refusal(code, refusalSentences[code]);

const refusalSentences: Readonly<Record<TokenRefusal | StandingRefusal, string>> = {
  token_missing: "There is no token.",
  token_too_long: "The token is longer than any that is issued.",
  token_malformed: "This is not a token: it must be three parts of base64url, divided by dots.",
  token_header_refused: "The token's header is not one of an attribution token.",
  token_claims_refused: "The token's claims are not those of an attribution token.",
  token_key_unknown: "The token was signed with a key that is not this receiver's.",
  token_signature_invalid: "The token's signature is wrong: it was forged or changed.",
  token_issuer_mismatch: "The token was issued by another receiver.",
  token_product_mismatch: "The token is for another product.",
  token_not_yet_valid: "The token was issued in the future.",
  token_expired: "The token has expired.",
  token_unknown: "The signature holds, but no such token stands in the issuance log.",
  token_revoked: "The token was revoked.",
  key_revoked: "The token was issued after its key was revoked.",
  partner_ended: "The partner's agreement has ended.",
};
