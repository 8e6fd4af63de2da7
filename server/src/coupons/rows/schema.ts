import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";

/** A partner's code for the checkout. Only the end ever changes, once; a code whose coupon has ended may be given anew. */
export interface CouponRow {
  /** As `normalizeCoupon` spells it. In clear: a coupon is handed to everybody. */
  code: string;
  partner_id: PartnerId;
  /** Ids of products, one a line; null when it counts for all. */
  products: string | null;
  valid_from: Instant;
  /** The last instant at which it counts; null when it has no end. */
  valid_until: Instant | null;
  created_at: Instant;
  ended_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    coupons: CouponRow;
  }
}
