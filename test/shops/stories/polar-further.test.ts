import { polarEvent, polarOrderPaid, polarOrderRefunded, polarRefundUpdated } from "../polar-fixtures.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

const id = "o_1";
const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
const sold = (reference: string, more: object = {}) =>
  polarOrderPaid({ id, metadata: { reference_id: reference }, ...more });
const total = (day: number, refundedMinor: number, refundedTaxMinor: number, more: object = {}) =>
  polarOrderRefunded({ id, at: on(day), refundedMinor, refundedTaxMinor, ...more });
const withData = (event: Json, more: Json): Json => ({
  ...event,
  data: { ...(event.data as Json), ...more },
});
/** A refund that began on a day, as it stands on another. */
const refund = (begun: number, day: number, status: string, more: object = {}, name = "r_1") =>
  withData(polarRefundUpdated({ id: name, order: id, status, at: on(day), ...more }), {
    created_at: on(begun),
  });
const half = { amountMinor: 5000, taxMinor: 950 };
const order = (earnedMinor: number, more: object = {}) => [{ order: id, earnedMinor, ...more }];
const of = (name: string, earnedMinor: number, more: object = {}) => ({ order: name, earnedMinor, ...more });
/** A further order of the subscription. */
const further = (name: string, day: number, billingReason: string, more: Json = {}) =>
  polarOrderPaid({
    id: name,
    subscription: "s_1",
    billingReason,
    at: on(day),
    more: { checkout_id: null, created_at: on(day), ...more },
  });

playStories("polar", [
  {
    name: "krónur and shillings refunded in two parts, of which one fails",
    tells: (ref) => [
      sold(ref, { currency: "isk", netMinor: 1_000_000, taxMinor: 190_000 }),
      refund(2, 2, "succeeded", { amountMinor: 100_000, taxMinor: 19_000, currency: "isk" }),
      refund(3, 3, "succeeded", { amountMinor: 200_000, taxMinor: 38_000, currency: "isk" }, "r_2"),
      refund(3, 9, "failed", { amountMinor: 200_000, taxMinor: 38_000, currency: "isk" }, "r_2"),
      sold(ref, {
        id: "o_2",
        currency: "ugx",
        netMinor: 1_000_000,
        taxMinor: 0,
        more: { checkout_id: "c_2" },
      }),
    ],
    ends: [
      ...order(900, { currency: "ISK", netMinor: 10_000, taxMinor: 1900 }),
      of("o_2", 1000, { currency: "UGX" }),
    ],
  },
  {
    name: "a renewal that still names the checkout of the first order",
    tells: (ref) => [
      sold(ref, { subscription: "s_1", billingReason: "subscription_create", more: { checkout_id: "c_1" } }),
      further("o_2", 365, "subscription_cycle", { checkout_id: "c_1" }),
    ],
    ends: [...order(1000, { cycle: "new" }), of("o_2", 1000, { cycle: "renewal" })],
  },
  {
    name: "told before it was paid, paid, and voided for the rest",
    tells: (ref) => [
      polarEvent("order.created", { id, metadata: { reference_id: ref }, more: { status: "pending" } }),
      polarEvent("order.updated", { id, at: on(0), more: { status: "pending" } }),
      sold(ref, { at: on(0.1) }),
      polarEvent("order.updated", { id: "o_9", at: on(1), more: { status: "void", checkout_id: "c_9" } }),
    ],
    ends: [...order(1000), of("o_9", 0, { unknown: true })],
  },
  {
    name: "a refund that prevents a dispute, told by itself",
    tells: (ref) => [
      sold(ref),
      withData(refund(4, 4, "succeeded"), {
        reason: "dispute_prevention",
        dispute: { id: "d_1", status: "prevented", resolved: true, amount: 10_000, tax_amount: 1900 },
      }),
    ],
    ends: order(0),
  },
  {
    name: "refunds in three parts, the tax of them apart, the last of which is cancelled",
    tells: (ref) => [
      sold(ref),
      refund(1, 1, "succeeded", { amountMinor: 2000, taxMinor: 0 }),
      total(1, 2000, 0),
      refund(2, 2, "succeeded", { amountMinor: 0, taxMinor: 380 }, "r_2"),
      total(2, 2000, 380),
      refund(3, 3, "succeeded", half, "r_3"),
      total(3, 7000, 1330),
      refund(3, 8, "canceled", half, "r_3"),
      polarEvent("order.updated", {
        id,
        at: on(8.1),
        metadata: { reference_id: ref },
        refundedMinor: 2000,
        refundedTaxMinor: 380,
      }),
    ],
    ends: order(800),
  },
  {
    name: "states, reasons and events that nobody knows yet",
    tells: (ref) => [
      sold(ref, { billingReason: "brand_new" }),
      { type: "brand.new", timestamp: on(1), data: { id: "x" } },
      refund(2, 2, "brand_new"),
      polarEvent("order.updated", { id, at: on(3), more: { status: "brand_new" } }),
    ],
    ends: order(1000, { cycle: "new" }),
  },
  {
    name: "with the least that an order has",
    tells: (ref) => [
      {
        type: "order.paid",
        timestamp: on(0),
        data: {
          id,
          created_at: on(0),
          status: "paid",
          billing_reason: "purchase",
          net_amount: 10_000,
          tax_amount: 1900,
          refunded_amount: 0,
          refunded_tax_amount: 0,
          currency: "EUR",
          metadata: { reference: ref },
        },
      },
    ],
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "an order of before there was a net amount",
    tells: (ref) => [
      sold(ref, {
        more: {
          net_amount: undefined,
          subtotal_amount: 12_000,
          discount_amount: 2000,
          applied_balance_amount: undefined,
        },
      }),
      total(2, 5000, 950),
    ],
    ends: order(500, { netMinor: 10_000, taxMinor: 1900 }),
  },
  {
    name: "a subscription that is cancelled, and begun anew by a link of its own",
    tells: (ref) => [
      sold(ref, { subscription: "s_1", billingReason: "subscription_create", more: { checkout_id: "c_1" } }),
      { type: "subscription.canceled", timestamp: on(20), data: { id: "s_1" } },
      sold(ref, {
        id: "o_2",
        subscription: "s_2",
        billingReason: "subscription_create",
        more: { checkout_id: "c_2", created_at: on(60) },
      }),
      polarOrderPaid({
        id: "o_3",
        subscription: "s_2",
        billingReason: "subscription_cycle",
        more: { checkout_id: null, created_at: on(425) },
      }),
    ],
    ends: [...order(1000), of("o_2", 1000), of("o_3", 1000, { cycle: "renewal" })],
  },
]);
