import type { OrderRow } from "../rows/schema.ts";

/** The codes that were used for an order, as its shop spells them. */
export const couponsOf = (order: Pick<OrderRow, "coupon">): readonly string[] =>
  order.coupon === null ? [] : order.coupon.split("\n");
