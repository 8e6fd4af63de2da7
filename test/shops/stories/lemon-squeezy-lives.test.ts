import { lemonSubscriptionCreated } from "../lemon-squeezy-fixtures.ts";
import { back, began, invoice, invoiceBack, of, on, order, sold } from "./lemon-squeezy-tellings.ts";
import { playStories } from "./story.ts";

playStories("lemon-squeezy", [
  {
    name: "a total that grows, shrinks to nothing, and is what it was before",
    tells: (ref) => [sold(ref), back(2, 2380), back(5, 5950), back(9, 0, { status: "paid" }), back(20, 5950)],
    ends: order(500),
  },
  {
    name: "yen: an order refunded in part, and a term of which all goes back and a part comes again",
    tells: (ref) => [
      sold(ref, { currency: "JPY" }),
      began,
      back(5, 2380, { currency: "JPY" }),
      invoice("61", 365, { currency: "JPY" }),
      invoiceBack("61", 365, 370, 11_900, { currency: "JPY", status: "refunded" }),
      invoiceBack("61", 365, 380, 5950, { currency: "JPY" }),
    ],
    ends: [...order(800, { currency: "JPY" }), of("61", 500, { currency: "JPY" })],
  },
  {
    name: "a trial, a payment that fails and is recovered, a larger plan, a smaller one, a term",
    tells: (ref) => [
      sold(ref, { totalMinor: 0, taxMinor: 0 }),
      began,
      invoice("61", 14, { name: "subscription_payment_failed", status: "pending" }),
      invoice("61", 14, { name: "subscription_payment_recovered" }),
      invoice("62", 90, { reason: "updated", totalMinor: 5950, taxMinor: 950 }),
      invoiceBack("62", 90, 95, 2975, { reason: "updated", totalMinor: 5950, taxMinor: 950 }),
      invoice("63", 200, { reason: "updated", totalMinor: -1190, taxMinor: -190 }),
      invoice("64", 379, { totalMinor: 10_710, taxMinor: 1710 }),
    ],
    ends: [
      ...order(0),
      of("61", 1000, { cycle: "renewal" }),
      of("62", 250),
      of("63", 0, { unknown: true }),
      of("64", 900, { cycle: "renewal" }),
    ],
  },
  {
    name: "a clock that is a month ahead: refunded in part, and less of it after all",
    tells: (ref) => [
      sold(ref, { at: on(400) }),
      back(401, 5950, { at: on(400) }),
      back(405, 2380, { at: on(400) }),
    ],
    ends: order(800),
  },
  {
    name: "cancelled, and bought anew years later through the product, each with terms of its own",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 365),
      sold(ref, { id: "8", at: on(1200) }),
      lemonSubscriptionCreated({ id: "32", order: 8, at: on(1200) }),
      invoice("62", 1565, { subscription: 32 }),
      invoiceBack("62", 1565, 1570, 2380, { subscription: 32 }),
    ],
    ends: [
      ...order(1000, { cycle: "new" }),
      of("61", 1000),
      { order: "8", earnedMinor: 1000 },
      of("62", 800, { cycle: "renewal" }),
    ],
  },
  {
    name: "the first payment refunded in part, told by its order and twice by its invoice",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("60", 0, { reason: "initial" }),
      back(5, 5950),
      invoiceBack("60", 0, 5, 5950, { reason: "initial" }),
      invoiceBack("60", 0, 6, 5950, { reason: "initial" }),
    ],
    ends: [...order(500), of("60", 0, { unknown: true })],
  },
  {
    name: "terms years apart in two currencies, each refunded in part, the order whole",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 365, { currency: "GBP" }),
      invoiceBack("61", 365, 370, 5950, { currency: "GBP" }),
      invoice("62", 1095),
      invoiceBack("62", 1095, 1100, 11_900, { status: "refunded" }),
      invoiceBack("62", 1095, 1130, 1190, {}),
    ],
    ends: [...order(1000), of("61", 500, { currency: "GBP" }), of("62", 900)],
  },
  {
    name: "taken for fraud after it was paid and refunded, and another order of the same customer",
    tells: (ref) => [
      sold(ref),
      back(2, 11_900),
      sold(ref, { status: "fraudulent", more: { updated_at: on(3) } }),
      sold(ref, { id: "9", at: on(30) }),
    ],
    ends: [...order(0), { order: "9", earnedMinor: 1000 }],
  },
]);
