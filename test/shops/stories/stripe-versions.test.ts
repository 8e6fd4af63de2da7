import { type Json, stripeDispute, stripeEvent, stripeInvoicePaymentPaid } from "../stripe-fixtures.ts";
import { playStories } from "./story.ts";
import { invoice, on, order, refund, refunded, renewed, session, subscribed } from "./stripe-tellings.ts";

const lines = (...data: Json[]) => ({ lines: { object: "list", data, has_more: false } });
/** A line as versions since 2025-03-31 tell it. */
const soldLine = (id: string, amount: number, more: Json = {}) => ({
  id,
  object: "line_item",
  amount,
  metadata: {},
  quantity: 1,
  pricing: { type: "price_details", price_details: { price: `price_${id}`, product: `prod_${id}` } },
  ...more,
});
/** A line of a session whose lines were expanded. */
const sessionLine = (id: string, total: number, more: Json = {}) => ({
  id,
  object: "item",
  amount_total: total,
  amount_subtotal: total,
  amount_tax: 0,
  quantity: 1,
  price: { id: `price_${id}`, product: `prod_${id}`, recurring: null },
  ...more,
});
const year = { start: 1_763_561_590, end: 1_795_097_590 };

playStories("stripe", [
  {
    name: "a subscription of 2019, whose lines tell a plan and no price",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, {
        generation: "acacia",
        more: lines({
          id: "sli_1",
          amount: 10_000,
          quantity: 2,
          price: null,
          plan: { id: "plan_9", product: "prod_9", interval: "year", interval_count: 1 },
          proration: false,
          subscription: "sub_1",
          type: "subscription",
        }),
      }),
    ],
    ends: [
      ...order(1000),
      renewed(1000, {
        lines: [
          { articles: ["prod_9", "plan_9"], quantity: 2, kind: "renewal", period: "P1Y" },
          { line: "rest", netMinor: 0, taxMinor: 1900 },
        ],
      }),
    ],
  },
  {
    name: "an invoice of the newest version: granted credits on one line, shipping, and a term by its days",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, {
        totalMinor: 11_900,
        taxMinor: 1900,
        more: {
          shipping_cost: { amount_subtotal: 1000, amount_tax: 190, amount_total: 1190, shipping_rate: null },
          ...lines(
            soldLine("a", 8000, { quantity: 4, quantity_decimal: "4", period: year }),
            soldLine("b", 3000, {
              quantity: null,
              discount_amounts: [{ amount: 500, discount: "di_1" }],
              pretax_credit_amounts: [
                { amount: 500, discount: "di_1", type: "discount" },
                { amount: 1500, credit_balance_transaction: "cbtxn_1", type: "credit_balance_transaction" },
              ],
            }),
          ),
        },
      }),
    ],
    ends: [
      ...order(1000),
      renewed(1000, {
        lines: [
          { articles: ["prod_a", "price_a"], quantity: 4, netMinor: 8000, listMinor: 8000, period: "P1Y" },
          { articles: ["prod_b", "price_b"], quantity: 1, netMinor: 1000, listMinor: 3000, period: null },
          { line: "shipping", netMinor: 1000, taxMinor: 190, kind: "shipping" },
          { line: "rest", netMinor: 0, taxMinor: 1710 },
        ],
      }),
    ],
  },
  {
    name: "a session with its lines, tax within the price, a code and shipping, a part refunded",
    tells: (ref) => [
      session(ref, {
        totalMinor: 15_470,
        taxMinor: 2470,
        more: {
          shipping_cost: { amount_subtotal: 1000, amount_tax: 190, amount_total: 1190 },
          line_items: {
            data: [
              sessionLine("a", 11_900, { amount_tax: 1900, amount_subtotal: 14_280, quantity: 3 }),
              sessionLine("b", 2380, {
                amount_tax: 380,
                price: {
                  id: "price_b",
                  product: { id: "prod_b", name: "Brushes" },
                  recurring: { interval: "month", interval_count: 6 },
                },
              }),
            ],
          },
        },
      }),
      refunded(3, 7735, { amountMinor: 15_470 }),
    ],
    ends: order(650, {
      netMinor: 13_000,
      lines: [
        { articles: ["prod_a", "price_a"], quantity: 3, netMinor: 10_000, taxMinor: 1900, listMinor: 14_280 },
        { articles: ["prod_b", "price_b"], netMinor: 2000, taxMinor: 380, period: "P6M" },
        { line: "shipping", netMinor: 1000, taxMinor: 190, kind: "shipping" },
      ],
      lostOfLines: [5000, 1000, 500],
    }),
  },
  {
    name: "test events of the same names between the real ones, which take nothing",
    tells: (ref) => [
      session(ref),
      { ...refunded(2, 11_900), livemode: false, id: "evt_test1" },
      { ...session(ref, { totalMinor: 1, taxMinor: 0 }), livemode: false, id: "evt_test2" },
      refunded(4, 5950),
    ],
    ends: order(500),
  },
  {
    name: "terms years apart, the last of which is refunded, and one that is told late of before the first sale",
    tells: (ref) => [
      subscribed(ref),
      invoice(-365, { id: "in_8", generation: "acacia" }),
      invoice(3650, { id: "in_9", charge: "ch_9", generation: "acacia", paymentIntent: "pi_9" }),
      refunded(3700, 11_900, { id: "ch_9", paymentIntent: "pi_9", invoice: "in_9", generation: "acacia" }),
    ],
    ends: [...order(1000), { order: "in_8", earnedMinor: 0 }, { order: "in_9", earnedMinor: 0 }],
  },
  {
    name: "a customer who moved: the next term in another currency, and a refund in that one",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, { currency: "jpy", generation: "acacia", charge: "ch_2", paymentIntent: "pi_2" }),
      refunded(370, 1190, { id: "ch_2", paymentIntent: "pi_2", currency: "jpy" }),
    ],
    ends: [...order(1000), renewed(900, { currency: "JPY" })],
  },
  {
    name: "reasons of other versions: before 2018, an item that waited, none at all",
    tells: (ref) => [
      subscribed(ref),
      invoice(90, { id: "in_3", billingReason: "subscription" }),
      invoice(91, { id: "in_4", billingReason: "automatic_pending_invoice_item_invoice" }),
      invoice(92, { id: "in_5", billingReason: null }),
    ],
    ends: [
      ...order(1000),
      { order: "in_3", earnedMinor: 1000, cycle: "renewal", lines: [{ kind: "renewal" }, { kind: "other" }] },
      { order: "in_4", earnedMinor: 1000, cycle: "renewal", lines: [{ kind: "addon" }, { kind: "other" }] },
      { order: "in_5", earnedMinor: 1000, cycle: "renewal", lines: [{ kind: "addon" }, { kind: "other" }] },
    ],
  },
  {
    name: "a term for nothing by a code of all, then one at its price, by the same subscription",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, { id: "in_3", totalMinor: 0, taxMinor: 0 }),
      invoice(730, {}),
    ],
    ends: [
      ...order(1000),
      { order: "in_3", earnedMinor: 0, outcome: "credited", netMinor: 0, cycle: "renewal" },
      renewed(1000),
    ],
  },
  {
    name: "a refund, its failure and a dispute in one second",
    tells: (ref) => [
      session(ref),
      refunded(2, 2380),
      { ...refund(2, { amount: 2380, status: "failed" }, 1.9), id: "evt_same1" },
      { ...stripeDispute({ ...on(2), charge: "ch_1", paymentIntent: "pi_1" }), id: "evt_same2" },
      {
        ...stripeDispute({
          ...on(2),
          type: "charge.dispute.closed",
          status: "won",
          charge: "ch_1",
          paymentIntent: "pi_1",
        }),
        id: "evt_same3",
      },
    ],
    ends: order(1000),
  },
  {
    name: "an invoice that a bank transfer overpaid, of which what was too much goes back",
    tells: (ref) => [
      subscribed(ref),
      invoice(365, { amountPaidMinor: 11_900, more: { amount_overpaid: 100 } }),
      stripeInvoicePaymentPaid({ ...on(366), id: "inpay_1", invoice: "in_2", paymentIntent: "pi_2" }),
      stripeEvent(
        "invoice_payment.paid",
        {
          id: "inpay_2",
          object: "invoice_payment",
          amount_paid: 100,
          currency: "eur",
          invoice: "in_2",
          payment: { type: "payment_record", payment_record: "prec_1" },
        },
        on(366, "record"),
      ),
      refund(370, { id: "re_9", amount: 100, charge: null, payment_intent: "pi_2" }),
    ],
    ends: [...order(1000), renewed(1000)],
  },
]);
