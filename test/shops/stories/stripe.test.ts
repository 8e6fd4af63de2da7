import {
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeInvoicePaid,
  stripeInvoicePaymentPaid,
} from "../stripe-fixtures.ts";
import { stripeCreditNote, stripeRefund } from "../stripe-refund-fixtures.ts";
import { playStories } from "./story.ts";

const start = 1_763_561_590;
/** The envelope of the event that happens so many days after the first. */
const on = (day: number) => ({ eventId: `evt_${day}`, createdSeconds: start + day * 86_400 });
const begunOn = (day: number) => ({ createdAtSeconds: start + day * 86_400 });

const session = (reference: string, more: object = {}) =>
  stripeCheckoutCompleted({ ...on(0), id: "cs_1", paymentIntent: "pi_1", reference, ...more });
const refunded = (day: number, refundedMinor: number) =>
  stripeChargeRefunded({ ...on(day), id: "ch_1", paymentIntent: "pi_1", refundedMinor });
const disputed = (day: number, type: "created" | "closed", status: string, more: object = {}) =>
  stripeDispute({
    ...on(day),
    type: `charge.dispute.${type}`,
    id: "du_1",
    charge: "ch_1",
    paymentIntent: "pi_1",
    status,
    ...more,
  });
const subscribed = (reference: string) =>
  session(reference, { mode: "subscription", paymentIntent: null, invoice: "in_1", subscription: "sub_1" });
const order = (earnedMinor: number, more: object = {}) => [{ order: "cs_1", earnedMinor, ...more }];

playStories("stripe", [
  { name: "a purchase", tells: (reference) => [session(reference)], ends: order(1000, { netMinor: 10_000 }) },
  {
    name: "a refund that failed days later",
    tells: (reference) => [
      session(reference),
      refunded(2, 11_900),
      stripeRefund({ ...on(3), status: "succeeded", amountMinor: 11_900, ...begunOn(2) }),
      stripeRefund({ ...on(9), type: "refund.failed", status: "failed", amountMinor: 11_900, ...begunOn(2) }),
    ],
    ends: order(1000),
  },
  {
    name: "a refund that failed, and was made again in part",
    tells: (reference) => [
      session(reference),
      refunded(2, 11_900),
      stripeRefund({ ...on(4), status: "failed", amountMinor: 11_900, ...begunOn(2) }),
      refunded(6, 1190),
    ],
    ends: order(900),
  },
  {
    name: "a refund that is only told by itself",
    tells: (reference) => [session(reference), stripeRefund({ ...on(2), amountMinor: 5950, ...begunOn(2) })],
    ends: order(500),
  },
  {
    name: "a session that a credit balance paid in part",
    tells: (reference) => [
      subscribed(reference),
      stripeInvoicePaid({
        ...on(1),
        id: "in_1",
        billingReason: "subscription_create",
        subscription: "sub_1",
        amountDueMinor: 5950,
      }),
    ],
    ends: order(500, { netMinor: 5000, taxMinor: 950 }),
  },
  {
    name: "an invoice paid twice, one payment given back",
    tells: (reference) => [
      subscribed(reference),
      stripeInvoicePaid({ ...on(365), id: "in_2", subscription: "sub_1" }),
      stripeInvoicePaymentPaid({ ...on(366), id: "inpay_1", invoice: "in_2", paymentIntent: "pi_2" }),
      stripeInvoicePaymentPaid({ ...on(367), id: "inpay_2", invoice: "in_2", paymentIntent: "pi_3" }),
      stripeChargeRefunded({ ...on(370), id: "ch_3", paymentIntent: "pi_3" }),
    ],
    ends: [{ order: "in_2", earnedMinor: 1000, netMinor: 10_000, cycle: "renewal" }],
  },
  {
    name: "a credit note settled by bank transfer, half of it voided",
    tells: (reference) => [
      subscribed(reference),
      stripeInvoicePaid({
        ...on(1),
        id: "in_1",
        billingReason: "subscription_create",
        subscription: "sub_1",
      }),
      stripeCreditNote({ ...on(20), outsideMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "a credit note that was voided",
    tells: (reference) => [
      subscribed(reference),
      stripeInvoicePaid({
        ...on(1),
        id: "in_1",
        billingReason: "subscription_create",
        subscription: "sub_1",
      }),
      stripeCreditNote(on(20)),
      stripeCreditNote({ ...on(21), type: "credit_note.voided", status: "void" }),
    ],
    ends: order(1000),
  },
  {
    name: "a dispute that is won, then lost after all",
    tells: (reference) => [
      session(reference),
      disputed(5, "created", "needs_response"),
      disputed(40, "closed", "won"),
      disputed(80, "closed", "lost"),
    ],
    ends: order(0),
  },
  {
    name: "a partial dispute",
    tells: (reference) => [
      session(reference),
      disputed(5, "created", "needs_response", { amountMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "a dispute in another currency",
    tells: (reference) => [session(reference), disputed(5, "created", "needs_response", { currency: "usd" })],
    ends: order(0, { outcome: "held" }),
  },
  {
    name: "a session and an invoice without a common id, joined by the payment",
    tells: (reference) => [
      session(reference, { subscription: "sub_1", mode: "subscription" }),
      stripeInvoicePaid({
        ...on(1),
        id: "in_1",
        billingReason: "subscription_create",
        subscription: "sub_1",
      }),
      stripeInvoicePaymentPaid({ ...on(2), id: "inpay_1", invoice: "in_1", paymentIntent: "pi_1" }),
    ],
    ends: order(1000),
  },
  {
    name: "the earlier of two refunds fails",
    tells: (reference) => [
      session(reference),
      refunded(2, 5950),
      refunded(3, 8330),
      stripeRefund({ ...on(9), id: "re_1", status: "failed", amountMinor: 5950, ...begunOn(2) }),
    ],
    ends: order(800),
  },
  {
    name: "a refund under way that is cancelled",
    tells: (reference) => [
      session(reference),
      stripeRefund({
        ...on(2),
        type: "refund.created",
        status: "pending",
        amountMinor: 11_900,
        ...begunOn(2),
      }),
      refunded(2.1, 11_900),
      stripeRefund({ ...on(4), status: "canceled", amountMinor: 11_900, ...begunOn(2) }),
    ],
    ends: order(1000),
  },
  {
    name: "a trial, then the first payment, which is paid back in part",
    tells: (reference) => [
      session(reference, {
        mode: "subscription",
        paymentStatus: "no_payment_required",
        totalMinor: 0,
        paymentIntent: null,
        invoice: "in_0",
        subscription: "sub_1",
      }),
      stripeInvoicePaid({
        ...on(14),
        id: "in_1",
        subscription: "sub_1",
        generation: "acacia",
        charge: "ch_9",
      }),
      stripeChargeRefunded({ ...on(20), id: "ch_9", paymentIntent: null, refundedMinor: 2380 }),
    ],
    ends: [
      ...order(0, { netMinor: 0 }),
      { order: "in_1", earnedMinor: 800, netMinor: 10_000, cycle: "renewal" },
    ],
  },
  {
    name: "an upgrade within a term inherits its subscription",
    tells: (reference) => [
      subscribed(reference),
      stripeInvoicePaid({
        ...on(90),
        id: "in_2",
        subscription: "sub_1",
        billingReason: "subscription_update",
        totalMinor: 5950,
        taxMinor: 950,
      }),
    ],
    ends: [...order(1000), { order: "in_2", earnedMinor: 500, netMinor: 5000, cycle: "renewal" }],
  },
  {
    name: "an inquiry that comes to nothing",
    tells: (reference) => [
      session(reference),
      disputed(5, "created", "warning_needs_response"),
      disputed(9, "closed", "warning_closed"),
    ],
    ends: order(1000),
  },
  {
    name: "a refund of all while a dispute is open, which is closed for it",
    tells: (reference) => [
      session(reference),
      disputed(5, "created", "needs_response", { amountMinor: 5950 }),
      refunded(6, 5950),
      disputed(7, "closed", "charge_refunded", { amountMinor: 5950 }),
    ],
    ends: order(500),
  },
]);
