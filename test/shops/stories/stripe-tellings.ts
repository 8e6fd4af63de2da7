import {
  type Json,
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeEvent,
  stripeInvoicePaid,
} from "../stripe-fixtures.ts";

/** When the first sale was, in seconds. */
export const start = 1_763_561_590;
/** The envelope of the event that happens so many days after the first. */
export const on = (day: number, name = "") => ({
  eventId: `evt_${name}${day}`,
  createdSeconds: Math.round(start + day * 86_400),
});
/** The first sale: 50.00 without tax, by a checkout. */
export const session = (reference: string, more: object = {}) =>
  stripeCheckoutCompleted({ ...on(0), id: "cs_1", paymentIntent: "pi_1", reference, ...more });
/** The same, of a subscription. */
export const subscribed = (reference: string) =>
  session(reference, { mode: "subscription", paymentIntent: null, invoice: "in_1", subscription: "sub_1" });
/** The charge with its new total of what was given back, in minor units with tax. */
export const refunded = (day: number, refundedMinor: number, more: object = {}) =>
  stripeChargeRefunded({ ...on(day, "charge_"), id: "ch_1", paymentIntent: "pi_1", refundedMinor, ...more });
/** A refund in the members that its event has beyond the fixture's. */
export const refund = (day: number, more: Json, begunOn = day) =>
  stripeEvent(
    "refund.updated",
    {
      id: "re_1",
      object: "refund",
      amount: 5950,
      currency: "eur",
      status: "succeeded",
      created: start + begunOn * 86_400,
      charge: "ch_1",
      payment_intent: "pi_1",
      ...more,
    },
    on(day, "refund_"),
  );
/** A renewal of that subscription. */
export const invoice = (day: number, more: object) =>
  stripeInvoicePaid({ ...on(day, "in_"), id: "in_2", subscription: "sub_1", ...more });
/** The first sale, by what it still earns. */
export const order = (earnedMinor: number, more: object = {}) => [{ order: "cs_1", earnedMinor, ...more }];
/** The renewal, by what it still earns. */
export const renewed = (earnedMinor: number, more: object = {}) => ({ order: "in_2", earnedMinor, ...more });
