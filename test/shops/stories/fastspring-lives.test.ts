import {
  fastspringBatch,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";
import { at, back, charged, fifth, half, items, of, ofCharge, order, sold } from "./fastspring-tellings.ts";
import { playStories } from "./story.ts";

playStories("fastspring", [
  {
    name: "dinars of three digits: the tax alone, then a fifth, then a half",
    tells: (ref) => [
      sold(ref, { currency: "KWD" }),
      back(2, { currency: "KWD", total: 19, tax: 19 }),
      back(5, { currency: "KWD", total: 20, tax: 0 }),
      back(9, { currency: "KWD", total: 50, tax: 0 }),
    ],
    ends: order(3000, { currency: "KWD", netMinor: 100_000 }),
  },
  {
    name: "yen: three returns, one of which is told twice under other ids",
    tells: (ref) => [
      sold(ref, { currency: "JPY", total: 11_900, tax: 1900 }),
      back(2, { currency: "JPY", total: 1190, tax: 190 }),
      back(5, { currency: "JPY", total: 2380, tax: 380 }),
      fastspringBatch(
        fastspringReturnCreated({ ...at(6, "again"), id: "ret_5", currency: "JPY", total: 2380, tax: 380 }),
      ),
      back(9, { currency: "JPY", total: 1190, tax: 190 }),
    ],
    ends: order(600, { currency: "JPY", netMinor: 10_000 }),
  },
  {
    name: "a trial, its first payment, an upgrade that is returned, and a larger term charged back",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1", total: 0, tax: 0 }),
      charged(14, "o2"),
      charged(90, "o3", { total: 59.5, tax: 9.5 }),
      back(95, { ...ofCharge("o3"), ...half }),
      charged(379, "o4", { total: 238, tax: 38 }),
      back(400, { ...ofCharge("o4"), total: 238, tax: 38 }),
    ],
    ends: [...order(0), of("o2", 1000, { cycle: "renewal" }), of("o3", 0), of("o4", 0, { netMinor: 20_000 })],
  },
  {
    name: "a clock that is a month ahead, and behind when a part is returned",
    tells: (ref) => [sold(ref, at(400)), back(390, half), back(401, fifth)],
    ends: order(300),
  },
  {
    name: "cancelled, and bought anew years later through the product, each with terms of its own",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      charged(365, "o2"),
      sold(ref, { ...at(1200, "anew"), id: "o3", reference: "ACM-o3", subscription: "sub-2" }),
      charged(1565, "o4", { subscription: "sub-2" }),
      back(1570, { ...ofCharge("o4"), ...fifth }),
    ],
    ends: [
      ...order(1000, { cycle: "new" }),
      of("o2", 1000),
      of("o3", 1000),
      of("o4", 800, { cycle: "renewal" }),
    ],
  },
  {
    name: "one of two brushes returned, the tax of the paint, and more than is left",
    tells: (ref) => [
      sold(ref, { more: { items } }),
      back(2, { ...fifth, items: [{ product: "brush", quantity: 1, subtotal: 20 }] }),
      back(5, { total: 11.4, tax: 11.4, items: [{ product: "paint", quantity: 1, subtotal: 0 }] }),
      back(9, { total: 119, tax: 19 }),
    ],
    ends: order(0, { lostOfLines: [6000, 4000] }),
  },
  {
    name: "two subscriptions of one order, whose terms come years apart, the later returned in part",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      charged(365, "o2"),
      charged(1095, "o3", { email: "other@example.com" }),
      back(1100, { ...ofCharge("o3"), ...half }),
      back(1101, { ...ofCharge("o3"), id: "ret_more", total: 11.9, tax: 1.9 }),
    ],
    ends: [...order(1000), of("o2", 1000), of("o3", 400, { cycle: "renewal" })],
  },
  {
    name: "an order that is told as completed and by its charge, returned by its id alone and by its number",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      charged(365, "o2"),
      fastspringBatch(
        fastspringOrderCompleted({
          ...at(365, "completed"),
          id: "o2",
          reference: "ACM-o2",
          subscription: "sub-1",
        }),
      ),
      back(370, { original: "o2", reference: null, ...fifth }),
      back(375, { ...ofCharge("o2"), ...half }),
    ],
    ends: [...order(1000), of("o2", 300)],
  },
]);
