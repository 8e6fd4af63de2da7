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
const back = (day: number, refundedMinor: number | null, more: object = {}) =>
  lemonOrderRefunded({ id: "7", refundedMinor, more: { updated_at: on(day), ...more } });
const invoice = (id: string, day: number, more: object = {}) =>
  lemonSubscriptionPayment({ id, subscription: 31, at: on(day), ...more });
const invoiceBack = (id: string, day: number, refundedMinor: number, more: object = {}) =>
  invoice(id, 365, {
    name: "subscription_payment_refunded",
    status: "partial_refund",
    refundedMinor,
    more: { updated_at: on(day), refunded_at: on(day) },
    ...more,
  });
const began = lemonSubscriptionCreated({ id: "31", order: 7 });
const order = (earnedMinor: number, more: object = {}) => [{ order: "7", earnedMinor, ...more }];
const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: `subscription-invoice-${id}`,
  earnedMinor,
  ...more,
});

playStories("lemon-squeezy", [
  {
    name: "a refund of before amounts were told, which is of all",
    tells: (ref) => [sold(ref), back(2, null, { refunded: true, refunded_at: on(2) })],
    ends: order(0),
  },
  {
    name: "three refunds in parts, which come to all",
    tells: (ref) => [sold(ref), back(2, 2380), back(3, 4760), back(9, 11_900)],
    ends: order(0),
  },
  {
    name: "a renewal refunded in two parts, told twice",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 365),
      invoiceBack("61", 370, 2380),
      invoiceBack("61", 380, 5950),
      invoiceBack("61", 380, 5950),
    ],
    ends: [...order(1000), of("61", 500, { cycle: "renewal" })],
  },
  {
    name: "the first payment refunded, which its order and its invoice both tell",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("60", 0, { reason: "initial" }),
      back(3, 5950),
      invoiceBack("60", 3, 5950, { reason: "initial" }),
    ],
    ends: [...order(500), of("60", 0, { unknown: true })],
  },
  {
    name: "forint in hundredths and dinars of three digits, refunded in parts",
    tells: (ref) => [
      sold(ref, { currency: "HUF" }),
      lemonOrderRefunded({ id: "7", currency: "HUF", refundedMinor: 2380, more: { updated_at: on(2) } }),
      sold(ref, { id: "8", currency: "KWD" }),
      lemonOrderRefunded({ id: "8", currency: "KWD", refundedMinor: 1190, more: { updated_at: on(2) } }),
    ],
    ends: [...order(800, { currency: "HUF" }), { order: "8", earnedMinor: 900, currency: "KWD" }],
  },
  {
    name: "a larger plan, a larger quantity, and a smaller plan at the next term",
    tells: (ref) => [
      sold(ref),
      began,
      lemonEvent("subscription_plan_changed", { type: "subscriptions", id: "31", attributes: {} }),
      invoice("61", 90, { reason: "updated", totalMinor: 5950, taxMinor: 950 }),
      lemonEvent("subscription_updated", { type: "subscriptions", id: "31", attributes: {} }),
      invoice("62", 120, { reason: "updated", totalMinor: 23_800, taxMinor: 3800 }),
      invoice("63", 365, { totalMinor: 5950, taxMinor: 950 }),
    ],
    ends: [
      ...order(1000),
      of("61", 500, { cycle: "renewal" }),
      of("62", 2000, { cycle: "renewal" }),
      of("63", 500, { cycle: "renewal" }),
    ],
  },
  {
    name: "a subscription that is cancelled, ended, and begun anew by a link of its own",
    tells: (ref) => [
      sold(ref),
      began,
      lemonEvent("subscription_cancelled", { type: "subscriptions", id: "31", attributes: {} }),
      lemonEvent("subscription_expired", { type: "subscriptions", id: "31", attributes: {} }),
      sold(ref, { id: "8", at: on(500) }),
      lemonSubscriptionCreated({ id: "32", order: 8, at: on(500) }),
      lemonSubscriptionPayment({ id: "64", subscription: 32, at: on(865) }),
    ],
    ends: [...order(1000), { order: "8", earnedMinor: 1000 }, of("64", 1000, { cycle: "renewal" })],
  },
  {
    name: "events, states and reasons that nobody knows yet",
    tells: (ref) => [
      sold(ref),
      lemonEvent("brand_new", { type: "things", id: "1", attributes: {} }),
      lemonEvent("license_key_created", { type: "license-keys", id: "1", attributes: {} }),
      sold(ref, { id: "9", status: "brand_new" }),
      began,
      invoice("61", 365, { reason: "brand_new" }),
    ],
    ends: [
      ...order(1000),
      { order: "9", earnedMinor: 0, unknown: true },
      of("61", 1000, { cycle: "renewal" }),
    ],
  },
  {
    name: "an invoice that is told as paid and was voided or waits",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 365, { status: "pending" }),
      invoice("62", 730, { status: "void" }),
    ],
    ends: [...order(1000), of("61", 0, { unknown: true }), of("62", 0, { unknown: true })],
  },
  {
    name: "with the least that an order and a refund have",
    tells: (ref) => {
      const attributes = {
        currency: "EUR",
        total: 11_900,
        tax: 1900,
        status: "paid",
        created_at: on(0),
      };
      const least = { type: "orders", id: "7", attributes };
      const carried = { customData: { reference: ref } };
      return [
        lemonEvent("order_created", least, carried),
        lemonEvent(
          "order_refunded",
          {
            ...least,
            attributes: {
              ...attributes,
              status: "partial_refund",
              refunded_amount: 5950,
              refunded_at: on(2),
            },
          },
          carried,
        ),
      ];
    },
    ends: order(500, { netMinor: 10_000 }),
  },
]);
