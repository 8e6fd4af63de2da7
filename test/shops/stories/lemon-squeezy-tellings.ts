import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";

/** A day as Lemon Squeezy writes it. */
export const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
/** The first sale: 100.00 without tax. */
export const sold = (reference: string, more: object = {}) =>
  lemonOrderCreated({ id: "7", customData: { ref: reference }, ...more });
/** The first sale with what was given back of it so far. */
export const back = (day: number, refundedMinor: number | null, more: object = {}) =>
  lemonOrderRefunded({ id: "7", refundedMinor, more: { updated_at: on(day), ...more } });
/** An invoice of its subscription. */
export const invoice = (id: string, day: number, more: object = {}) =>
  lemonSubscriptionPayment({ id, subscription: 31, at: on(day), ...more });
/** The subscription of the first sale. */
export const began = lemonSubscriptionCreated({ id: "31", order: 7 });
/** The first sale, by what it still earns. */
export const order = (earnedMinor: number, more: object = {}) => [{ order: "7", earnedMinor, ...more }];
/** An invoice, by what it still earns. */
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: `subscription-invoice-${id}`,
  earnedMinor,
  ...more,
});
