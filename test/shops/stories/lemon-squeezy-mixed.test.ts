import {
  lemonOrderCreated,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";
import { back, began, invoice, invoiceBack, of, on, order, sold } from "./lemon-squeezy-tellings.ts";
import { playStories } from "./story.ts";

playStories("lemon-squeezy", [
  {
    name: "an upgrade refunded in part, then a total that becomes smaller, then larger",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 90, { reason: "updated" }),
      invoiceBack("61", 90, 100, 5950, { reason: "updated" }),
      invoiceBack("61", 90, 110, 2380, { reason: "updated" }),
      invoiceBack("61", 90, 120, 3570, { reason: "updated" }),
    ],
    ends: [...order(1000), of("61", 700, { cycle: "renewal" })],
  },
  {
    name: "an order refunded in part, restored, refunded in full, each told twice years apart",
    tells: (ref) => [
      sold(ref),
      back(2, 5950),
      back(9, 0, { status: "paid" }),
      back(20, 11_900),
      sold(ref),
      back(20, 11_900, { linkSignature: "other" }),
    ],
    ends: order(0),
  },
  {
    name: "a refund before its order and before the subscription is told, and a renewal before them all",
    tells: (ref) => [invoiceBack("61", 365, 370, 2380), invoice("61", 365), back(3, 2380), began, sold(ref)],
    ends: [...order(800), of("61", 800, { cycle: "renewal" })],
  },
  {
    name: "a quantity raised, whose payment fails, is recovered and refunded in part",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 90, { reason: "updated", name: "subscription_payment_failed", status: "pending" }),
      invoice("61", 90, { reason: "updated", name: "subscription_payment_recovered" }),
      invoiceBack("61", 90, 100, 1190, { reason: "updated" }),
    ],
    ends: [...order(1000), of("61", 900, { cycle: "renewal" })],
  },
  {
    name: "a subscription that goes to another customer by another address, half of a term given back",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 365, { email: "other@example.com", more: { customer_id: 9 } }),
      invoiceBack("61", 365, 370, 5950, { email: "third@example.com" }),
    ],
    ends: [...order(1000), of("61", 500, { cycle: "renewal" })],
  },
  {
    name: "an order of the test mode of the same number, refunded, and a refund of the real one",
    tells: (ref) => [
      sold(ref),
      lemonOrderCreated({ id: "7", testMode: true, totalMinor: 100 }),
      back(1, 11_900, { testMode: true }),
      back(3, 2380),
    ],
    ends: order(800, { netMinor: 10_000 }),
  },
  {
    name: "two orders of one customer, of which the second is given back, and a term of each subscription",
    tells: (ref) => [
      sold(ref),
      began,
      sold(ref, { id: "8", at: on(5) }),
      lemonSubscriptionCreated({ id: "32", order: 8, at: on(5) }),
      back(9, 4760, { id: "8" }),
      invoice("61", 365),
      lemonSubscriptionPayment({ id: "62", subscription: 32, at: on(370), totalMinor: 5950, taxMinor: 950 }),
    ],
    ends: [...order(1000), { order: "8", earnedMinor: 600 }, of("61", 1000), of("62", 500)],
  },
  {
    name: "a term that credit for the old plan lowers, a part of it refunded, and an invoice below zero",
    tells: (ref) => [
      sold(ref),
      began,
      invoice("61", 90, { reason: "updated", totalMinor: -5950, taxMinor: -950 }),
      invoice("62", 365, { totalMinor: 5950, taxMinor: 950 }),
      invoiceBack("62", 365, 370, 1190, { totalMinor: 5950, taxMinor: 950 }),
    ],
    ends: [...order(1000), of("61", 0, { unknown: true }), of("62", 400, { netMinor: 5000 })],
  },
  {
    name: "a clock that is a day behind: a total from before its order, and a larger one in the same moment",
    tells: (ref) => [sold(ref), back(-1, 2380), back(-1, 4760)],
    ends: order(600),
  },
  {
    name: "members of a later version, and ids that are numbers in one event and texts in another",
    tells: (ref) => [
      sold(ref, { more: { later: { nested: [1, { deep: null }] } } }),
      lemonSubscriptionCreated({ id: "31", order: "7" as unknown as number }),
      lemonSubscriptionPayment({ id: "61", subscription: "31" as unknown as number, at: on(365) }),
      invoiceBack("61", 365, 366, 5950),
    ],
    ends: [...order(1000), of("61", 500, { cycle: "renewal" })],
  },
]);
