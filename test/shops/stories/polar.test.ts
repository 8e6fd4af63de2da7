import { polarEvent, polarOrderPaid, polarOrderRefunded, polarRefundUpdated } from "../polar-fixtures.ts";
import { playStories } from "./story.ts";

const id = "o_1";
const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
const sold = (reference: string, more: object = {}) =>
  polarOrderPaid({ id, metadata: { reference_id: reference }, ...more });
const order = (earnedMinor: number, more: object = {}) => [{ order: id, earnedMinor, ...more }];
const total = (day: number, refundedMinor: number, refundedTaxMinor: number) =>
  polarOrderRefunded({ id, at: on(day), refundedMinor, refundedTaxMinor });
const refund = (day: number, status: string, more: object = {}) =>
  polarRefundUpdated({ id: "r_1", order: id, status, at: on(day), ...more });
const item = { id: "i1", amount: 6000, tax_amount: 1140, product_price_id: "price_1" };
const items = [item, { ...item, id: "i2", amount: 4000, tax_amount: 760 }];
/** A further order of the subscription. */
const changed = (name: string, day: number, billingReason: string, more: object = {}) =>
  polarOrderPaid({
    id: name,
    subscription: "s_1",
    billingReason,
    at: on(day),
    ...{ more: { checkout_id: null, created_at: on(day) } },
    ...more,
  });

playStories("polar", [
  { name: "a purchase", tells: (ref) => [sold(ref)], ends: order(1000, { netMinor: 10_000, cycle: "new" }) },
  {
    name: "a cart, half of it refunded",
    tells: (ref) => [sold(ref, { more: { items } }), total(3, 5000, 950)],
    ends: order(500, { lostOfLines: [3000, 2000] }),
  },
  {
    name: "a full refund that is cancelled",
    tells: (ref) => [sold(ref), total(1, 10_000, 1900), refund(3, "canceled")],
    ends: order(1000),
  },
  {
    name: "a refund told by itself alone that fails",
    tells: (ref) => [sold(ref), refund(1, "succeeded"), refund(3, "failed")],
    ends: order(1000),
  },
  {
    name: "a refund told both ways counts once",
    tells: (ref) => [
      sold(ref),
      refund(1, "succeeded", { amountMinor: 3000, taxMinor: 570 }),
      total(2, 3000, 570),
    ],
    ends: order(700),
  },
  {
    name: "a full refund that is cancelled, then a tenth",
    tells: (ref) => [sold(ref), total(1, 10_000, 1900), refund(3, "canceled"), total(4, 1000, 190)],
    ends: order(900),
  },
  {
    name: "the order's own total made smaller again",
    tells: (ref) => {
      const metadata = { reference_id: ref };
      return [sold(ref), total(1, 10_000, 1900), polarEvent("order.updated", { id, at: on(3), metadata })];
    },
    ends: order(1000),
  },
  {
    name: "a refund under way beside another that is done",
    tells: (ref) => [
      sold(ref),
      refund(1, "pending", { amountMinor: 2000, taxMinor: 380 }),
      total(2, 3000, 570),
    ],
    ends: order(500),
  },
  {
    name: "a refund that fails while another was done meanwhile",
    tells: (ref) => [
      sold(ref),
      refund(1, "pending", { amountMinor: 2000, taxMinor: 380 }),
      total(2, 3000, 570),
      refund(5, "failed", { amountMinor: 2000, taxMinor: 380 }),
    ],
    ends: order(700),
  },
  {
    name: "a refund that is done after another, both in the total",
    tells: (ref) => [
      sold(ref),
      refund(1, "pending", { amountMinor: 2000, taxMinor: 380 }),
      total(2, 3000, 570),
      refund(5, "succeeded", { amountMinor: 2000, taxMinor: 380 }),
      total(5, 5000, 950),
    ],
    ends: order(500),
  },
  { name: "the tax alone", tells: (ref) => [sold(ref), total(2, 0, 1900)], ends: order(1000) },
  {
    name: "a balance pays half",
    tells: (ref) => [sold(ref, { balanceMinor: -5950 })],
    ends: order(500, { netMinor: 5000, taxMinor: 950 }),
  },
  {
    name: "krónur as Stripe counts them",
    tells: (ref) => [sold(ref, { currency: "isk", netMinor: 1_000_000, taxMinor: 240_000 })],
    ends: order(1000, { netMinor: 10_000, taxMinor: 2400 }),
  },
  {
    name: "an upgrade inherits its subscription",
    tells: (ref) => [
      sold(ref, { subscription: "s_1", billingReason: "subscription_create" }),
      polarOrderPaid({
        id: "o_2",
        subscription: "s_1",
        billingReason: "subscription_update",
        netMinor: 5000,
        taxMinor: 0,
        more: { checkout_id: null, created_at: on(9) },
      }),
    ],
    ends: [...order(1000), { order: "o_2", earnedMinor: 500, cycle: "renewal" }],
  },
  {
    name: "a code for all of it",
    tells: (ref) => [
      sold(ref, { netMinor: 0, taxMinor: 0, code: "FREE", more: { discount_amount: 10_000 } }),
    ],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "a code on a cart, half of it refunded",
    tells: (ref) => [
      sold(ref, { netMinor: 8000, taxMinor: 1520, more: { items, discount_amount: 2000 } }),
      total(2, 4000, 760),
    ],
    ends: order(400, { netMinor: 8000 }),
  },
  {
    name: "a smaller plan, whose balance pays half of the next term",
    tells: (ref) => [
      sold(ref, { subscription: "s_1", billingReason: "subscription_create" }),
      changed("o_2", 90, "subscription_update", { netMinor: -5000, taxMinor: -950, balanceMinor: 5950 }),
      changed("o_3", 365, "subscription_cycle", { balanceMinor: -5950 }),
    ],
    ends: [
      ...order(1000),
      { order: "o_2", earnedMinor: 0, unknown: true },
      { order: "o_3", earnedMinor: 500, netMinor: 5000, cycle: "renewal" },
    ],
  },
  {
    name: "a larger plan that gives back what is left of the old one, half of it refunded",
    tells: (ref) => [
      sold(ref, { subscription: "s_1", billingReason: "subscription_create" }),
      changed("o_2", 90, "subscription_update", {
        netMinor: 6000,
        taxMinor: 1140,
        more: {
          checkout_id: null,
          items: [
            { ...item, amount: 10_000, tax_amount: 1900, proration: true },
            { ...item, id: "i2", amount: -4000, tax_amount: -760, proration: true },
          ],
        },
      }),
      polarOrderRefunded({
        id: "o_2",
        at: on(92),
        netMinor: 6000,
        taxMinor: 1140,
        refundedMinor: 3000,
        refundedTaxMinor: 570,
        more: { checkout_id: null },
      }),
    ],
    ends: [...order(1000), { order: "o_2", earnedMinor: 300, netMinor: 6000 }],
  },
  {
    name: "dinars of three digits and yen of none",
    tells: (ref) => [
      sold(ref, { currency: "kwd", netMinor: 10_010, taxMinor: 0 }),
      polarOrderRefunded({ id, at: on(2), currency: "kwd", refundedMinor: 5000, refundedTaxMinor: 0 }),
      sold(ref, { id: "o_2", currency: "jpy", more: { checkout_id: null } }),
    ],
    ends: [...order(501, { currency: "KWD" }), { order: "o_2", earnedMinor: 1000, currency: "JPY" }],
  },
  {
    name: "an order that is told once more as it was before its refund, under another id",
    tells: (ref) => [
      sold(ref),
      total(2, 5000, 950),
      polarEvent("order.updated", { id, at: on(1), metadata: { reference_id: ref } }),
    ],
    ends: order(500),
  },
  {
    name: "a trial, the first payment, and a cycle after a pause by another address",
    tells: (ref) => [
      sold(ref, { subscription: "s_1", billingReason: "subscription_create", netMinor: 0, taxMinor: 0 }),
      changed("o_2", 14, "subscription_cycle"),
      changed("o_3", 500, "subscription_cycle", { email: "other@example.com" }),
    ],
    ends: [
      ...order(0),
      { order: "o_2", earnedMinor: 1000, cycle: "renewal" },
      { order: "o_3", earnedMinor: 1000, cycle: "renewal" },
    ],
  },
]);
