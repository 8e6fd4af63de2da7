import { wooEvent, wooOrderUpdated, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
import { playStories } from "./story.ts";
import { half, on, order, renewal, told } from "./woo-orders.ts";

type Json = Record<string, unknown>;

const of = (id: number, earnedMinor: number, more: object = {}) => ({
  order: String(id),
  earnedMinor,
  ...more,
});
/** A list as PHP writes it where one of its places is empty. */
const withGap = (list: object[]) => Object.fromEntries(list.map((one, at) => [String(at + 1), one]));
const metaOf = (bag: Json) => Object.entries(bag).map(([key, value], at) => ({ id: at + 1, key, value }));

playStories("woocommerce", [
  {
    name: "lists with a gap in them, and amounts that are numbers",
    tells: (ref) => [
      told(ref, 0, { more: { meta_data: withGap(metaOf({ reference: ref })), total: 119, total_tax: 19 } }),
      told(ref, 3, {
        more: {
          meta_data: withGap(metaOf({ reference: ref })),
          refunds: withGap([{ id: 801, reason: "", total: -59.5 }]),
          fee_lines: {},
        },
      }),
    ],
    ends: order(500, { netMinor: 10_000 }),
  },
  {
    name: "a note on a renewal that is a number, and one that is there twice",
    tells: (ref) => [
      told(ref, 0),
      wooSubscriptionCreated(),
      renewal(365, 801, {}),
      wooOrderUpdated({
        id: 802,
        status: "processing",
        more: {
          date_modified_gmt: on(730),
          meta_data: [
            { id: 1, key: "_subscription_renewal", value: 728 },
            { id: 2, key: "_subscription_renewal", value: 728 },
            { id: 3, key: "_thing", value: { nested: ["anything", null] } },
          ],
        },
      }),
    ],
    ends: [...order(1000), of(801, 1000, { cycle: "renewal" }), of(802, 1000, { cycle: "renewal" })],
  },
  {
    name: "refunds in parts that come to all, of which the second is deleted and entered anew",
    tells: (ref) => [
      told(ref, 0),
      told(ref, 2, { refunds: [half] }),
      told(ref, 3, { refunds: [half, { id: 802, total: "-35.70" }] }),
      told(ref, 4, { refunds: [half] }),
      told(ref, 5, { refunds: [half, { id: 803, total: "-59.50" }], status: "refunded" }),
    ],
    ends: order(0),
  },
  {
    name: "a dispute that is won, then another that is lost",
    tells: (ref) => [
      told(ref, 0),
      told(ref, 5, { status: "on-hold" }),
      told(ref, 40, { status: "processing" }),
      told(ref, 50, { status: "on-hold" }),
      told(ref, 90, { status: "failed" }),
    ],
    ends: order(0),
  },
  {
    name: "cancelled before it was ever paid",
    tells: (ref) => [
      told(ref, 0, { paidAt: null, status: "pending" }),
      told(ref, 1, { paidAt: null, status: "cancelled" }),
      wooEvent("order.deleted", { id: 727 }),
    ],
    ends: [of(727, 0, { unknown: true })],
  },
  {
    name: "states of a plugin's own, with and without their prefix",
    tells: (ref) => [
      told(ref, 0, { status: "wc-processing" }),
      told(ref, 1, { status: "wc-shipped" }),
      told(ref, 2, { status: "brand_new", refunds: [half] }),
      wooEvent("coupon.created", { id: 1 }),
      wooEvent("action.brand_new", { id: 1 }),
    ],
    ends: order(500),
  },
  {
    name: "forint, krónur and dinars, refunded in parts",
    tells: (ref) => [
      told(ref, 0, { currency: "HUF" }),
      told(ref, 2, { currency: "HUF", refunds: [{ id: 801, total: "-23.8" }] }),
      told(ref, 0, { id: 730, currency: "ISK", total: "11900", tax: "1900" }),
      told(ref, 2, {
        id: 730,
        currency: "ISK",
        total: "11900",
        tax: "1900",
        refunds: [{ id: 802, total: "-5950.00" }],
      }),
      told(ref, 0, { id: 731, currency: "KWD", total: "11.900", tax: "1.900" }),
    ],
    ends: [
      ...order(800, { currency: "HUF" }),
      of(730, 500, { currency: "ISK", netMinor: 10_000 }),
      of(731, 1000, { currency: "KWD", netMinor: 10_000 }),
    ],
  },
  {
    name: "a smaller plan in mid-term, which costs nothing, then a term at its price, paid back in part",
    tells: (ref) => [
      told(ref, 0),
      wooSubscriptionCreated(),
      renewal(90, 801, { total: "0.00", tax: "0.00" }, "_subscription_switch"),
      renewal(365, 802, { total: "59.50", tax: "9.50" }),
      renewal(370, 802, { total: "59.50", tax: "9.50", refunds: [{ id: 9, total: "-29.75" }] }),
    ],
    ends: [...order(1000), of(801, 0, { netMinor: 0 }), of(802, 250, { cycle: "renewal", netMinor: 5000 })],
  },
  {
    name: "with the least that an order has",
    tells: (ref) => [
      wooEvent("order.updated", {
        id: 727,
        currency: "EUR",
        total: "119.00",
        total_tax: "19.00",
        date_paid_gmt: on(0),
        date_modified_gmt: on(0),
        meta_data: metaOf({ reference: ref }),
      }),
      wooEvent("order.updated", {
        id: 727,
        status: "completed",
        currency: "EUR",
        total: "119.00",
        total_tax: "19.00",
        date_paid_gmt: on(0),
        date_modified_gmt: on(2),
        meta_data: metaOf({ reference: ref }),
        refunds: [{ id: 801, total: "-59.50" }],
      }),
    ],
    ends: order(500, { netMinor: 10_000 }),
  },
]);
