import {
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeInvoicePaid,
} from "../stripe-fixtures.ts";
import { playStories } from "./story.ts";
import {
  invoice,
  on,
  order,
  refund,
  refunded,
  renewed,
  session,
  start,
  subscribed,
} from "./stripe-tellings.ts";

const disputed = (
  day: number,
  type: "created" | "closed" | "funds_withdrawn" | "funds_reinstated",
  more: object,
) =>
  stripeDispute({
    ...on(day, `du_${type}`),
    ...{ type: `charge.dispute.${type}`, id: "du_1", charge: "ch_1", paymentIntent: "pi_1" },
    ...more,
  });
const of = (id: string, earnedMinor: number, more: object = {}) => ({ order: id, earnedMinor, ...more });
/** An invoice that names its payment, as versions before 2025-03-31 do. */
const paidBy = (payment: string, more: object = {}) => ({
  generation: "acacia" as const,
  ...{ charge: `ch_${payment}`, paymentIntent: `pi_${payment}`, ...more },
});
const back = (day: number, payment: string, refundedMinor: number, more: object = {}) =>
  stripeChargeRefunded({
    ...on(day, `back_${payment}`),
    ...{ id: `ch_${payment}`, paymentIntent: `pi_${payment}`, refundedMinor, ...more },
  });

playStories("stripe", [
  {
    name: "two refunds, a dispute about the rest that is lost, and won after all",
    tells: (ref) => [
      session(ref),
      refunded(2, 2380),
      refunded(9, 5950),
      disputed(20, "created", { status: "needs_response", amountMinor: 5950 }),
      disputed(21, "funds_withdrawn", { status: "needs_response", amountMinor: 5950 }),
      disputed(60, "closed", { status: "lost", amountMinor: 5950 }),
      disputed(80, "closed", { status: "won", amountMinor: 5950 }),
      disputed(81, "funds_reinstated", { status: "won", amountMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "dinars of three digits: a term refunded in part twice, of which the first fails",
    tells: (ref) => {
      const dinars = { currency: "kwd", totalMinor: 119_000, taxMinor: 19_000 };
      const gone = { currency: "kwd", amountMinor: 119_000 };
      return [
        session(ref, {
          mode: "subscription",
          paymentIntent: null,
          invoice: "in_1",
          subscription: "sub_1",
          ...dinars,
        }),
        invoice(365, { ...dinars, ...paidBy("2") }),
        back(370, "2", 23_800, gone),
        refund(
          374,
          { amount: 23_800, currency: "kwd", status: "failed", charge: "ch_2", payment_intent: "pi_2" },
          370,
        ),
        back(380, "2", 47_600, gone),
      ];
    },
    ends: [...order(10_000, { currency: "KWD" }), renewed(6000, { currency: "KWD", cycle: "renewal" })],
  },
  {
    name: "a trial, a first payment, an upgrade that goes back whole, a larger term that is disputed in part",
    tells: (ref) => [
      session(ref, {
        ...{ mode: "subscription", paymentStatus: "no_payment_required", totalMinor: 0, taxMinor: 0 },
        ...{ paymentIntent: null, invoice: "in_1", subscription: "sub_1" },
      }),
      invoice(0, { id: "in_1", totalMinor: 0, taxMinor: 0, billingReason: "subscription_create" }),
      invoice(14, {}),
      invoice(90, {
        ...{ id: "in_3", totalMinor: 5950, taxMinor: 950, billingReason: "subscription_update" },
        ...paidBy("3"),
      }),
      back(95, "3", 5950, { amountMinor: 5950 }),
      invoice(379, { id: "in_4", totalMinor: 23_800, taxMinor: 3800, ...paidBy("4") }),
      disputed(390, "created", {
        ...{
          status: "needs_response",
          id: "du_4",
          charge: "ch_4",
          paymentIntent: "pi_4",
          amountMinor: 11_900,
        },
      }),
      disputed(430, "closed", {
        ...{ status: "lost", id: "du_4", charge: "ch_4", paymentIntent: "pi_4", amountMinor: 11_900 },
      }),
    ],
    ends: [
      ...order(0),
      renewed(1000, { cycle: "renewal" }),
      of("in_3", 0, { cycle: "renewal" }),
      of("in_4", 1000, { netMinor: 20_000 }),
    ],
  },
  {
    name: "a clock that is a month ahead: a refund that fails, and one that does not",
    tells: (ref) => [
      session(ref, on(400)),
      refunded(401, 11_900),
      refund(405, { amount: 11_900, status: "failed" }, 401),
      refunded(410, 2380),
    ],
    ends: order(800),
  },
  {
    name: "a clock that is a month ahead at the renewal alone, and right again when it is refunded in part",
    tells: (ref) => [
      subscribed(ref),
      invoice(410, paidBy("2")),
      back(411, "2", 5950),
      refund(412, { amount: 5950, status: "canceled", charge: "ch_2", payment_intent: "pi_2" }, 411),
    ],
    ends: [...order(1000), renewed(1000, { cycle: "renewal" })],
  },
  {
    name: "cancelled, and bought anew years later through the product, each with terms of its own",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, paidBy("2")),
      stripeCheckoutCompleted({
        ...on(1200, "cs_2"),
        ...{
          id: "cs_2",
          mode: "subscription",
          paymentIntent: null,
          invoice: "in_8",
          subscription: "sub_2",
          reference: ref,
        },
      }),
      stripeInvoicePaid({
        ...on(1565, "in_9"),
        ...{ id: "in_9", subscription: "sub_2", ...paidBy("9") },
      }),
      back(1570, "9", 2380),
    ],
    ends: [
      ...order(1000, { cycle: "new" }),
      renewed(1000, { cycle: "renewal" }),
      of("cs_2", 1000),
      of("in_9", 800, { cycle: "renewal" }),
    ],
  },
  {
    name: "a session of which a balance paid half, half of that refunded, and the rest disputed and lost",
    tells: (ref) => [
      subscribed(ref),
      stripeInvoicePaid({
        ...on(0, "in_"),
        ...{ id: "in_1", billingReason: "subscription_create", subscription: "sub_1", amountDueMinor: 5950 },
        ...paidBy("1"),
      }),
      refunded(3, 2975, { amountMinor: 5950 }),
      disputed(9, "created", { status: "needs_response", amountMinor: 2975 }),
      disputed(40, "closed", { status: "lost", amountMinor: 2975 }),
    ],
    ends: order(0, { netMinor: 5000, taxMinor: 950 }),
  },
  {
    name: "one refund told by four events, under way at first, beside another that is cancelled",
    tells: (ref) => [
      session(ref),
      refund(2, { status: "pending" }),
      refund(3, {}, 2),
      refunded(3, 5950),
      refund(4, { id: "re_2", amount: 2380, status: "requires_action" }),
      refund(8, { id: "re_2", amount: 2380, status: "canceled" }, 4),
      { ...refund(3, {}, 2), id: "evt_told_again", created: start + 20 * 86_400 },
    ],
    ends: order(500),
  },
  {
    name: "seats added in mid-term, taken off by a credit, the next term in full and its tax alone disputed",
    tells: (ref) => [
      subscribed(ref),
      invoice(100, {
        ...{ id: "in_3", totalMinor: 2975, taxMinor: 475, billingReason: "subscription_update" },
        ...paidBy("3"),
      }),
      invoice(200, {
        id: "in_4",
        totalMinor: -1190,
        taxMinor: -190,
        amountDueMinor: 0,
        billingReason: "subscription_update",
      }),
      invoice(365, { amountDueMinor: 10_710, ...paidBy("2") }),
      disputed(370, "created", {
        ...{ status: "needs_response", charge: "ch_2", paymentIntent: "pi_2", amountMinor: 1071 },
      }),
    ],
    ends: [
      ...order(1000),
      of("in_3", 250),
      of("in_4", 0, { unknown: true }),
      renewed(810, { netMinor: 9000 }),
    ],
  },
]);
