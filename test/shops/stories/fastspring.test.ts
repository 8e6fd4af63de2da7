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
]);
