import type { Instant } from "../words/clock.ts";
import type { ProductId } from "../words/ids.ts";

/** What is known of a voucher when somebody wants to exchange it. */
export interface VoucherFacts {
  product: ProductId;
  revoked_at: Instant | null;
  batch_revoked_at: Instant | null;
  exchanged_at: Instant | null;
  /** Its last instant. */
  expires_at: Instant | null;
}

/** Why a voucher that was issued is not exchanged, in order of precedence: the first that holds is told. A test pins it. */
export const exchangeRefusals = [
  "voucher_product_mismatch",
  "voucher_revoked",
  "voucher_used",
  "voucher_expired",
] as const;
/** One reason for a voucher that was issued not to be exchanged. */
export type ExchangeRefusal = (typeof exchangeRefusals)[number];

/** Judges whether a voucher may be exchanged now; for a product, when the asker named one. */
export function judgeVoucher(
  voucher: VoucherFacts,
  product: ProductId | undefined,
  now: Instant,
): ExchangeRefusal | undefined {
  if (product !== undefined && voucher.product !== product) return "voucher_product_mismatch";
  if (voucher.revoked_at !== null || voucher.batch_revoked_at !== null) return "voucher_revoked";
  if (voucher.exchanged_at !== null) return "voucher_used";
  if (voucher.expires_at !== null && now > voucher.expires_at) return "voucher_expired";
  return undefined;
}
