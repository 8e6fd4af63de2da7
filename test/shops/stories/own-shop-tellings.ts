import { ownPurchaseCompleted, ownPurchaseRefunded } from "../own-shop-fixtures.ts";

/** A day as the shop writes it. */
export const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
/** The first sale: 100.00 without tax, by a click alone. */
export const sold = (reference: string | null, more: object = {}) =>
  ownPurchaseCompleted({
    cycle: "new",
    licence: null,
    coupon: null,
    lines: undefined,
    customer: null,
    reference,
    ...more,
  });
/** A refund of it. */
export const back = (day: number, refund: string, more: object = {}) =>
  ownPurchaseRefunded({ refund, refundedAt: on(day), ...more });
/** The first sale, by what it still earns. */
export const order = (earnedMinor: number, more: object = {}) => [{ order: "A-1001", earnedMinor, ...more }];
/** Another sale, by what it still earns. */
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});
/** The lines of a sale, in the place of its totals. */
export const cart = (...lines: object[]) => ({ lines, netMinor: undefined, taxMinor: undefined });
