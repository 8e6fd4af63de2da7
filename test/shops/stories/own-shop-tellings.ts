import { ownPurchaseCompleted, ownPurchaseDisputed, ownPurchaseRefunded } from "../own-shop-fixtures.ts";

export const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
export const plain = { cycle: "new", licence: null, coupon: null, lines: undefined, customer: null };
export const sold = (reference: string | null, more: object = {}) =>
  ownPurchaseCompleted({ ...plain, reference, ...more });
export const back = (day: number, refund: string, more: object = {}) =>
  ownPurchaseRefunded({ refund, refundedAt: on(day), ...more });
export const disputed = (day: number, status: string, more: object = {}) =>
  ownPurchaseDisputed({ status, disputedAt: on(day), ...more });
export const order = (earnedMinor: number, more: object = {}) => [{ order: "A-1001", earnedMinor, ...more }];
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});
export const half = { amountMinor: 5950 };
export const fifth = { amountMinor: 2380 };
export const a = { line: "a", quantity: 1, netMinor: 6000, taxMinor: 1140 };
export const b = { line: "b", quantity: 1, netMinor: 4000, taxMinor: 760 };
export const cart = (...lines: object[]) => ({ lines, netMinor: undefined, taxMinor: undefined });
