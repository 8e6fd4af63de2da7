import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";
import { playStories } from "./story.ts";

const at = (day: number) => ({ createdMs: 1_763_561_590_000 + day * 86_400_000, eventId: `fs_${day}` });
const name = "ACM251119-7891-01112";
const sold = (reference: string, more: object = {}) =>
  fastspringBatch(fastspringOrderCompleted({ ...at(0), tags: { reference }, ...more }));
const back = (day: number, more: object) =>
  fastspringBatch(fastspringReturnCreated({ ...at(day), id: `ret_${day}`, ...more }));
const order = (earnedMinor: number, more: object = {}) => [{ order: name, earnedMinor, ...more }];
const items = [
  { product: "paint", quantity: 1, subtotal: 60 },
  { product: "brush", quantity: 2, subtotal: 40 },
];
const cart = { more: { items } };

playStories("fastspring", [
  {
    name: "a purchase",
    tells: (ref) => [sold(ref)],
    ends: order(1000, { netMinor: 10_000, taxMinor: 1900 }),
  },
  {
    name: "the tax alone goes back",
    tells: (ref) => [sold(ref), back(1, { total: 19, tax: 19 })],
    ends: order(1000),
  },
  {
    name: "the tax goes back, then the product",
    tells: (ref) => [sold(ref), back(1, { total: 19, tax: 19 }), back(2, { total: 100, tax: 0 })],
    ends: order(0),
  },
  {
    name: "the tax goes back, then half of the net",
    tells: (ref) => [sold(ref), back(1, { total: 19, tax: 19 }), back(2, { total: 50, tax: 0 })],
    ends: order(500),
  },
  {
    name: "a return that tells no tax",
    tells: (ref) => [sold(ref), back(1, { total: 59.5 })],
    ends: order(500),
  },
  {
    name: "two returns",
    tells: (ref) => [sold(ref), back(1, { total: 35.7, tax: 5.7 }), back(2, { total: 35.7, tax: 5.7 })],
    ends: order(400),
  },
  {
    name: "one line of a cart goes back",
    tells: (ref) => [
      sold(ref, cart),
      back(1, { total: 47.6, tax: 7.6, items: [{ product: "brush", subtotal: 40 }] }),
    ],
    ends: order(600, { lostOfLines: [0, 4000] }),
  },
  {
    name: "a return of all that was resent by hand",
    tells: (ref) => [sold(ref), back(1, { tax: 19 }), back(2, { tax: 19, id: "ret_1" })],
    ends: order(0),
  },
  {
    name: "a return that has not gone through",
    tells: (ref) => [sold(ref), back(1, { completed: false })],
    ends: order(1000),
  },
  {
    name: "a change in mid-term inherits its subscription",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      fastspringBatch(
        fastspringChargeCompleted({
          ...at(9),
          subscription: "sub-1",
          id: "o2",
          reference: "ACM-2",
          total: 50,
          tax: 0,
          more: { items: [{ product: "pro", subtotal: 50, proratedItemProratedCharge: 50 }] },
        }),
      ),
    ],
    ends: [...order(1000), { order: "ACM-2", earnedMinor: 500, cycle: "renewal" }],
  },
  {
    name: "a code for all of it",
    tells: (ref) => [
      sold(ref, {
        total: 0,
        tax: 0,
        coupons: ["FREE"],
        more: { items: [{ product: "paint", quantity: 1, subtotal: 0, discount: 100 }] },
      }),
    ],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "a discount by line and another quantity, a line of it returned",
    tells: (ref) => [
      sold(ref, {
        total: 95.2,
        tax: 15.2,
        more: {
          items: [
            { product: "paint", quantity: 1, subtotal: 60, discount: 20 },
            { product: "brush", quantity: 2, subtotal: 40, discount: 0 },
          ],
        },
      }),
      back(2, { total: 47.6, tax: 7.6, items: [{ product: "brush", quantity: 2, subtotal: 40 }] }),
    ],
    ends: order(400, { netMinor: 8000, lostOfLines: [0, 4000] }),
  },
  {
    name: "yen and dinars",
    tells: (ref) => [
      sold(ref, { currency: "JPY", total: 11_900, tax: 1900 }),
      back(2, { currency: "JPY", total: 1190, tax: 190 }),
      sold(ref, {
        ...at(1),
        id: "o2",
        reference: "ACM-2",
        currency: "KWD",
        total: 11.9,
        tax: 1.9,
      }),
      back(3, { original: "o2", reference: "ACM-2", currency: "KWD", total: 2.38, tax: 0.38 }),
    ],
    ends: [
      ...order(900, { currency: "JPY", netMinor: 10_000 }),
      { order: "ACM-2", earnedMinor: 800, currency: "KWD", netMinor: 10_000 },
    ],
  },
  {
    name: "a chargeback after all was returned, and more than was paid",
    tells: (ref) => [sold(ref), back(2, {}), back(20, { total: 134 })],
    ends: order(0),
  },
  {
    name: "a renewal after a pause by another address, of which a part is returned",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      fastspringBatch(
        fastspringChargeCompleted({
          ...at(500),
          subscription: "sub-1",
          id: "o2",
          reference: "ACM-2",
          email: "other@example.com",
        }),
      ),
      back(501, { original: "o2", reference: null, total: 59.5, tax: 9.5 }),
    ],
    ends: [...order(1000), { order: "ACM-2", earnedMinor: 500, cycle: "renewal" }],
  },
  {
    name: "a change in mid-term that gives back what is left of the old plan, half of it returned",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      fastspringBatch(
        fastspringChargeCompleted({
          ...at(9),
          subscription: "sub-1",
          id: "o2",
          reference: "ACM-2",
          total: 71.4,
          tax: 11.4,
          more: {
            items: [
              { product: "pro", subtotal: 100, proratedItemProratedCharge: 100 },
              { product: "paint", subtotal: -40, proratedItemCreditAmount: 40 },
            ],
          },
        }),
      ),
      back(11, { original: "o2", reference: "ACM-2", total: 35.7, tax: 5.7 }),
    ],
    ends: [...order(1000), { order: "ACM-2", earnedMinor: 300, netMinor: 6000 }],
  },
  {
    name: "a test order, and a batch that tells an order twice under two ids",
    tells: (ref) => [
      fastspringBatch(
        fastspringOrderCompleted({
          ...at(1),
          live: false,
          id: "o9",
          reference: "ACM-9",
          tags: { reference: ref },
        }),
        fastspringOrderCompleted({ ...at(0), tags: { reference: ref } }),
        fastspringOrderCompleted({ ...at(0), eventId: "fs_again", tags: { reference: ref } }),
      ),
    ],
    ends: [...order(1000), { order: "ACM-9", earnedMinor: 0, unknown: true }],
  },
]);
