import { paddleAdjustment, paddleEvent, paddleTransactionCompleted } from "../paddle-fixtures.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;
const on = (day: number, name = "") => ({
  eventId: `evt_${name}${day}`,
  occurredAt: new Date(Date.UTC(2025, 10, 19, 14) + day * 86_400_000).toISOString(),
});
/** A line with what it came to, as Paddle counts: before its discount, and without its tax. */
const line = (id: string, subtotal: number, tax: number, more: Json = {}) => ({
  id: `txnitm_${id}`,
  price_id: `pri_${id}`,
  quantity: 1,
  proration: null,
  totals: {
    subtotal: String(subtotal),
    discount: "0",
    tax: String(tax),
    total: String(subtotal + tax),
  },
  product: { id: `pro_${id}`, name: id, custom_data: null },
  ...more,
});
/** A transaction of these lines, with what it came to. */
const sold = (ref: string, lines: Json[], totals: Json, more: Json = {}) => ({
  customData: { reference: ref },
  more: { details: { totals: { ...totals }, line_items: lines }, ...more },
});
const totals = (total: number, tax: number, grand = total) => ({
  subtotal: String(total - tax),
  discount: "0",
  tax: String(tax),
  total: String(total),
  grand_total: String(grand),
});
const id = "txn_1";
const order = (earnedMinor: number, more: object = {}) => [{ order: id, earnedMinor, ...more }];
const adjusted = (day: number, more: object) =>
  paddleAdjustment({ ...on(day, "adj"), transaction: id, ...more });

playStories("paddle", [
  {
    name: "lines with their prices, terms, quantity and a code, the discount of one refunded",
    tells: (ref) => [
      paddleTransactionCompleted({
        ...on(0),
        id,
        ...sold(
          ref,
          [
            line("a", 20_000, 3420, {
              quantity: 2,
              totals: { subtotal: "20000", discount: "2000", tax: "3420", total: "21420" },
            }),
            line("b", 2000, 380),
          ],
          totals(23_800, 3800),
          {
            items: [
              {
                price: {
                  id: "pri_a",
                  product_id: "pro_a",
                  billing_cycle: { interval: "year", frequency: 1 },
                },
              },
              { price: { id: "pri_b", product_id: "pro_b", billing_cycle: null } },
            ],
          },
        ),
      }),
      paddleEvent(
        "adjustment.created",
        {
          id: "adj_1",
          action: "refund",
          status: "approved",
          transaction_id: id,
          currency_code: "EUR",
          totals: { subtotal: "2000", tax: "380", total: "2380" },
          items: [{ item_id: "txnitm_b", totals: { subtotal: "2000", tax: "380", total: "2380" } }],
        },
        on(3),
      ),
    ],
    ends: order(1800, {
      netMinor: 20_000,
      lines: [
        {
          articles: ["pro_a", "pri_a"],
          quantity: 2,
          netMinor: 18_000,
          taxMinor: 3420,
          listMinor: 20_000,
          kind: "new",
          period: "P1Y",
        },
        { articles: ["pro_b", "pri_b"], netMinor: 2000, taxMinor: 380, period: null },
      ],
      lostOfLines: [0, 2000],
    }),
  },
  {
    name: "a change of plan in mid-term, told by lines of a part of the term, and half of it refunded",
    tells: (ref) => [
      paddleTransactionCompleted({ ...on(0), id, subscription: "sub_1", customData: { reference: ref } }),
      paddleTransactionCompleted({
        ...on(90),
        id: "txn_2",
        origin: "subscription_update",
        subscription: "sub_1",
        more: {
          details: {
            totals: totals(5950, 950),
            line_items: [
              line("b", 10_000, 1900, { proration: { rate: "0.5" } }),
              line("a", -5000, -950, { proration: { rate: "0.5" } }),
            ],
          },
        },
      }),
      adjusted(95, { id: "adj_1", transaction: "txn_2", totalMinor: 2975, subtotalMinor: 2500 }),
    ],
    ends: [
      ...order(1000),
      {
        order: "txn_2",
        earnedMinor: 250,
        cycle: "renewal",
        lines: [
          { netMinor: 10_000, taxMinor: 1900, kind: "upgrade", articles: ["pro_b", "pri_b"] },
          { netMinor: -5000, taxMinor: -950, kind: "upgrade", articles: ["pro_a", "pri_a"] },
        ],
      },
    ],
  },
  {
    name: "warnings, credits and their reversals, which move no money, beside a refund that does",
    tells: (ref) => [
      paddleTransactionCompleted({ ...on(0), id, customData: { reference: ref } }),
      ...["chargeback_warning", "chargeback_warning_reverse", "credit", "credit_reverse"].map((action, day) =>
        adjusted(1 + day, { id: `adj_${action}`, action, type: "adjustment.created" }),
      ),
      adjusted(9, { id: "adj_1", totalMinor: 2380, subtotalMinor: 2000 }),
    ],
    ends: order(800),
  },
  {
    name: "a licence that is a number in the page's own data, and data that is no object",
    tells: (ref) => [
      paddleTransactionCompleted({
        ...on(0),
        id,
        customData: { reference: ref, licence: 8_216_351_572_200, product: 7, plan: { deep: [1] } },
      }),
      paddleTransactionCompleted({
        ...on(365),
        id: "txn_2",
        customData: { licence: "8216351572200" },
      }),
      paddleTransactionCompleted({ ...on(366), id: "txn_3", customData: ["reference", ref] }),
    ],
    ends: [
      ...order(1000),
      { order: "txn_2", earnedMinor: 1000 },
      { order: "txn_3", earnedMinor: 0, outcome: "unattributed" },
    ],
  },
  {
    name: "an event of the simulator with a real order's id, and a transaction in each currency of the vendor",
    tells: (ref) => [
      paddleTransactionCompleted({ ...on(0), id, customData: { reference: ref } }),
      adjusted(1, { id: "adj_sim", eventId: "ntfsimevt_1" }),
      paddleTransactionCompleted({ ...on(2), id: "txn_2", currency: "USD", customData: { reference: ref } }),
      paddleTransactionCompleted({ ...on(3), id: "txn_3", currency: "KRW", customData: { reference: ref } }),
      adjusted(4, {
        id: "adj_2",
        transaction: "txn_3",
        currency: "KRW",
        totalMinor: 1190,
        subtotalMinor: 1000,
      }),
    ],
    ends: [
      ...order(1000),
      { order: "txn_2", earnedMinor: 1000, currency: "USD" },
      { order: "txn_3", earnedMinor: 900, currency: "KRW" },
    ],
  },
  {
    name: "charged back and reversed by an adjustment, then charged back again and reversed by its status",
    tells: (ref) => [
      paddleTransactionCompleted({ ...on(0), id, customData: { reference: ref } }),
      adjusted(1, { id: "adj_1", action: "chargeback" }),
      adjusted(2, { id: "adj_2", action: "chargeback_reverse" }),
      adjusted(3, { id: "adj_3", action: "chargeback" }),
      adjusted(4, { id: "adj_3", action: "chargeback", status: "reversed" }),
    ],
    ends: order(1000),
  },
  {
    name: "a first term for nothing by a code of all, its renewal at the price, years later another",
    tells: (ref) => [
      paddleTransactionCompleted({
        ...on(0),
        id,
        totalMinor: 0,
        taxMinor: 0,
        subscription: "sub_1",
        customData: { reference: ref },
      }),
      paddleTransactionCompleted({
        ...on(365),
        id: "txn_2",
        origin: "subscription_recurring",
        subscription: "sub_1",
      }),
      paddleTransactionCompleted({
        ...on(1460),
        id: "txn_3",
        origin: "subscription_recurring",
        subscription: "sub_1",
      }),
    ],
    ends: [
      ...order(0, { outcome: "credited", netMinor: 0, cycle: "new" }),
      { order: "txn_2", earnedMinor: 1000, cycle: "renewal" },
      { order: "txn_3", earnedMinor: 1000, cycle: "renewal" },
    ],
  },
  {
    name: "lines that sum to another amount than the transaction, more and less",
    tells: (ref) => [
      paddleTransactionCompleted({
        ...on(0),
        id,
        ...sold(ref, [line("a", 12_000, 2000)], totals(11_900, 1900)),
      }),
      paddleTransactionCompleted({
        ...on(1),
        id: "txn_2",
        ...sold(ref, [line("a", 4000, 0, { totals: null }), line("b", 3000, 570)], totals(11_900, 1900)),
      }),
    ],
    ends: [
      ...order(1000, { lines: [{ netMinor: 10_000, taxMinor: 1900 }] }),
      {
        order: "txn_2",
        earnedMinor: 1000,
        lines: [
          { netMinor: 3000, taxMinor: 570, articles: ["pro_b", "pri_b"] },
          { line: "rest", netMinor: 7000, taxMinor: 1330, kind: "other" },
        ],
      },
    ],
  },
]);
