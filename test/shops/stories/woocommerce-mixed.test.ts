import { wooEvent, wooOrderUpdated, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
import { playStories } from "./story.ts";
import { half, on, order, renewal, told } from "./woo-orders.ts";

const of = (id: number, earnedMinor: number, more: object = {}) => ({
  ...{ order: String(id), earnedMinor },
  ...more,
});
const fifth = { id: 802, total: "-23.80" };
const item = (id: number, net: number, more: object = {}) => ({
  ...{ id, product_id: 90 + id, variation_id: 0, quantity: 1 },
  ...{ total: net.toFixed(2), total_tax: (net * 0.19).toFixed(2), meta_data: [] },
  ...more,
});

playStories("woocommerce", [
  {
    name: "a line added after the payment, a refund of half, deleted, and a fifth entered",
    tells: (ref) => {
      const larger = {
        ...{ total: "178.50", tax: "28.50" },
        more: { line_items: [item(1, 100), item(2, 50)] },
      };
      return [
        told(ref, 0),
        told(ref, 2, larger),
        told(ref, 3, { ...larger, refunds: [{ id: 801, total: "-89.25" }] }),
        told(ref, 4, larger),
        told(ref, 5, { ...larger, refunds: [{ id: 802, total: "-35.70" }] }),
      ];
    },
    ends: order(1200, { netMinor: 15_000 }),
  },
  {
    name: "a price corrected after a part was refunded, then a dispute that is won",
    tells: (ref) => [
      told(ref, 0),
      told(ref, 2, { refunds: [fifth] }),
      told(ref, 3, { total: "95.20", tax: "15.20", refunds: [fifth] }),
      told(ref, 9, { total: "95.20", tax: "15.20", refunds: [fifth], status: "on-hold" }),
      told(ref, 40, { total: "95.20", tax: "15.20", refunds: [fifth], status: "completed" }),
    ],
    ends: order(600, { netMinor: 8000 }),
  },
  {
    name: "a switch whose dispute is won, and lost after all",
    tells: (ref) => [
      told(ref, 0),
      wooSubscriptionCreated(),
      renewal(90, 801, {}, "_subscription_switch"),
      renewal(100, 801, { status: "on-hold" }, "_subscription_switch"),
      renewal(140, 801, {}, "_subscription_switch"),
      renewal(180, 801, { status: "failed" }, "_subscription_switch"),
    ],
    ends: [...order(1000), of(801, 0, { cycle: "renewal" })],
  },
  {
    name: "a preorder that is cancelled, restored, paid, and refunded in part",
    tells: (ref) => [
      told(ref, 0, { paidAt: null, status: "wc-pre-ordered" }),
      told(ref, 5, { paidAt: null, status: "cancelled" }),
      told(ref, 9, { paidAt: on(9), status: "processing" }),
      told(ref, 12, { paidAt: on(9), status: "completed", refunds: [half] }),
    ],
    ends: order(500),
  },
  {
    name: "a renewal with store credit as a fee below zero, a part of it refunded",
    tells: (ref) => {
      const credit = {
        ...{ total: "59.50", tax: "9.50" },
        more: {
          line_items: [item(1, 100)],
          fee_lines: [{ id: 2, name: "Store credit", total: "-50.00", total_tax: "-9.50" }],
        },
      };
      const renewed = (day: number, refunds: { id: number; total: string }[] = []) =>
        wooOrderUpdated({
          ...{ id: 801, meta: { _subscription_renewal: "728" }, status: "completed", refunds, ...credit },
          more: { ...credit.more, date_modified_gmt: on(day) },
        });
      return [
        told(ref, 0),
        wooSubscriptionCreated(),
        renewed(365),
        renewed(370, [{ id: 810, total: "-11.90" }]),
      ];
    },
    ends: [...order(1000), of(801, 400, { netMinor: 5000, cycle: "renewal" })],
  },
  {
    name: "a subscription of a merged customer by another address, whose term is thrown away and restored",
    tells: (ref) => [
      told(ref, 0),
      wooSubscriptionCreated(),
      renewal(365, 801, { email: "merged@example.com" }),
      wooEvent("order.deleted", { id: 801 }),
      wooEvent("order.restored", { ...renewal(375, 801, { email: "merged@example.com" }) }),
    ],
    ends: [...order(1000), of(801, 1000, { cycle: "renewal" })],
    inOrder: true,
  },
  {
    name: "the same states years later, and one of before that comes last",
    tells: (ref) => [
      told(ref, 0),
      told(ref, 5, { refunds: [half] }),
      told(ref, 900, { refunds: [half], more: { customer_note: "thanks" } }),
      told(ref, 2),
    ],
    ends: order(500),
  },
  {
    name: "two lines of which the quantity of one is lowered, the difference paid back, the other refunded",
    tells: (ref) => {
      const lines = [item(1, 60, { quantity: 2 }), item(2, 40)];
      const fewer = [item(1, 30), item(2, 40)];
      return [
        told(ref, 0, { more: { line_items: lines } }),
        told(ref, 2, { total: "83.30", tax: "13.30", more: { line_items: fewer } }),
        told(ref, 5, {
          ...{ total: "83.30", tax: "13.30", refunds: [{ id: 801, total: "-47.60" }] },
          more: { line_items: fewer },
        }),
      ];
    },
    ends: order(300, { netMinor: 7000 }),
  },
  {
    name: "a clock that is a day behind: states of before the payment, the refund among them",
    tells: (ref) => [told(ref, -2), told(ref, -1, { refunds: [half] })],
    ends: order(500),
  },
  {
    name: "a refund entered in the second of the payment",
    tells: (ref) => [told(ref, 0), told(ref, 0, { refunds: [half] })],
    ends: order(500),
  },
  {
    name: "a free order that is corrected to be paid for, and members of a later version",
    tells: (ref) => [
      told(ref, 0, { total: "0.00", tax: "0.00" }),
      told(ref, 3, { more: { later: { nested: [1] }, line_items: [item(1, 100, { quantity: 0 })] } }),
    ],
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "an order edited up, down and up again, a line refunded, then all of it",
    tells: (ref) => [
      told(ref, 0, { more: { line_items: [item(1, 100)] } }),
      told(ref, 1, { total: "178.50", tax: "28.50", more: { line_items: [item(1, 150)] } }),
      told(ref, 2, { total: "59.50", tax: "9.50", more: { line_items: [item(1, 50)] } }),
      told(ref, 3, { total: "178.50", tax: "28.50", more: { line_items: [item(1, 150)] } }),
      told(ref, 4, {
        ...{ total: "178.50", tax: "28.50", refunds: [{ id: 801, total: "-59.50" }] },
        more: { line_items: [item(1, 150)] },
      }),
      told(ref, 5, {
        ...{ total: "178.50", tax: "28.50", status: "refunded" },
        refunds: [
          { id: 801, total: "-59.50" },
          { id: 802, total: "-119.00" },
        ],
        more: { line_items: [item(1, 150)] },
      }),
    ],
    ends: order(0, { netMinor: 15_000 }),
  },
]);
