import { wooEvent, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
import { playStories } from "./story.ts";
import { half, on, order, told } from "./woo-orders.ts";

playStories("woocommerce", [
  { name: "a purchase", tells: (reference) => [told(reference, 0)], ends: order(1000, { netMinor: 10_000 }) },
  {
    name: "a refund that is deleted",
    tells: (reference) => [told(reference, 0), told(reference, 3, { refunds: [half] }), told(reference, 4)],
    ends: order(1000),
  },
  {
    name: "a refund that is deleted and entered anew under another id",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 3, { refunds: [half] }),
      told(reference, 4),
      told(reference, 5, { refunds: [{ ...half, id: 802 }] }),
    ],
    ends: order(500),
  },
  {
    name: "two refunds, to the last cent",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 3, { refunds: [half] }),
      told(reference, 5, { refunds: [half, { id: 802, total: "-59.50" }], status: "refunded" }),
    ],
    ends: order(0),
  },
  {
    name: "a dispute that is lost at the gateway",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 6, { status: "on-hold" }),
      told(reference, 40, { status: "failed" }),
    ],
    ends: order(0),
  },
  {
    name: "a dispute that is won at the gateway",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 6, { status: "on-hold" }),
      told(reference, 40),
    ],
    ends: order(1000),
  },
  {
    name: "cancelled, then thrown away",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 6, { status: "cancelled" }),
      wooEvent("order.deleted", { id: 727 }),
    ],
    ends: order(0),
  },
  {
    name: "thrown away without a word",
    tells: (reference) => [told(reference, 0), wooEvent("order.deleted", { id: 727 })],
    ends: order(0),
  },
  {
    name: "a price corrected after the payment",
    tells: (reference) => [told(reference, 0, { total: "238.00", tax: "38.00" }), told(reference, 2)],
    ends: order(1000, { netMinor: 10_000, taxMinor: 1900 }),
  },
  {
    name: "a switch of plan inherits its subscription",
    tells: (reference) => [
      told(reference, 0),
      wooSubscriptionCreated(),
      told("", 90, {
        id: 911,
        paidAt: on(90),
        total: "59.50",
        tax: "9.50",
        meta: { _subscription_switch: "728" },
      }),
    ],
    ends: [...order(1000), { order: "911", earnedMinor: 500, cycle: "renewal" as const }],
  },
  {
    name: "a return after the subscription's end inherits it",
    tells: (reference) => [
      told(reference, 0),
      wooSubscriptionCreated(),
      told("", 500, { id: 912, paidAt: on(500), meta: { _subscription_resubscribe: "728" } }),
    ],
    ends: [...order(1000), { order: "912", earnedMinor: 1000, cycle: "renewal" as const }],
  },
  {
    name: "a renewal of the subscription that began with a return",
    tells: (reference) => [
      told(reference, 0),
      wooSubscriptionCreated(),
      told("", 500, { id: 912, paidAt: on(500), meta: { _subscription_resubscribe: "728" } }),
      wooSubscriptionCreated({ id: 913, parent: 912, at: on(500) }),
      told("", 865, { id: 950, paidAt: on(865), meta: { _subscription_renewal: "913" } }),
    ],
    ends: [
      ...order(1000),
      { order: "912", earnedMinor: 1000, cycle: "renewal" as const },
      { order: "950", earnedMinor: 1000, cycle: "renewal" as const },
    ],
  },
  {
    name: "a customer who comes back twice, and switches to a subscription of its own",
    tells: (reference) => [
      told(reference, 0),
      wooSubscriptionCreated(),
      told("", 500, { id: 912, paidAt: on(500), meta: { _subscription_resubscribe: "728" } }),
      wooSubscriptionCreated({ id: 913, parent: 912, at: on(500) }),
      told("", 600, { id: 914, paidAt: on(600), meta: { _subscription_switch: "913" } }),
      wooSubscriptionCreated({ id: 600, parent: 914, at: on(600) }),
      told("", 965, { id: 950, paidAt: on(965), meta: { _subscription_renewal: "600" } }),
    ],
    ends: [
      ...order(1000),
      ...["912", "914", "950"].map((one) => ({ order: one, earnedMinor: 1000, cycle: "renewal" as const })),
    ],
  },
  {
    name: "a cart with shipping and a fee",
    tells: (reference) => [
      told(reference, 0, {
        more: {
          line_items: [
            { id: 1, product_id: 93, quantity: 2, subtotal: "90.00", total: "80.00", total_tax: "15.20" },
          ],
          shipping_lines: [{ id: 2, total: "15.00", total_tax: "2.85" }],
          fee_lines: [{ id: 3, total: "5.00", total_tax: "0.95" }],
        },
      }),
      told(reference, 3, {
        refunds: [{ id: 801, total: "-11.90" }],
        more: {
          line_items: [
            { id: 1, product_id: 93, quantity: 2, subtotal: "90.00", total: "80.00", total_tax: "15.20" },
          ],
          shipping_lines: [{ id: 2, total: "15.00", total_tax: "2.85" }],
          fee_lines: [{ id: 3, total: "5.00", total_tax: "0.95" }],
        },
      }),
    ],
    ends: order(900, { lostOfLines: [800, 150, 50] }),
  },
  {
    name: "a part goes back, it is cancelled, and restored after all",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 2, { refunds: [half] }),
      told(reference, 3, { refunds: [half], status: "cancelled" }),
      told(reference, 5, { refunds: [half], status: "processing" }),
    ],
    ends: order(500),
  },
  {
    name: "called refunded without a refund",
    tells: (reference) => [told(reference, 0), told(reference, 2, { status: "refunded" })],
    ends: order(0),
  },
  {
    name: "told before it was paid, and paid by bank transfer days later",
    tells: (reference) => [
      told(reference, 0, { paidAt: null, status: "on-hold" }),
      told(reference, 4, { paidAt: on(4), status: "processing" }),
    ],
    ends: order(1000),
  },
]);
