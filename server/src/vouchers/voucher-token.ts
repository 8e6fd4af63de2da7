import { randomBytes } from "node:crypto";
import type { Deps } from "../deps/deps.ts";
import type { TokenRow } from "../tokens/rows/schema.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as, type TokenId } from "../words/ids.ts";
import type { FoundVoucher } from "./rows/vouchers.ts";

/** A token for one copy, with the row that the issuance log gets once the voucher is exchanged. */
export interface VoucherToken {
  token: string;
  row: TokenRow;
}

/**
 * Signs the token of the partner who sold a voucher, for the SDK to keep as if it had come with the copy. Each voucher
 * has one of its own, so that it can be revoked with it. Nothing when the partner's agreement has ended. It counts for
 * nothing before its row is in the issuance log, so a voucher that is not exchanged after all leaves nothing behind.
 * With `known`, what the log has of it, the same token is signed again.
 */
export async function signVoucherToken(
  { keys, clock }: Deps,
  voucher: Pick<FoundVoucher, "partner_id" | "partner_status" | "product" | "batch_id">,
  known?: { jti: TokenId; issued_at: Instant },
): Promise<VoucherToken | undefined> {
  const { partner_id, partner_status, product, batch_id } = voucher;
  if (partner_status !== "active") return undefined;
  const jti = known?.jti ?? as.token(`v${randomBytes(16).toString("base64url")}`);
  const iat = Math.floor((known?.issued_at ?? clock()) / 1000);
  const { token, kid } = await keys.sign({ aud: product, sub: partner_id, jti, iat, batch: batch_id });
  const row: TokenRow = {
    jti,
    kid,
    partner_id,
    product,
    batch: batch_id,
    issued_at: instant(iat * 1000),
    expires_at: null,
    revoked_at: null,
  };
  return { token, row };
}
