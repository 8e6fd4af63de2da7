import { randomBytes } from "node:crypto";
import type { Deps } from "../deps/deps.ts";
import { type PreparedToken, signToken } from "../tokens/tokens.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as, type TokenId } from "../words/ids.ts";
import type { FoundVoucher } from "./rows/vouchers.ts";

/**
 * Signs the token of the partner who sold a voucher, for the SDK to keep as if it had come with the copy. Each voucher
 * has one of its own, so that it can be revoked with it. Nothing when the partner's agreement has ended. It counts for
 * nothing before its row is in the issuance log, so a voucher that is not exchanged after all leaves nothing behind.
 * With `known`, what the log has of it, the same token is signed again.
 */
export async function signVoucherToken(
  deps: Pick<Deps, "keys" | "clock">,
  voucher: Pick<FoundVoucher, "partner_id" | "partner_status" | "product" | "batch_id">,
  known?: { jti: TokenId; issued_at: Instant },
): Promise<PreparedToken | undefined> {
  const { partner_id: partner, partner_status, product, batch_id: batch } = voucher;
  if (partner_status !== "active") return undefined;
  const jti = known?.jti ?? as.token(`v${randomBytes(16).toString("base64url")}`);
  const issuedAt = instant(Math.floor((known?.issued_at ?? deps.clock()) / 1000) * 1000);
  return signToken(deps, { jti, partner, product, batch, issuedAt });
}
