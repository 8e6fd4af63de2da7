import {
  moneySet,
  shopifyDispute,
  shopifyEvent,
  shopifyOrderPaid,
  shopifyRefundCreated,
} from "../shopify-fixtures.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

const id = 5_421_877_985_512;
const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 14) + day * 86_400_000).toISOString();
const paid = (
  reference: string,
  { day = 0, more = {}, ...order }: { day?: number; more?: Json } & Json = {},
) => shopifyOrderPaid({ attributes: { reference }, ...order, more: { updated_at: on(day), ...more } });
const back = (day: number, amount: string, more: object = {}) =>
  shopifyRefundCreated({ id: 900 + day, amount, at: on(day), ...more });
const order = (earnedMinor: number, more: object = {}) => [{ order: String(id), earnedMinor, ...more }];
const item = (line: number, price: string, tax: string, more: Json = {}) => ({
  id: line,
  product_id: 70 + line,
  variant_id: 80 + line,
  sku: `SKU-${line}`,
  quantity: 1,
  price,
  tax_lines: [{ price: tax }],
  ...more,
});
const dispute = (status: string, more: Json = {}) =>
  shopifyEvent(status === "needs_response" ? "disputes/create" : "disputes/update", {
    ...shopifyDispute({ status }),
    ...more,
  });

playStories("shopify", [
  {
    name: "an order of 2019: amounts in one currency alone, none of what it comes to now, numbers in place of text",
    tells: (ref) => [
      paid(ref, {
        more: {
          total_price: 119,
          total_tax: 19.0,
          total_price_set: undefined,
          total_tax_set: undefined,
          current_total_price: undefined,
          current_total_tax: undefined,
          taxes_included: false,
          line_items: [
            item(1, "40.00", "15.20", { quantity: 2, total_discount: "0.00" }),
            item(2, "30.00", "3.80", { total_discount: "10.00", quantity: "1" }),
          ],
        },
      }),
      shopifyEvent("refunds/create", {
        ...back(2, "47.60"),
        refund_line_items: [{ line_item_id: 1, quantity: 1, subtotal: 40.0, total_tax: 7.6 }],
      }),
    ],
    ends: order(600, {
      lines: [
        {
          articles: ["71", "81", "SKU-1"],
          quantity: 2,
          netMinor: 8000,
          taxMinor: 1520,
          listMinor: 8000,
          kind: "new",
        },
        { articles: ["72", "82", "SKU-2"], quantity: 1, netMinor: 2000, taxMinor: 380, listMinor: 3000 },
      ],
      lostOfLines: [4000, 0],
    }),
  },
  {
    name: "prices with their tax, two codes on one line, shipping lowered by a code, the shipping given back",
    tells: (ref) => [
      paid(ref, {
        more: {
          line_items: [
            item(1, "119.00", "15.20", {
              discount_allocations: [{ amount: "13.80" }, { amount: "10.00" }],
              total_discount: "0.00",
            }),
          ],
          shipping_lines: [
            { id: 9, price: "35.70", discounted_price: "23.80", tax_lines: [{ price: "3.80" }] },
          ],
        },
      }),
      shopifyEvent("refunds/create", {
        ...back(2, "23.80"),
        order_adjustments: [{ kind: "shipping_refund", amount: "-20.00", tax_amount: "-3.80" }],
        refund_shipping_lines: [
          {
            shipping_line_id: 9,
            subtotal_amount_set: moneySet("20.00", "EUR"),
            tax_amount_set: moneySet("3.80", "EUR"),
          },
        ],
      }),
    ],
    ends: order(800, {
      lines: [
        { netMinor: 8000, taxMinor: 1520, listMinor: 11_900 },
        { line: "9", netMinor: 2000, taxMinor: 380, kind: "shipping" },
      ],
      lostOfLines: [0, 2000],
    }),
  },
  {
    name: "a tip, a duty and cash that was rounded, which no line tells",
    tells: (ref) => [
      paid(ref, {
        total: "124.05",
        tax: "19.00",
        more: {
          taxes_included: false,
          total_tip_received: "5.00",
          line_items: [
            item(1, "100.00", "19.00"),
            {
              id: 2,
              product_id: null,
              variant_id: null,
              sku: null,
              title: "Tip",
              quantity: 1,
              price: "5.00",
              tax_lines: [],
            },
          ],
        },
      }),
    ],
    ends: order(1051, {
      netMinor: 10_505,
      lines: [
        { articles: ["71", "81", "SKU-1"], netMinor: 10_000 },
        { articles: [], netMinor: 500 },
        { line: "rest", netMinor: 5, kind: "other" },
      ],
    }),
  },
  {
    name: "in the customer's currency, lines in both, a part refunded in hers",
    tells: (ref) => {
      const set = (shop: string, customer: string) => ({
        shop_money: { amount: shop, currency_code: "EUR" },
        presentment_money: { amount: customer, currency_code: "USD" },
      });
      return [
        paid(ref, {
          more: {
            presentment_currency: "USD",
            total_price_set: set("119.00", "238.00"),
            total_tax_set: set("19.00", "38.00"),
            current_total_price_set: set("119.00", "238.00"),
            current_total_tax_set: set("19.00", "38.00"),
            taxes_included: false,
            line_items: [
              item(1, "100.00", "19.00", {
                price_set: set("100.00", "200.00"),
                tax_lines: [{ price: "19.00", price_set: set("19.00", "38.00") }],
              }),
            ],
          },
        }),
        back(2, "59.50", { currency: "USD" }),
      ];
    },
    ends: order(1500, {
      netMinor: 20_000,
      currency: "USD",
      lines: [{ netMinor: 20_000, listMinor: 20_000 }],
    }),
  },
  {
    name: "a dispute that is lost, told without when it ended, and one that is won so",
    tells: (ref) => [
      paid(ref),
      dispute("needs_response", { id: 1, amount: "59.50" }),
      dispute("lost", { id: 1, amount: "59.50" }),
      dispute("needs_response", { id: 2, amount: "23.80" }),
      dispute("under_review", { id: 2, amount: "23.80" }),
      dispute("won", { id: 2, amount: "23.80" }),
    ],
    ends: order(500),
  },
  {
    name: "a test order of the same number as a real one, by the gateway and by its refund",
    tells: (ref) => [
      paid(ref),
      paid(ref, { test: true, total: "1.00", tax: "0.00", day: 3 }),
      back(2, "119.00", { test: true }),
      back(4, "23.80"),
    ],
    ends: order(800),
  },
  {
    name: "years later: changed for a note alone, and a part of it given back",
    tells: (ref) => [
      paid(ref, { at: on(-2000) }),
      paid(ref, { at: on(-2000), day: 900, more: { note: "moved" } }),
      back(1000, "23.80"),
      shopifyEvent("orders/updated", {
        id,
        updated_at: on(1100),
        test: false,
        refunds: [back(1000, "23.80")],
      }),
    ],
    ends: order(800),
  },
]);
