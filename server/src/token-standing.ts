import type { AttributionClaims } from "@tallystick/sdk/protocol";
import type { RefusalCode } from "./refusal.ts";
import type { TokenStanding } from "./store/queries/clicks.ts";

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
  if (standing.revoked_at !== null) return "token_revoked";
  if (standing.key_revoked_at !== null && standing.issued_at >= standing.key_revoked_at) return "key_revoked";
  if (standing.partner_status !== "active") return "partner_ended";
  return undefined;
}
