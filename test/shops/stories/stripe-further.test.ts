import { type Json, stripeDispute, stripeEvent, stripeInvoicePaymentPaid } from "../stripe-fixtures.ts";
import { stripeCreditNote } from "../stripe-refund-fixtures.ts";
import { playStories } from "./story.ts";
import { invoice, on, order, refund, refunded, renewed, session, subscribed } from "./stripe-tellings.ts";

const disputed = (day: number, type: string, status: string, more: object = {}) =>
  stripeDispute({
    ...on(day, type),
    type: `charge.dispute.${type}` as "charge.dispute.closed",
    id: "du_1",
    charge: "ch_1",
    paymentIntent: "pi_1",
    status,
    ...more,
  });

playStories("stripe", [
  {
    name: "a refund that names the charge alone, which fails after the charge's own total",
    tells: (ref) => [
      session(ref),
      refunded(2, 5950),
      refund(9, { payment_intent: null, status: "failed" }, 1.9),
    ],
    ends: order(1000),
  },
  {
    name: "a charge without a payment intent, of an older version, refunded in two parts",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, { generation: "acacia", charge: "ch_2", more: { payment_intent: null } }),
      refunded(370, 2380, { id: "ch_2", paymentIntent: null, invoice: "in_2", generation: "acacia" }),
      refunded(380, 5950, { id: "ch_2", paymentIntent: null, invoice: "in_2", generation: "acacia" }),
    ],
    ends: [...order(1000), renewed(500)],
  },
  {
    name: "a charge that alone shows a session and an invoice to be one sale",
    tells: (ref) => [
      session(ref, { mode: "subscription", subscription: "sub_1" }),
      invoice(0.1, { id: "in_1", billingReason: "subscription_create", charge: null }),
      refunded(3, 5950, { invoice: "in_1", generation: "acacia" }),
    ],
    ends: [...order(500), { order: "in_1", earnedMinor: 500 }].slice(0, 1),
  },
  {
    name: "krónur refunded in two parts, of which the first fails",
    tells: (ref) => [
      session(ref, { currency: "isk", totalMinor: 1_190_000, taxMinor: 190_000 }),
      refunded(2, 119_000, { currency: "isk", amountMinor: 1_190_000 }),
      refunded(4, 357_000, { currency: "isk", amountMinor: 1_190_000 }),
      refund(9, { amount: 119_000, currency: "isk", status: "failed" }, 2),
    ],
    ends: order(800, { currency: "ISK", netMinor: 10_000 }),
  },
  {
    name: "forint and Taiwan dollars, both in hundredths",
    tells: (ref) => [
      session(ref, { currency: "huf" }),
      refunded(2, 2380, { currency: "huf" }),
      session(ref, { ...on(1, "b"), id: "cs_2", paymentIntent: "pi_2", currency: "twd" }),
      refunded(3, 1190, { id: "ch_2", paymentIntent: "pi_2", currency: "twd" }),
    ],
    ends: [...order(800, { currency: "HUF" }), { order: "cs_2", earnedMinor: 900, currency: "TWD" }],
  },
  {
    name: "a dispute that is lost, and whose money comes back after all",
    tells: (ref) => [
      session(ref),
      disputed(5, "created", "needs_response"),
      disputed(5.1, "funds_withdrawn", "needs_response"),
      disputed(40, "closed", "lost"),
      disputed(90, "funds_reinstated", "won"),
    ],
    ends: order(1000),
  },
  {
    name: "a dispute whose money comes back before the bank has closed it",
    tells: (ref) => [
      session(ref),
      disputed(5, "created", "needs_response"),
      disputed(30, "funds_reinstated", "under_review"),
    ],
    ends: order(1000),
  },
  {
    name: "a change of quantity that is billed by hand, and an invoice of no subscription for anything",
    tells: (ref) => [
      subscribed(ref),
      invoice(90, { billingReason: "manual", totalMinor: 5950, taxMinor: 950 }),
      invoice(91, { id: "in_9", billingReason: "manual", subscription: null }),
    ],
    ends: [
      ...order(1000),
      renewed(500, { cycle: "renewal" }),
      { order: "in_9", earnedMinor: 0, unknown: true },
    ],
  },
  {
    name: "two disputes of one payment, of which one is won and the other lost",
    tells: (ref) => [
      session(ref),
      disputed(5, "created", "needs_response", { amountMinor: 5950 }),
      disputed(6, "created", "under_review", { id: "du_2", amountMinor: 2380, ...on(6, "b") }),
      disputed(40, "closed", "won", { amountMinor: 5950 }),
      disputed(41, "closed", "lost", { id: "du_2", amountMinor: 2380, ...on(41, "b") }),
    ],
    ends: order(800),
  },
  {
    name: "a part refunded, and a part disputed and lost",
    tells: (ref) => [
      session(ref),
      refunded(2, 2380),
      disputed(5, "created", "needs_response", { amountMinor: 4760 }),
      disputed(40, "closed", "lost", { amountMinor: 4760 }),
    ],
    ends: order(400),
  },
  {
    name: "an invoice paid twice, of which both payments are given back",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, {}),
      stripeInvoicePaymentPaid({ ...on(366), id: "inpay_1", invoice: "in_2", paymentIntent: "pi_2" }),
      stripeInvoicePaymentPaid({ ...on(367), id: "inpay_2", invoice: "in_2", paymentIntent: "pi_3" }),
      refunded(370, 11_900, { id: "ch_3", paymentIntent: "pi_3" }),
      refunded(371, 5950, { id: "ch_2", paymentIntent: "pi_2" }),
    ],
    ends: [...order(1000), renewed(500)],
  },
  {
    name: "an invoice paid twice, of which the second payment is disputed and lost",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, {}),
      stripeInvoicePaymentPaid({ ...on(366), id: "inpay_1", invoice: "in_2", paymentIntent: "pi_2" }),
      stripeInvoicePaymentPaid({ ...on(367), id: "inpay_2", invoice: "in_2", paymentIntent: "pi_3" }),
      disputed(370, "created", "needs_response", { charge: "ch_3", paymentIntent: "pi_3" }),
      disputed(400, "closed", "lost", { charge: "ch_3", paymentIntent: "pi_3" }),
    ],
    ends: [...order(1000), renewed(1000)],
  },
  {
    name: "a credit note of which a half is refunded and a half settled outside",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, { generation: "acacia", charge: "ch_1", paymentIntent: "pi_1" }),
      refunded(370, 5950, { invoice: "in_2", generation: "acacia" }),
      stripeEvent(
        "credit_note.created",
        {
          ...((stripeCreditNote() as { data: { object: Json } }).data.object as Json),
          invoice: "in_2",
          out_of_band_amount: 2380,
        },
        on(370, "note"),
      ),
    ],
    ends: [...order(1000), renewed(300)],
  },
  {
    name: "a quantity raised in mid-term, then lowered, whose credit lowers the next term",
    tells: (ref) => [
      subscribed(ref),
      invoice(90, {
        id: "in_3",
        billingReason: "subscription_update",
        totalMinor: 23_800,
        taxMinor: 3800,
      }),
      invoice(180, {
        id: "in_4",
        billingReason: "subscription_update",
        totalMinor: -1190,
        taxMinor: -190,
        amountDueMinor: 0,
      }),
      invoice(365, { totalMinor: 35_700, taxMinor: 5700, amountDueMinor: 34_510 }),
    ],
    ends: [
      ...order(1000),
      { order: "in_3", earnedMinor: 2000, cycle: "renewal" },
      { order: "in_4", earnedMinor: 0, unknown: true },
      renewed(2900, { netMinor: 29_000 }),
    ],
  },
  {
    name: "events and states of a kind that nobody knows yet",
    tells: (ref) => [
      session(ref, {
        more: { mode: "donation", ui_mode: "brand_new", total_details: null, customer_details: null },
      }),
      {
        id: "evt_thin",
        object: "v2.core.event",
        type: "v2.core.account.updated",
        created: "2026-01-01T00:00:00Z",
      },
      stripeEvent("radar.early_fraud_warning.created", { id: "issfr_1", object: "radar" }, on(1, "radar")),
      refund(2, { status: "brand_new" }),
      disputed(5, "created", "warning_brand_new"),
      disputed(6, "closed", "brand_new"),
      disputed(7, "updated", "needs_response"),
    ],
    ends: order(1190, { netMinor: 11_900, taxMinor: 0 }),
  },
  {
    name: "an invoice with the least that one has",
    tells: (ref) => [
      subscribed(ref),
      stripeEvent(
        "invoice.paid",
        {
          id: "in_2",
          object: "invoice",
          billing_reason: "subscription_cycle",
          currency: "eur",
          total: 11_900,
          total_excluding_tax: 10_000,
          subscription: { id: "sub_1", object: "subscription" },
        },
        on(365, "least"),
      ),
    ],
    ends: [...order(1000), renewed(1000, { netMinor: 10_000, cycle: "renewal" })],
  },
  {
    name: "a subscription that is cancelled, and one that begins anew with a link of its own",
    tells: (ref) => [
      subscribed(ref),
      stripeEvent("customer.subscription.deleted", { id: "sub_1", object: "subscription" }, on(100, "sub")),
      session(ref, {
        ...on(200, "b"),
        id: "cs_2",
        mode: "subscription",
        paymentIntent: null,
        invoice: "in_5",
        subscription: "sub_2",
      }),
      invoice(565, { subscription: "sub_2" }),
    ],
    ends: [...order(1000), { order: "cs_2", earnedMinor: 1000 }, renewed(1000, { cycle: "renewal" })],
  },
]);
