import {
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeInvoicePaid,
} from "../stripe-fixtures.ts";
import { stripeRefund } from "../stripe-refund-fixtures.ts";
import type { LostStory } from "./story.ts";

/** Stripe tells its events for 30 days, so what it tells is of the last ones before the journey. */
const lately = (day: number) => Math.round(Date.UTC(2026, 9, 25) / 1000 + day * 86_400);
const on = (day: number) => ({ eventId: `evt_${day}`, createdSeconds: lately(day) });
const stripe = (name: string, tells: LostStory["tells"], ends: LostStory["ends"]): LostStory => ({
  ...{ name, kind: "stripe", host: "https://api.stripe.com", settings: { api: { token: "rk_1" } } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => ({
      body: { data: path.startsWith("/v1/events") ? tells(reference).toReversed() : [], has_more: false },
    }),
});
const stripeRe = (day: number, status: string) =>
  stripeRefund({
    ...on(day),
    type: status === "failed" ? "refund.failed" : "refund.updated",
    status,
    amountMinor: 5950,
    createdAtSeconds: lately(2),
  });
const stripeDu = (day: number, status: string) =>
  stripeDispute({
    ...on(day),
    type: status === "won" ? "charge.dispute.closed" : "charge.dispute.created",
    id: "du_1",
    charge: "ch_1",
    paymentIntent: "pi_1",
    amountMinor: 2380,
    status,
  });

/** Stories of Stripe whose webhooks may be lost. */
export const stripeStories: LostStory[] = [
  stripe(
    "a refund that fails beside a dispute that is won",
    (reference) => [
      stripeCheckoutCompleted({ ...on(0), id: "cs_1", paymentIntent: "pi_1", reference }),
      stripeChargeRefunded({ ...on(2), id: "ch_1", paymentIntent: "pi_1", refundedMinor: 5950 }),
      stripeRe(2.1, "succeeded"),
      stripeRe(9, "failed"),
      stripeDu(10, "needs_response"),
      stripeDu(20, "won"),
    ],
    { cs_1: 1000 },
  ),
  stripe(
    "a subscription's first invoice and its next one, refunded in part",
    (reference) => [
      stripeCheckoutCompleted({
        ...{ ...on(0), id: "cs_1", mode: "subscription", paymentIntent: null, reference },
        ...{ invoice: "in_1", subscription: "sub_1" },
      }),
      stripeInvoicePaid({
        ...on(1),
        id: "in_1",
        billingReason: "subscription_create",
        subscription: "sub_1",
      }),
      stripeInvoicePaid({
        ...{ ...on(20), id: "in_2", subscription: "sub_1", generation: "acacia" },
        ...{ charge: "ch_2", paymentIntent: "pi_2" },
      }),
      stripeChargeRefunded({ ...on(22), id: "ch_2", paymentIntent: "pi_2", refundedMinor: 2380 }),
    ],
    { cs_1: 1000, in_2: 800 },
  ),
];
