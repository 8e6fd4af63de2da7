import { stripeInvoicePaymentPaid } from "../stripe-fixtures.ts";
import { playStories } from "./story.ts";
import { invoice, on, order, refund, refunded, renewed, session, subscribed } from "./stripe-tellings.ts";

playStories("stripe", [
  {
    name: "a refund that names the payment intent alone, beside the charge's own total",
    tells: (ref) => [session(ref), refund(2, { charge: null }), refunded(2, 5950)],
    ends: order(500),
  },
  {
    name: "two partial refunds that name the payment intent alone, of which the first fails",
    tells: (ref) => [
      session(ref),
      refund(2, { charge: null, amount: 2380 }),
      refunded(2, 2380),
      refund(4, { charge: undefined, id: "re_2", amount: 1190 }),
      refunded(4, 3570),
      refund(9, { charge: null, amount: 2380, status: "failed" }, 2),
    ],
    ends: order(900),
  },
  {
    name: "one refund told under the intent alone, the charge alone and both, and no total",
    tells: (ref) => [
      session(ref),
      refund(2, { charge: null, status: "pending" }),
      refund(3, { payment_intent: null }, 2),
      { ...refund(4, {}, 2), id: "evt_both" },
    ],
    ends: order(500),
  },
  {
    name: "an invoice paid twice, of which each payment is refunded under its intent alone",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, {}),
      stripeInvoicePaymentPaid({ ...on(366), id: "inpay_1", invoice: "in_2", paymentIntent: "pi_2" }),
      stripeInvoicePaymentPaid({ ...on(367), id: "inpay_2", invoice: "in_2", paymentIntent: "pi_3" }),
      refund(370, { charge: null, payment_intent: "pi_3", amount: 11_900 }),
      refunded(370, 11_900, { id: "ch_3", paymentIntent: "pi_3" }),
      refund(371, { id: "re_2", charge: null, payment_intent: "pi_2" }),
      refunded(371, 5950, { id: "ch_2", paymentIntent: "pi_2" }),
    ],
    ends: [...order(1000), renewed(500)],
  },
]);
