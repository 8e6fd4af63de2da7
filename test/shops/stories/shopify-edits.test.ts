import {
  moneySet,
  shopifyDispute,
  shopifyEvent,
  shopifyOrderPaid,
  shopifyRefundCreated,
} from "../shopify-fixtures.ts";
import { playStories } from "./story.ts";

const id = 5_421_877_985_512;
const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 14) + day * 86_400_000).toISOString();

interface Paid {
  total?: string;
  tax?: string;
  now?: string;
  taxNow?: string;
  currency?: string;
  day?: number;
  more?: object;
}

/** An order as it is told as paid on a day: what it once came to, and what it comes to now. */
const paid = (
  reference: string,
  {
    total = "119.00",
    tax = "19.00",
    now = total,
    taxNow = tax,
    currency = "EUR",
    day = 0,
    more = {},
  }: Paid = {},
) =>
  shopifyOrderPaid({
    attributes: { reference },
    total,
    tax,
    currency,
    more: {
      updated_at: on(day),
      current_total_price: now,
      current_total_price_set: moneySet(now, currency),
      current_total_tax: taxNow,
      current_total_tax_set: moneySet(taxNow, currency),
      ...more,
    },
  });
const order = (earnedMinor: number, more: object = {}) => [{ order: String(id), earnedMinor, ...more }];
const back = (day: number, amount: string, more: object = {}) =>
  shopifyRefundCreated({ id: 900 + day, amount, at: on(day), ...more });
/** Goods that come back, as a refund tells them. */
const goods = (line_item_id: number, subtotal: string, total_tax: string) => ({
  refund_line_items: [{ line_item_id, subtotal, total_tax }],
});
const item = { product_id: 10, variant_id: 11, quantity: 1, price: "119.00" };

playStories("shopify", [
  {
    name: "a code for all of it",
    tells: (reference) => [paid(reference, { total: "0.00", tax: "0.00" })],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "goods exchanged for cheaper ones, the difference paid back",
    tells: (reference) => {
      const refund = { ...back(2, "59.50"), ...goods(1, "100.00", "19.00") };
      return [
        paid(reference, { more: { line_items: [{ ...item, id: 1 }] } }),
        refund,
        paid(reference, {
          now: "59.50",
          taxNow: "9.50",
          day: 3,
          more: {
            refunds: [refund],
            line_items: [
              { ...item, id: 1, current_quantity: 0 },
              { ...item, id: 2, price: "59.50" },
            ],
          },
        }),
      ];
    },
    ends: order(500, { netMinor: 10_000 }),
  },
  {
    name: "goods exchanged for others of the same price",
    tells: (reference) => {
      const refund = {
        ...shopifyRefundCreated({ at: on(2), transactions: [] }),
        ...goods(1, "100.00", "19.00"),
      };
      return [paid(reference), refund, paid(reference, { day: 3, more: { refunds: [refund] } })];
    },
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "more goes back than was paid, as store credit",
    tells: (reference) => [
      paid(reference),
      back(2, "150.00", {
        transactions: [
          {
            kind: "refund",
            status: "success",
            amount: "150.00",
            currency: "EUR",
            gateway: "shopify_store_credit",
          },
        ],
      }),
    ],
    ends: order(0),
  },
  {
    name: "a chargeback after all was refunded, which is won",
    tells: (reference) => [
      paid(reference),
      back(2, "119.00"),
      shopifyDispute({ at: on(9) }),
      shopifyDispute({ topic: "disputes/update", status: "won", at: on(9), finalizedOn: on(40) }),
    ],
    ends: order(0),
  },
  {
    name: "a chargeback of half, which is lost, after a quarter was refunded",
    tells: (reference) => [
      paid(reference),
      back(2, "29.75"),
      shopifyDispute({ at: on(9), amount: "59.50" }),
      shopifyDispute({
        topic: "disputes/update",
        status: "lost",
        at: on(9),
        amount: "59.50",
        finalizedOn: on(40),
      }),
    ],
    ends: order(250),
  },
  {
    name: "yen, a part of it refunded",
    tells: (reference) => [
      paid(reference, { currency: "JPY", total: "11900", tax: "1900" }),
      back(2, "1190", { currency: "JPY" }),
    ],
    ends: order(900, { currency: "JPY", netMinor: 10_000 }),
  },
  {
    name: "dinars, refunded in two parts of which the second fails",
    tells: (reference) => {
      const first = back(2, "1.190", { currency: "KWD" });
      const failed = back(3, "2.380", { currency: "KWD", status: "failure" });
      return [
        paid(reference, { currency: "KWD", total: "11.900", tax: "1.900" }),
        first,
        back(3, "2.380", { currency: "KWD", status: "pending" }),
        shopifyEvent("orders/updated", { id, updated_at: on(5), refunds: [first, failed] }),
      ];
    },
    ends: order(900, { currency: "KWD", netMinor: 10_000 }),
  },
  {
    name: "a code on the whole and one on a line, a line refunded",
    tells: (reference) => {
      const line = (name: number, price: string, off: string, tax: string) => ({
        ...item,
        id: name,
        price,
        tax_lines: [{ price: tax }],
        discount_allocations: [{ amount: off }],
      });
      const line_items = [line(1, "71.40", "11.90", "9.50"), line(2, "59.50", "11.90", "7.60")];
      return [
        paid(reference, { total: "107.10", tax: "17.10", more: { line_items } }),
        { ...back(2, "47.60"), ...goods(2, "40.00", "7.60") },
      ];
    },
    ends: order(500, { netMinor: 9000, lostOfLines: [0, 4000] }),
  },
  {
    name: "a draft, an authorisation, a part of the payment, and the rest of it",
    tells: (reference) => [
      paid(reference, { more: { financial_status: "authorized" } }),
      paid(reference, { day: 1, more: { financial_status: "partially_paid" } }),
      paid(reference, { day: 2 }),
    ],
    ends: order(1000),
  },
  {
    name: "a test order, and one that is told once more under another id by another address",
    tells: (reference) => [
      { ...paid(reference, { more: { id: 77, test: true } }) },
      paid(reference),
      paid(reference, { more: { email: "other@example.com", updated_at: on(3) } }),
    ],
    ends: [...order(1000), { order: "77", earnedMinor: 0, unknown: true }],
  },
  {
    name: "a refund that gives back more than the goods, for a fault",
    tells: (reference) => [
      paid(reference),
      {
        ...back(2, "71.40"),
        ...goods(13_883_210_539_240, "50.00", "9.50"),
        order_adjustments: [{ kind: "refund_discrepancy", amount: "-10.00", tax_amount: "-1.90" }],
      },
    ],
    ends: order(400),
  },
]);
