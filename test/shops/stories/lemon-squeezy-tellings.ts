import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";

export const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
export const sold = (reference: string, more: object = {}) =>
  lemonOrderCreated({ id: "7", customData: { ref: reference }, ...more });
export const back = (day: number, refundedMinor: number, more: object = {}) =>
  lemonOrderRefunded({
    ...{ id: "7", refundedMinor, status: refundedMinor < 11_900 ? "partial_refund" : "refunded" },
    ...{ more: { updated_at: on(day), refunded_at: on(day) }, ...more },
  });
export const began = lemonSubscriptionCreated({ id: "31", order: 7 });
export const invoice = (id: string, day: number, more: object = {}) =>
  lemonSubscriptionPayment({ id, subscription: 31, at: on(day), ...more });
export const invoiceBack = (
  id: string,
  sale: number,
  day: number,
  refundedMinor: number,
  more: object = {},
) =>
  invoice(id, sale, {
    ...{ name: "subscription_payment_refunded", status: "partial_refund", refundedMinor },
    ...{ more: { updated_at: on(day), refunded_at: on(day) }, ...more },
  });
export const order = (earnedMinor: number, more: object = {}) => [{ order: "7", earnedMinor, ...more }];
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  ...{ order: `subscription-invoice-${id}`, earnedMinor },
  ...more,
});
