import type { OrderRow } from "./rows/schema.ts";

/** The codes that were used for an order, as its shop spells them. */
export const couponsOf = (order: Pick<OrderRow, "coupon">): readonly string[] =>
  order.coupon === null ? [] : order.coupon.split("\n");

/**
 * Codes as an order keeps them, readable, one a line, each once. They are sorted, so that it makes no difference in
 * which order two events of one sale told them. No code has a line break: `couponClaims` sees to it.
 */
export const couponText = (codes: readonly string[]): string | null =>
  codes.length === 0 ? null : [...new Set(codes)].sort().join("\n");
