import {
  moneySet,
  shopifyBillingAttempt,
  shopifyContractCreated,
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
  now?: string;
  taxNow?: string;
  day?: number;
  more?: object;
}

/** An order as it is told as paid on a day: what it once came to, and what it comes to now. */
const paid = (
  reference: string,
  { total = "119.00", now = total, taxNow = "19.00", day = 0, more = {} }: Paid = {},
) =>
  shopifyOrderPaid({
    attributes: { reference },
    total,
    tax: total === "238.00" ? "38.00" : total === "0.00" ? "0.00" : "19.00",
    more: {
      updated_at: on(day),
      current_total_price: now,
      current_total_price_set: moneySet(now, "EUR"),
      current_total_tax: taxNow,
      current_total_tax_set: moneySet(taxNow, "EUR"),
      ...more,
    },
  });
const order = (earnedMinor: number, more: object = {}) => [{ order: String(id), earnedMinor, ...more }];
const disputed = (status: string, more: object = {}) => shopifyDispute({ status, ...more });
const product = { id: 1, product_id: 10, variant_id: 11, sku: "PAINT", quantity: 1, price: "119.00" };
const taxed = { ...product, tax_lines: [{ price: "19.00" }] };
const giftCard = { id: 2, product_id: 20, quantity: 1, price: "50.00", gift_card: true };

playStories("shopify", [
  { name: "a purchase", tells: (reference) => [paid(reference)], ends: order(1000, { netMinor: 10_000 }) },
  {
    name: "two ordered, one taken off before it is paid",
    tells: (reference) => [
      shopifyRefundCreated({ transactions: [] }),
      paid(reference, { total: "238.00", now: "119.00", day: 1 }),
    ],
    ends: order(1000, { netMinor: 10_000, taxMinor: 1900 }),
  },
  {
    name: "one taken off after it was paid, and paid back",
    tells: (reference) => [
      paid(reference, { total: "238.00", taxNow: "38.00" }),
      shopifyRefundCreated({ id: 1, at: on(3) }),
    ],
    ends: order(1000, { netMinor: 20_000 }),
  },
  {
    name: "one added after it was paid, and paid by a second payment",
    tells: (reference) => [paid(reference), paid(reference, { now: "238.00", taxNow: "38.00", day: 5 })],
    ends: order(2000, { netMinor: 20_000, taxMinor: 3800 }),
  },
  {
    name: "a free order that grows, and is paid then",
    tells: (reference) => [
      paid(reference, { total: "0.00", taxNow: "0.00" }),
      paid(reference, { total: "0.00", now: "119.00", day: 5 }),
    ],
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "a gift card alone",
    tells: (reference) => [
      paid(reference, {
        total: "119.00",
        more: {
          total_tax: "0.00",
          total_tax_set: moneySet("0.00", "EUR"),
          current_total_tax_set: moneySet("0.00", "EUR"),
          line_items: [{ ...giftCard, price: "119.00" }],
        },
      }),
    ],
    ends: order(0, { netMinor: 0 }),
  },
  {
    name: "a gift card beside a product, which is refunded by its line",
    tells: (reference) => [
      paid(reference, { total: "169.00", more: { taxes_included: true, line_items: [taxed, giftCard] } }),
      {
        ...shopifyRefundCreated({ id: 1, at: on(3), amount: "50.00" }),
        refund_line_items: [{ id: 1, line_item_id: 2, quantity: 1, subtotal: 50, total_tax: 0 }],
      },
    ],
    ends: order(1000, { netMinor: 10_000, lostOfLines: [0, 0] }),
  },
  {
    name: "a refund under way that fails",
    tells: (reference) => {
      const refund = shopifyRefundCreated({ id: 1, at: on(3), status: "pending" });
      const failed = shopifyRefundCreated({ id: 1, at: on(3), status: "failure" });
      return [
        paid(reference),
        refund,
        shopifyEvent("orders/updated", { id, currency: "EUR", updated_at: on(6), refunds: [failed] }),
      ];
    },
    ends: order(1000),
  },
  {
    name: "a dispute that is won, then lost after all",
    tells: (reference) => [
      paid(reference),
      disputed("needs_response"),
      disputed("won", { topic: "disputes/update", finalizedOn: on(40) }),
      disputed("lost", { topic: "disputes/update", finalizedOn: on(80) }),
    ],
    ends: order(0),
  },
  {
    name: "a dispute in the shop's currency",
    tells: (reference) => [
      paid(reference),
      { ...disputed("lost", { finalizedOn: on(40) }), currency: "USD" },
    ],
    ends: order(0, { outcome: "held" }),
  },
  {
    name: "a subscription that renews",
    tells: (reference) => [
      paid(reference),
      shopifyContractCreated(id),
      shopifyOrderPaid({
        id: 911,
        source: "subscription_contract_checkout_one",
        at: on(365),
        more: { updated_at: on(365) },
      }),
      shopifyBillingAttempt(911),
    ],
    ends: [...order(1000), { order: "911", earnedMinor: 1000, cycle: "renewal" as const }],
  },
  {
    name: "one taken off after it was paid, and still owed to the customer",
    tells: (reference) => [
      paid(reference, { total: "238.00" }),
      paid(reference, {
        total: "238.00",
        now: "119.00",
        taxNow: "19.00",
        day: 2,
        more: { total_outstanding: "-119.00" },
      }),
    ],
    ends: order(2000, { netMinor: 20_000, taxMinor: 3800 }),
  },
  {
    name: "a half goes back to a gift card, with which another order is paid",
    tells: (reference) => [
      paid(reference),
      shopifyRefundCreated({ amount: "59.50" }),
      shopifyOrderPaid({ id: 9, total: "59.50", tax: "9.50", attributes: { reference } }),
    ],
    ends: [...order(500), { order: "9", earnedMinor: 500, netMinor: 5000 }],
  },
  {
    name: "an amount goes back without goods, and the order is told once more",
    tells: (reference) => {
      const refund = shopifyRefundCreated({ amount: "59.50", at: on(2) });
      return [paid(reference), refund, paid(reference, { day: 3, more: { refunds: [refund] } })];
    },
    ends: order(500, { netMinor: 10_000, taxMinor: 1900 }),
  },
  {
    name: "goods go back, and the order is told once more",
    tells: (reference) => {
      const item = { line_item_id: 1, subtotal: "50.00", total_tax: "9.50" };
      const refund = { ...shopifyRefundCreated({ amount: "59.50", at: on(2) }), refund_line_items: [item] };
      return [
        paid(reference),
        refund,
        paid(reference, { now: "59.50", taxNow: "9.50", day: 3, more: { refunds: [refund] } }),
      ];
    },
    ends: order(500, { netMinor: 10_000, taxMinor: 1900 }),
  },
  {
    name: "the tax alone goes back",
    tells: (reference) => {
      const order_adjustments = [{ amount: "0.00", tax_amount: "-19.00", kind: "refund_discrepancy" }];
      return [
        paid(reference),
        { ...shopifyRefundCreated({ amount: "19.00", at: on(2) }), order_adjustments },
      ];
    },
    ends: order(1000),
  },
]);
