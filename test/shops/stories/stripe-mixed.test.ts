import {
  type Json,
  stripeChargeRefunded,
  stripeDispute,
  stripeInvoicePaid,
  stripeInvoicePaymentPaid,
} from "../stripe-fixtures.ts";
import { stripeCreditNote } from "../stripe-refund-fixtures.ts";
import { playStories } from "./story.ts";
import { invoice, on, order, refund, refunded, renewed, session, subscribed } from "./stripe-tellings.ts";

const disputed = (day: number, status: string, more: object = {}) =>
  stripeDispute({
    ...on(day, "du_"),
    type: /^(won|lost)$/.test(status) ? "charge.dispute.closed" : "charge.dispute.created",
    ...{ id: "du_1", charge: "ch_1", paymentIntent: "pi_1", status },
    ...more,
  });
/** The renewal's own payment, as versions before 2025-03-31 name it. */
const paidBy = { generation: "acacia", charge: "ch_2", paymentIntent: "pi_2" };
const refundedLater = (day: number, refundedMinor: number, more: object = {}) =>
  stripeChargeRefunded({
    ...on(day, "charge2_"),
    ...{ id: "ch_2", paymentIntent: "pi_2", refundedMinor, ...more },
  });
const disputedLater = (day: number, status: string, more: object = {}) =>
  disputed(day, status, { charge: "ch_2", paymentIntent: "pi_2", ...more });
const first = stripeInvoicePaid({
  ...on(1, "in_"),
  ...{ id: "in_1", billingReason: "subscription_create", subscription: "sub_1" },
});
const withData = (event: Json, more: Json): Json => {
  const data = event.data as { object: Json };
  return { ...event, data: { object: { ...data.object, ...more } } };
};

playStories("stripe", [
  {
    name: "an upgrade whose payment is disputed, won, and lost after all",
    tells: (ref) => [
      subscribed(ref),
      invoice(90, { billingReason: "subscription_update", ...paidBy }),
      disputedLater(100, "needs_response"),
      disputedLater(140, "won"),
      disputedLater(180, "lost"),
    ],
    ends: [...order(1000), renewed(0, { cycle: "renewal" })],
  },
  {
    name: "a renewal of which a balance paid half, refunded in part, which fails, and in another part",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, { amountDueMinor: 5950, ...paidBy }),
      refundedLater(370, 2380, { amountMinor: 5950 }),
      refund(372, { amount: 2380, status: "failed", charge: "ch_2", payment_intent: "pi_2" }, 370),
      refundedLater(380, 1190, { amountMinor: 5950 }),
    ],
    ends: [...order(1000), renewed(400, { netMinor: 5000, taxMinor: 950 })],
  },
  {
    name: "a refund of all that fails, then a half that is disputed and lost",
    tells: (ref) => [
      session(ref),
      refunded(2, 11_900),
      refund(9, { amount: 11_900, status: "failed" }, 2),
      disputed(20, "needs_response", { amountMinor: 5950 }),
      disputed(60, "lost", { amountMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "a part refunded, and a dispute in another currency that is given back",
    tells: (ref) => [
      session(ref),
      refunded(2, 2380),
      disputed(5, "needs_response", { currency: "usd", amountMinor: 10_000 }),
      disputed(40, "won", { currency: "usd", amountMinor: 10_000 }),
    ],
    ends: order(800),
  },
  {
    name: "the tax given back outside of Stripe, then half of the rest",
    tells: (ref) => [
      subscribed(ref),
      first,
      withData(stripeCreditNote({ ...on(20, "cn_"), outsideMinor: 1900 }), {
        ...{ amount: 1900, total: 1900, total_excluding_tax: 0, total_taxes: [{ amount: 1900 }] },
      }),
      withData(stripeCreditNote({ ...on(30, "cn_"), outsideMinor: 5000 }), {
        ...{ id: "cn_2", amount: 5000, total: 5000, total_excluding_tax: 5000, total_taxes: [] },
      }),
    ],
    ends: order(500),
  },
  {
    name: "an invoice paid twice, of which one payment is refunded and the other disputed and lost",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, {}),
      stripeInvoicePaymentPaid({ ...on(366), id: "inpay_1", invoice: "in_2", paymentIntent: "pi_2" }),
      stripeInvoicePaymentPaid({ ...on(367), id: "inpay_2", invoice: "in_2", paymentIntent: "pi_3" }),
      stripeChargeRefunded({ ...on(370), id: "ch_3", paymentIntent: "pi_3" }),
      disputedLater(380, "needs_response"),
      disputedLater(420, "lost"),
    ],
    ends: [...order(1000), renewed(0, { netMinor: 10_000 })],
  },
  {
    name: "a session refunded by its payment before that shows it and an invoice to be one sale",
    tells: (ref) => [
      session(ref, { subscription: "sub_1", mode: "subscription" }),
      refunded(1, 5950),
      stripeInvoicePaid({
        ...on(2, "in_"),
        ...{ id: "in_1", billingReason: "subscription_create", subscription: "sub_1" },
      }),
      stripeInvoicePaymentPaid({ ...on(3), id: "inpay_1", invoice: "in_1", paymentIntent: "pi_1" }),
    ],
    ends: order(500),
  },
  {
    name: "a subscription that goes to another customer, whose upgrade is refunded by one line",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, { email: "other@example.com", more: { customer: "cus_other" } }),
      stripeInvoicePaid({
        ...on(400, "in_"),
        ...{
          id: "in_3",
          subscription: "sub_1",
          billingReason: "subscription_update",
          email: "third@example.com",
        },
        ...{ generation: "acacia", charge: "ch_3", paymentIntent: "pi_3" },
        more: { customer: "cus_merged" },
      }),
      stripeChargeRefunded({ ...on(405), id: "ch_3", paymentIntent: "pi_3", refundedMinor: 2380 }),
    ],
    ends: [...order(1000), renewed(1000, { cycle: "renewal" }), { order: "in_3", earnedMinor: 800 }],
  },
  {
    name: "the same events under new ids years later, of which a refund tells nothing new",
    tells: (ref) => [
      session(ref),
      refunded(2, 5950),
      session(ref, on(900, "again_")),
      refunded(901, 5950),
      refund(2.1, { amount: 5950 }, 2),
      refund(902, { amount: 5950 }, 2),
    ],
    ends: order(500),
  },
  {
    name: "a test of the same session beside the real one, refunded in the test",
    tells: (ref) => [
      session(ref),
      { ...session("test", { ...on(1, "test_"), id: "cs_test", paymentIntent: "pi_test" }), livemode: false },
      { ...refunded(2, 11_900, { id: "ch_test", paymentIntent: "pi_test" }), livemode: false },
      refunded(3, 2380),
    ],
    ends: [...order(800), { order: "cs_test", earnedMinor: 0, unknown: true }],
  },
  {
    name: "a refund that is done, fails and is done after all, and another a day before the sale",
    tells: (ref) => [
      session(ref),
      refund(2, { amount: 2975 }),
      refund(3, { amount: 2975, status: "failed" }, 2),
      refund(4, { amount: 2975 }, 2),
      refund(-1, { id: "re_2", amount: 1190 }),
    ],
    ends: order(650),
  },
  {
    name: "a refund that is done and fails in one second, and a dispute that is opened and won in one",
    tells: (ref) => [
      session(ref),
      refund(2, { amount: 2975 }),
      { ...refund(2, { amount: 2975, status: "failed" }), id: "evt_at_once" },
      disputed(5, "needs_response"),
      disputed(5, "won", { eventId: "evt_won_at_once" }),
    ],
    ends: order(1000),
  },
  {
    name: "a part refund, a chargeback of the rest that is won, then half refunded in all",
    tells: (ref) => [
      session(ref),
      refunded(2, 1190),
      disputed(5, "needs_response", { amountMinor: 4760 }),
      disputed(40, "won", { amountMinor: 4760 }),
      refunded(50, 5950),
    ],
    ends: order(500),
  },
  {
    name: "two totals of one second: the larger counts, in whichever order they come",
    tells: (ref) => [session(ref), refunded(2, 1190), { ...refunded(2, 2380), id: "evt_same_second" }],
    ends: order(800),
  },
]);
