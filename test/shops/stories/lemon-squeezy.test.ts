import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";
import { playStories } from "./story.ts";

const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
const sold = (reference: string, more: object = {}) =>
  lemonOrderCreated({ id: "7", customData: { ref: reference }, ...more });
const back = (day: number, refundedMinor: number) =>
  lemonOrderRefunded({ id: "7", refundedMinor, more: { updated_at: on(day) } });
const invoice = (id: string, more: object = {}) =>
  lemonSubscriptionPayment({ id, subscription: 31, at: on(365), ...more });
const began = lemonSubscriptionCreated({ id: "31", order: 7 });
const order = (earnedMinor: number, more: object = {}) => [{ order: "7", earnedMinor, ...more }];
const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: `subscription-invoice-${id}`,
  earnedMinor,
  ...more,
});
const setup = { setup_fee: 3000, subtotal: 10_000 };

playStories("lemon-squeezy", [
  { name: "a purchase", tells: (ref) => [sold(ref)], ends: order(1000, { netMinor: 10_000, cycle: "new" }) },
  {
    name: "a fee for setting up",
    tells: (ref) => [sold(ref, { more: setup }), back(1, 5950)],
    ends: order(500, { lostOfLines: [3500, 1500] }),
  },
  {
    name: "two refunds by running total",
    tells: (ref) => [sold(ref), back(1, 3570), back(2, 5950)],
    ends: order(500),
  },
  {
    name: "a total that becomes smaller",
    tells: (ref) => [sold(ref), back(1, 11_900), back(2, 1190)],
    ends: order(900),
  },
  {
    name: "a total that becomes what it was before",
    tells: (ref) => [sold(ref), back(1, 1190), back(2, 11_900), back(3, 1190)],
    ends: order(900),
  },
  { name: "all goes back", tells: (ref) => [sold(ref), back(1, 11_900)], ends: order(0) },
  {
    name: "a renewal inherits its order",
    tells: (ref) => [sold(ref), began, invoice("55")],
    ends: [...order(1000), of("55", 1000, { cycle: "renewal" })],
  },
  {
    name: "a change of plan inherits its order",
    tells: (ref) => [sold(ref), began, invoice("56", { reason: "updated", totalMinor: 5000 })],
    ends: [...order(1000), of("56", 500, { cycle: "renewal" })],
  },
  {
    name: "a trial, then the first payment",
    tells: (ref) => [sold(ref, { totalMinor: 0 }), began, invoice("57")],
    ends: [...order(0), of("57", 1000)],
  },
  {
    name: "the first invoice is the order's own money",
    tells: (ref) => [sold(ref), began, invoice("58", { reason: "initial" })],
    ends: order(1000),
  },
  {
    name: "a renewal is refunded in part",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("59"),
      invoice("59", {
        name: "subscription_payment_refunded",
        refundedMinor: 5950,
        more: { updated_at: on(370) },
      }),
    ],
    ends: [...order(1000), of("59", 500)],
  },
  {
    name: "a code for all of it",
    tells: (ref) => [sold(ref, { totalMinor: 0, more: { subtotal: 10_000, discount_total: 10_000 } })],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "a code and a fee for setting up, half of it refunded",
    tells: (ref) => [
      sold(ref, { totalMinor: 9520, taxMinor: 1520, more: { ...setup, discount_total: 2000 } }),
      lemonOrderRefunded({
        id: "7",
        totalMinor: 9520,
        taxMinor: 1520,
        refundedMinor: 4760,
        more: { updated_at: on(2) },
      }),
    ],
    ends: order(400, { netMinor: 8000 }),
  },
  {
    name: "a tax within the price, in yen",
    tells: (ref) => [sold(ref, { currency: "JPY", more: { tax_inclusive: true, subtotal: 11_900 } })],
    ends: order(1000, { netMinor: 10_000, currency: "JPY" }),
  },
  {
    name: "a smaller plan in mid-term, and a further term",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("60", { reason: "updated", totalMinor: -5950, taxMinor: -950, at: on(90) }),
      invoice("61", { totalMinor: 5950, taxMinor: 950 }),
    ],
    ends: [...order(1000), { ...of("60", 0), unknown: true }, of("61", 500, { cycle: "renewal" })],
  },
  {
    name: "a payment that failed and was recovered, told by both, after a pause",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("62", { name: "subscription_payment_failed", status: "pending" }),
      invoice("62", { name: "subscription_payment_recovered", at: on(400) }),
      invoice("62", { at: on(400) }),
    ],
    ends: [...order(1000), of("62", 1000, { cycle: "renewal" })],
  },
  {
    name: "an order of the test mode, and one that is taken for fraud",
    tells: (ref) => [
      sold(ref, { id: "8", testMode: true }),
      sold(ref, { id: "9", status: "fraudulent" }),
      sold(ref),
    ],
    ends: [
      ...order(1000),
      { order: "8", earnedMinor: 0, unknown: true },
      { order: "9", earnedMinor: 0, unknown: true },
    ],
  },
  {
    name: "a refund that is told before its order, and the order by another address once more",
    tells: (ref) => [
      back(3, 2380),
      sold(ref),
      sold(ref, { email: "other@example.com", status: "partial_refund" }),
    ],
    ends: order(800),
  },
]);
