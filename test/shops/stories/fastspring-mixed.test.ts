import { at, back, charged, fifth, half, items, of, ofCharge, order, sold } from "./fastspring-tellings.ts";
import { playStories } from "./story.ts";

playStories("fastspring", [
  {
    name: "the tax of one product returned, then that product, then a chargeback of the rest",
    tells: (ref) => [
      sold(ref, { more: { items } }),
      back(2, { total: 11.4, tax: 11.4, items: [{ product: "paint", quantity: 1, subtotal: 0 }] }),
      back(5, { total: 60, tax: 0, items: [items[0]] }),
      back(40, { total: 47.6, tax: 7.6, items: [items[1]] }),
    ],
    ends: order(0, { lostOfLines: [6000, 4000] }),
  },
  {
    name: "a larger plan in mid-term, half of it returned, and a term at the new price",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      charged(90, "o2", { total: 59.5, tax: 9.5 }),
      back(95, { ...ofCharge("o2"), total: 29.75, tax: 4.75 }),
      charged(365, "o3", { total: 238, tax: 38 }),
    ],
    ends: [...order(1000), of("o2", 250, { netMinor: 5000 }), of("o3", 2000, { cycle: "renewal" })],
  },
  {
    name: "a term that is charged back, and the term after it, of which a part is returned",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      charged(365, "o2"),
      back(370, ofCharge("o2")),
      charged(730, "o3"),
      back(735, { ...ofCharge("o3"), ...fifth }),
    ],
    ends: [...order(1000), of("o2", 0), of("o3", 800, { cycle: "renewal" })],
  },
  {
    name: "a return before its order that has not gone through, then does, and a part of the rest",
    tells: (ref) => [
      back(2, { id: "ret_a", ...half, completed: false }),
      back(4, { id: "ret_b", ...fifth }),
      sold(ref),
      back(5, { id: "ret_a", ...half }),
    ],
    ends: order(300),
  },
  {
    name: "a subscription that goes to another customer by another address, half of a term returned",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      charged(365, "o2", { email: "other@example.com", more: { account: { id: "other" } } }),
      back(370, { ...ofCharge("o2"), ...half }),
    ],
    ends: [...order(1000), of("o2", 500, { cycle: "renewal" })],
  },
  {
    name: "the same order and return under new ids years later",
    tells: (ref) => [
      sold(ref),
      back(2, { id: "ret_a", ...half }),
      sold(ref, at(900, "again")),
      back(901, { id: "ret_a", ...half }),
    ],
    ends: order(500),
  },
  {
    name: "a test order of the same number, its test return, and a return of the real one",
    tells: (ref) => [
      sold(ref),
      sold(ref, { ...at(1, "test"), id: "o9", reference: "ACM-9", live: false }),
      back(2, { id: "ret_t", original: "o9", reference: "ACM-9", live: false }),
      back(3, fifth),
    ],
    ends: [...order(800), of("9", 0, { unknown: true })],
  },
  {
    name: "three of one product by a code, of which one is returned, and its tax before",
    tells: (ref) => [
      sold(ref, {
        ...{ total: 142.8, tax: 22.8, coupons: ["SPRING"] },
        more: {
          discount: 30,
          items: [{ product: "paint", quantity: 3, subtotal: 120, discount: 30, coupon: "SPRING" }],
        },
      }),
      back(2, { total: 7.6, tax: 7.6 }),
      back(5, { total: 40, tax: 0, items: [{ product: "paint", quantity: 1, subtotal: 40 }] }),
    ],
    ends: order(800, { netMinor: 12_000 }),
  },
  {
    name: "a clock that is a day behind: a return from before its order, and two in one moment",
    tells: (ref) => [
      sold(ref),
      back(-1, { id: "ret_a", ...fifth }),
      back(2, { id: "ret_b", ...fifth }),
      back(2, { id: "ret_c", eventId: "fs_at_once", ...fifth }),
    ],
    ends: order(400),
  },
  {
    name: "amounts written otherwise, members of a later version, and an order of a product nobody knows",
    tells: (ref) => [
      sold(ref, {
        more: {
          ...{ total: "119.00", tax: "1.9e1", later: { nested: [{ deep: true }] } },
          items: [{ product: "unheard-of", quantity: 1, subtotal: "100.00", sku: null, later: 1 }],
        },
      }),
      back(2, { ...half, more: { later: true } }),
    ],
    ends: order(500, { netMinor: 10_000, taxMinor: 1900 }),
  },
]);
