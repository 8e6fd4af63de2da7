/** Where a voucher is exchanged for a serial, below the receiver's address. Open to everyone, and limited. */
export const voucherPath = "/v1/vouchers/redeem";

/** Where a partner's customers exchange vouchers by hand: `/voucher/PARTNER`, with the code in the fragment. */
export const voucherPagePath = "/voucher";

/** 128 random bits or more in base64url: whoever sends the same key again gets the same answer again. */
export const idempotencyKeyPattern = /^[\w-]{22,64}$/;

/** How long an exchange is answered again to the one who sent its idempotency key, in days of 24 hours. */
export const voucherAnswerDays = 7;

/** The JSON body of an exchange. Unknown members are refused. */
export interface VoucherRequest {
  /** The product's id. */
  product: string;
  /** As the customer typed it, 200 characters at most. */
  code: string;
  /**
   * Made once for each voucher and kept until the answer is: an answer that was lost on the way is then given again.
   * Without it a voucher whose answer was lost is `voucher_used`.
   */
  idempotencyKey?: string | undefined;
}

/** What a voucher was exchanged for. */
export interface VoucherAnswer {
  /** The serial to activate the product with. Shown to the customer, who should keep it. */
  serial: string;
  /** Who sold the voucher. */
  partner: string;
  /** The id of the product that the serial is for. */
  product: string;
  /** A token of that partner, for the SDK to keep as if it had come with the copy. */
  token?: string;
}

/**
 * Why a voucher is not exchanged, as the `code` of a problem document. All but `voucher_unknown` are told only to the
 * holder of a code that was issued.
 */
export const voucherRefusals = [
  /** No such code was issued, or it was mistyped. */
  "voucher_unknown",
  /** It is for another product than the one named. */
  "voucher_product_mismatch",
  /** The vendor has revoked it. */
  "voucher_revoked",
  /** It was exchanged before. */
  "voucher_used",
  /** Its last day is over. */
  "voucher_expired",
  /** It is good, but no serial is left to give. It stays unused: the seller must see to it. */
  "pool_empty",
] as const;

/** One reason for a voucher not to be exchanged. */
export type VoucherRefusal = (typeof voucherRefusals)[number];
