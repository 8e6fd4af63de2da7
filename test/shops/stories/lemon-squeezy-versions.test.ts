import {
  lemonEvent,
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";
import { playStories } from "./story.ts";

const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
const sold = (reference: string, more: object = {}) =>
  lemonOrderCreated({ id: "7", customData: { ref: reference }, ...more });
const item = (more: object = {}) => ({
  first_order_item: { id: 91, product_id: 1, variant_id: 2, price_id: 3, quantity: 3, ...more },
});
const order = (earnedMinor: number, more: object = {}) => [{ order: "7", earnedMinor, ...more }];
const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: `subscription-invoice-${id}`,
  earnedMinor,
  ...more,
});
/** The subscription of order 7, with the order's number as text. */
const began = () =>
  lemonEvent("subscription_created", {
    type: "subscriptions",
    id: "31",
    attributes: { order_id: "7", user_email: "customer@example.com", created_at: on(0) },
  });

playStories("lemon-squeezy", [
  {
    name: "a product, its variant and price, three of it, by ids as numbers and as text",
    tells: (ref) => [
      sold(ref, { more: item() }),
      sold(ref, {
        id: "8",
        more: item({ id: "92", product_id: "1", variant_id: "2", price_id: null, quantity: "4" }),
      }),
      lemonOrderRefunded({ id: "8", refundedMinor: 5950, at: on(2), more: { ...item(), updated_at: on(2) } }),
    ],
    ends: [
      ...order(1000, {
        lines: [{ line: "91", articles: ["1", "2", "3"], quantity: 3, listMinor: 10_000, kind: "new" }],
      }),
      { order: "8", earnedMinor: 500 },
    ],
  },
  {
    name: "a subscription that names its order by text, and an invoice that names it so",
    tells: (ref) => {
      const invoice = lemonSubscriptionPayment({ id: "71", subscription: 31, at: on(365) });
      const { data } = invoice as { data: { attributes: object } };
      const attributes = { ...data.attributes, subscription_id: "31" };
      return [sold(ref), began(), { ...invoice, data: { ...data, attributes } }];
    },
    ends: [...order(1000), of("71", 1000, { cycle: "renewal", lines: [{ kind: "renewal" }] })],
  },
  {
    name: "a change of plan that is refunded, and the refund of one that cost nothing",
    tells: (ref) => [
      sold(ref),
      lemonSubscriptionCreated({ id: "31", order: 7 }),
      lemonSubscriptionPayment({
        id: "71",
        subscription: 31,
        at: on(90),
        reason: "updated",
        totalMinor: 5950,
        taxMinor: 950,
      }),
      lemonSubscriptionPayment({
        id: "71",
        subscription: 31,
        at: on(90),
        reason: "updated",
        totalMinor: 5950,
        taxMinor: 950,
        name: "subscription_payment_refunded",
        refundedMinor: 5950,
        more: { updated_at: on(95) },
      }),
      lemonSubscriptionPayment({
        id: "72",
        subscription: 31,
        at: on(91),
        reason: "updated",
        totalMinor: 0,
        taxMinor: 0,
      }),
    ],
    ends: [
      ...order(1000),
      of("71", 0, { cycle: "renewal", lines: [{ kind: "upgrade" }], lostOfLines: [5000] }),
      of("72", 0, { unknown: true }),
    ],
  },
  {
    name: "an order and its refund in the test mode between real ones of the same number",
    tells: (ref) => [
      sold(ref),
      lemonOrderRefunded({ id: "7", testMode: true, more: { updated_at: on(2) } }),
      lemonOrderRefunded({ id: "7", refundedMinor: 2380, more: { updated_at: on(3) } }),
    ],
    ends: order(800),
  },
  {
    name: "the least that an article has: no ids, no quantity, no list price",
    tells: (ref) => [
      sold(ref, {
        more: {
          first_order_item: {},
          subtotal: null,
          setup_fee: null,
          discount_total: null,
          tax_inclusive: null,
        },
      }),
    ],
    ends: order(1000, {
      lines: [{ line: "1", articles: [], quantity: 1, netMinor: 10_000, taxMinor: 1900 }],
    }),
  },
  {
    name: "a fee within the subtotal, a code on both, tax within the price, a part refunded",
    tells: (ref) => [
      sold(ref, {
        totalMinor: 11_900,
        taxMinor: 1900,
        more: { ...item(), subtotal: 14_875, setup_fee: 2975, discount_total: 2975, tax_inclusive: true },
      }),
      lemonOrderRefunded({ id: "7", refundedMinor: 5950, more: { updated_at: on(2) } }),
    ],
    ends: order(500, {
      lines: [
        { line: "91", netMinor: 8000, taxMinor: 1520, kind: "new" },
        { line: "setup", netMinor: 2000, taxMinor: 380, kind: "other" },
      ],
      lostOfLines: [4000, 1000],
    }),
  },
  {
    name: "terms for nothing, and one at its price years later, whose data carry a licence that is a number",
    tells: (ref) => [
      sold(ref, { totalMinor: 0, taxMinor: 0, customData: { ref, licence: 4711 } }),
      lemonSubscriptionCreated({ id: "31", order: 7 }),
      lemonSubscriptionPayment({ id: "71", subscription: 31, at: on(365), totalMinor: 0, taxMinor: 0 }),
      lemonSubscriptionPayment({ id: "72", subscription: 31, at: on(1460) }),
      lemonOrderCreated({ id: "9", at: on(1500), customData: { licence: "4711" } }),
    ],
    ends: [
      ...order(0, { outcome: "credited" }),
      of("71", 0, { outcome: "credited", cycle: "renewal" }),
      of("72", 1000),
      { order: "9", earnedMinor: 1000 },
    ],
  },
]);
