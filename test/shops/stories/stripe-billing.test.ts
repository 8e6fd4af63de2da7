import {
  type Json,
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeEvent,
  stripeInvoicePaid,
} from "../stripe-fixtures.ts";
import { stripeCreditNote, stripeRefund } from "../stripe-refund-fixtures.ts";
import { playStories } from "./story.ts";

const start = 1_763_561_590;
/** The envelope of the event that happens so many days after the first. */
const on = (day: number) => ({ eventId: `evt_${day}`, createdSeconds: start + day * 86_400 });

const session = (reference: string, more: object = {}) =>
  stripeCheckoutCompleted({ ...on(0), id: "cs_1", paymentIntent: "pi_1", reference, ...more });
const subscribed = (reference: string) =>
  session(reference, { mode: "subscription", paymentIntent: null, invoice: "in_1", subscription: "sub_1" });
const refunded = (day: number, refundedMinor: number, more: object = {}) =>
  stripeChargeRefunded({ ...on(day), id: "ch_1", paymentIntent: "pi_1", refundedMinor, ...more });
const order = (earnedMinor: number, more: object = {}) => [{ order: "cs_1", earnedMinor, ...more }];
const renewed = (earnedMinor: number, more: object = {}) => ({ order: "in_2", earnedMinor, ...more });

/** A line of an invoice with 19 % of tax, below zero for what is left of an old plan. */
const line = (id: string, amount: number, more: Json = {}): Json => ({
  id,
  object: "line_item",
  amount,
  quantity: 1,
  taxes: [{ amount: Math.round(amount * 0.19), tax_behavior: "exclusive" }],
  pricing: { price_details: { price: "price_1", product: "prod_1" } },
  parent: { subscription_item_details: { subscription: "sub_1", proration: false } },
  ...more,
});
const prorated = { parent: { subscription_item_details: { subscription: "sub_1", proration: true } } };
const lines = (...data: Json[]) => ({ more: { lines: { object: "list", data, has_more: false } } });
const invoice = (day: number, more: object) =>
  stripeInvoicePaid({ ...on(day), id: "in_2", subscription: "sub_1", ...more });

playStories("stripe", [
  {
    name: "a code for all of it",
    tells: (reference) => [
      session(reference, {
        totalMinor: 0,
        paymentStatus: "no_payment_required",
        paymentIntent: null,
        discounts: [{ coupon: null, promotion_code: "promo_1" }],
      }),
    ],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "a larger plan that gives back what is left of the old one, half of it refunded",
    tells: (reference) => [
      subscribed(reference),
      invoice(90, {
        billingReason: "subscription_update",
        generation: "acacia",
        charge: "ch_2",
        paymentIntent: "pi_2",
        totalMinor: 7140,
        taxMinor: 1140,
        ...lines(line("il_1", 10_000, prorated), line("il_2", -4000, prorated)),
      }),
      stripeChargeRefunded({
        ...on(92),
        id: "ch_2",
        amountMinor: 7140,
        refundedMinor: 3570,
        paymentIntent: "pi_2",
      }),
    ],
    ends: [...order(1000), renewed(300, { netMinor: 6000, cycle: "renewal" })],
  },
  {
    name: "a smaller plan in mid-term, whose credit pays half of the next term",
    tells: (reference) => [
      subscribed(reference),
      stripeInvoicePaid({
        ...on(90),
        id: "in_9",
        subscription: "sub_1",
        billingReason: "subscription_update",
        totalMinor: -5950,
        taxMinor: -950,
        ...lines(line("il_1", -10_000, prorated), line("il_2", 5000, prorated)),
      }),
      invoice(365, { amountDueMinor: 5950 }),
    ],
    ends: [
      ...order(1000),
      { order: "in_9", earnedMinor: 0, unknown: true },
      renewed(500, { netMinor: 5000, cycle: "renewal" }),
    ],
  },
  {
    name: "prices with their tax, a discount on a line, and another quantity",
    tells: (reference) => [
      subscribed(reference),
      invoice(365, {
        totalMinor: 21_420,
        taxMinor: 3420,
        ...lines(
          line("il_1", 23_800, {
            quantity: 2,
            discount_amounts: [{ amount: 2380 }],
            taxes: [{ amount: 3420, tax_behavior: "inclusive" }],
          }),
        ),
      }),
    ],
    ends: [...order(1000), renewed(1800, { netMinor: 18_000, taxMinor: 3420 })],
  },
  {
    name: "a credit note of a half before the invoice was paid, which lowers what is due",
    tells: (reference) => [
      subscribed(reference),
      stripeCreditNote({ ...on(0.5), outsideMinor: 0 }),
      stripeInvoicePaid({
        ...on(1),
        id: "in_1",
        billingReason: "subscription_create",
        subscription: "sub_1",
        amountDueMinor: 5950,
        more: { pre_payment_credit_notes_amount: 5950 },
      }),
    ],
    ends: order(500, { netMinor: 5000 }),
  },
  {
    name: "an invoice paid outside of Stripe",
    tells: (reference) => [
      subscribed(reference),
      invoice(365, { amountDueMinor: 11_900, amountPaidMinor: 0, more: { paid_out_of_band: true } }),
    ],
    ends: [...order(1000), renewed(1000)],
  },
  {
    name: "a dispute after all was refunded, which is won",
    tells: (reference) => [
      session(reference),
      refunded(2, 11_900),
      stripeDispute({ ...on(9), id: "du_1", charge: "ch_1", paymentIntent: "pi_1" }),
      stripeDispute({
        ...on(40),
        type: "charge.dispute.closed",
        status: "won",
        id: "du_1",
        charge: "ch_1",
        paymentIntent: "pi_1",
      }),
    ],
    ends: order(0),
  },
  {
    name: "refunds in parts, of which the last fails, each told twice by another id",
    tells: (reference) => [
      session(reference),
      { ...session(reference), id: "evt_again" },
      refunded(2, 2380),
      refunded(2, 2380, { eventId: "evt_2_again" }),
      refunded(4, 4760),
      stripeRefund({
        ...on(9),
        id: "re_2",
        status: "failed",
        amountMinor: 2380,
        createdAtSeconds: start + 4 * 86_400,
      }),
    ],
    ends: order(800),
  },
  {
    name: "dinars of three digits",
    tells: (reference) => [
      session(reference, { currency: "kwd", totalMinor: 11_900 }),
      refunded(2, 1190, { currency: "kwd" }),
    ],
    ends: order(900, { currency: "KWD", netMinor: 10_000 }),
  },
  {
    name: "a subscription that is paused, and resumed by another address",
    tells: (reference) => [
      subscribed(reference),
      stripeEvent("customer.subscription.paused", { id: "sub_1", object: "subscription" }, on(300)),
      stripeEvent("customer.subscription.resumed", { id: "sub_1", object: "subscription" }, on(500)),
      invoice(501, { email: "other@example.com" }),
    ],
    ends: [...order(1000), renewed(1000, { cycle: "renewal" })],
  },
  {
    name: "an authorisation that is let go, and a bank transfer that never comes",
    tells: (reference) => [
      session(reference, { paymentStatus: "unpaid" }),
      refunded(7, 11_900, { more: { captured: false, amount_captured: 0 } }),
      stripeEvent("checkout.session.async_payment_failed", { id: "cs_1" }, on(9)),
    ],
    ends: [{ order: "cs_1", earnedMinor: 0, unknown: true }],
  },
]);
