import { wooEvent, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
import { playStories } from "./story.ts";
import { half, on, order, renewal, told } from "./woo-orders.ts";

playStories("woocommerce", [
  {
    name: "a code for all of it",
    tells: (reference) => [
      told(reference, 0, { total: "0.00", coupons: ["FREE"], more: { discount_total: "100.00" } }),
    ],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "a fee below zero on a cart, half of it refunded",
    tells: (reference) => {
      const more = {
        line_items: [{ id: 1, product_id: 93, quantity: 1, total: "100.00", total_tax: "19.00" }],
        fee_lines: [{ id: 2, total: "-20.00", total_tax: "-3.80" }],
      };
      const sold = { total: "95.20", tax: "15.20", more };
      return [
        told(reference, 0, sold),
        told(reference, 2, { ...sold, refunds: [{ id: 801, total: "-47.60" }] }),
      ];
    },
    ends: order(400, { netMinor: 8000 }),
  },
  {
    name: "a part is refunded, then a dispute about all is lost",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 2, { refunds: [half] }),
      told(reference, 9, { refunds: [half], status: "failed" }),
    ],
    ends: order(0),
  },
  {
    name: "a draft, backordered goods, a payment that fails, and one that does not",
    tells: (reference) => [
      told(reference, 0, { paidAt: null, status: "checkout-draft" }),
      told(reference, 1, { paidAt: null, status: "failed" }),
      told(reference, 2, {
        paidAt: on(2),
        status: "processing",
        more: {
          line_items: [
            {
              id: 1,
              product_id: 93,
              quantity: 2,
              total: "100.00",
              total_tax: "19.00",
              meta_data: [{ id: 1, key: "Backordered", value: "1" }],
            },
          ],
        },
      }),
    ],
    ends: order(1000),
  },
  {
    name: "a quantity raised after the payment, by another address",
    tells: (reference) => [
      told(reference, 0),
      told(reference, 3, {
        total: "238.00",
        tax: "38.00",
        email: "other@example.com",
        more: {
          line_items: [
            { id: 315, product_id: 93, quantity: 2, name: "Renamed", total: "200.00", total_tax: "38.00" },
          ],
        },
      }),
    ],
    ends: order(2000, { netMinor: 20_000 }),
  },
  {
    name: "yen and dinars, refunded in parts",
    tells: (reference) => [
      told(reference, 0, { currency: "JPY", total: "11900", tax: "1900" }),
      told(reference, 2, {
        currency: "JPY",
        total: "11900",
        tax: "1900",
        refunds: [{ id: 801, total: "-1190" }],
      }),
      told(reference, 0, { id: 729, currency: "KWD", total: "11.900", tax: "1.900" }),
      told(reference, 3, {
        id: 729,
        currency: "KWD",
        total: "11.900",
        tax: "1.900",
        refunds: [
          { id: 802, total: "-1.190" },
          { id: 803, total: "-2.380" },
        ],
      }),
    ],
    ends: [
      ...order(900, { currency: "JPY", netMinor: 10_000 }),
      { order: "729", earnedMinor: 700, currency: "KWD", netMinor: 10_000 },
    ],
  },
  {
    name: "a trial, its first payment, which fails at first, and a change to a plan that costs nothing now",
    tells: (reference) => [
      told(reference, 0, { total: "0.00" }),
      wooSubscriptionCreated(),
      renewal(14, 730, { paidAt: null, status: "failed" }),
      renewal(15, 730, { paidAt: on(15) }),
      renewal(90, 731, { total: "0.00", paidAt: on(90) }, "_subscription_switch"),
    ],
    ends: [
      ...order(0),
      { order: "730", earnedMinor: 1000, cycle: "renewal" },
      { order: "731", earnedMinor: 0, cycle: "renewal" },
    ],
  },
  {
    name: "thrown away by mistake, and restored before its shop has told of it",
    tells: (reference) => [
      told(reference, 0),
      wooEvent("order.deleted", { id: 727 }),
      wooEvent("order.restored", told(reference, 3)),
    ],
    ends: order(1000),
    // An order that is thrown away tells no time.
    inOrder: true,
  },
]);
