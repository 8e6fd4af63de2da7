import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringEvent,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

const at = (day: number, name = "") => ({
  createdMs: 1_763_561_590_000 + day * 86_400_000,
  eventId: `fs_${name}${day}`,
});
const ordered = (reference: string, more: object = {}) =>
  fastspringOrderCompleted({ ...at(0), tags: { reference }, ...more });
const sold = (reference: string, more: object = {}) => fastspringBatch(ordered(reference, more));
const returned = (day: number, more: object = {}) =>
  fastspringReturnCreated({ ...at(day), id: `ret_${day}`, ...more });
const back = (day: number, more: object = {}) => fastspringBatch(returned(day, more));
const charged = (day: number, id: string, more: object = {}) =>
  fastspringChargeCompleted({ ...at(day), subscription: "sub-1", id, reference: `ACM-${id}`, ...more });
const order = (earnedMinor: number, more: object = {}) => [
  { order: "ACM251119-7891-01112", earnedMinor, ...more },
];
const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: `ACM-${id}`,
  earnedMinor,
  ...more,
});
const withData = (event: Json, more: Json): Json => ({
  ...event,
  data: { ...(event.data as Json), ...more },
});
const items = [
  { product: "paint", quantity: 1, subtotal: 60 },
  { product: "brush", quantity: 2, subtotal: 40 },
];

playStories("fastspring", [
  {
    name: "one delivery of an order, its return in part, a test order and things nobody knows",
    tells: (ref) => [
      fastspringBatch(
        returned(2, { total: 59.5, tax: 9.5 }),
        fastspringEvent("brand.new", { id: "x" }, at(1, "new")),
        fastspringEvent("order.failed", { id: "o7", reference: "ACM-7" }, at(1, "failed")),
        ordered(ref),
        ordered(ref, { ...at(0, "test"), id: "o9", reference: "ACM-9", live: false }),
        charged(365, "o2", { tags: { reference: ref } }),
      ),
    ],
    ends: [...order(500), of("9", 0, { unknown: true }), of("7", 0, { unknown: true }), of("o2", 1000)],
  },
  {
    name: "returns that name the order by its id alone, the first of them not through at first",
    tells: (ref) => [
      sold(ref),
      back(2, { id: "ret_a", total: 23.8, tax: 3.8, completed: false }),
      fastspringBatch(
        withData(returned(3, { id: "ret_a", total: 23.8, tax: 3.8 }), { original: "NRlOHP0TSM6MwxzPMoc-dg" }),
      ),
      fastspringBatch(
        withData(returned(4, { id: "ret_b", total: 11.9, tax: 1.9 }), { original: "NRlOHP0TSM6MwxzPMoc-dg" }),
      ),
    ],
    ends: order(700),
  },
  {
    name: "a cart returned line by line, to the last cent",
    tells: (ref) => [
      sold(ref, { more: { items } }),
      back(2, { total: 71.4, tax: 11.4, items: [items[0] as Json] }),
      back(3, { total: 23.8, tax: 3.8, items: [{ product: "brush", quantity: 1, subtotal: 20 }] }),
      back(4, { total: 23.8, tax: 3.8, items: [{ product: "brush", quantity: 1, subtotal: 20 }] }),
    ],
    ends: order(0, { lostOfLines: [6000, 4000] }),
  },
  {
    name: "an order without a name of its own, by tags as text, and a return in another currency",
    tells: (ref) => [
      sold("", { id: "o3", reference: null, tags: `campaign=spring&reference=${ref}` }),
      back(2, { original: "o3", reference: null, currency: "USD", total: 10, tax: 0 }),
      sold("", { ...at(1), id: "o4", reference: null, tags: JSON.stringify({ reference: ref }) }),
    ],
    ends: [
      { order: "o3", earnedMinor: 0, outcome: "held" },
      { order: "o4", earnedMinor: 1000 },
    ],
  },
  {
    name: "forint, won and krónur, as each has digits, returned in parts",
    tells: (ref) => [
      sold(ref, { currency: "HUF", total: 119, tax: 19 }),
      back(2, { currency: "HUF", total: 23.8, tax: 3.8 }),
      sold(ref, { ...at(1), id: "o2", reference: "ACM-o2", currency: "KRW", total: 11_900, tax: 1900 }),
      back(3, { original: "o2", reference: "ACM-o2", currency: "KRW", total: 5950, tax: 950 }),
      sold(ref, { ...at(4), id: "o3", reference: "ACM-o3", currency: "ISK", total: 11_900.4, tax: 1900.2 }),
    ],
    ends: [
      ...order(800, { currency: "HUF", netMinor: 10_000 }),
      of("o2", 500, { currency: "KRW", netMinor: 10_000 }),
      of("o3", 1000, { currency: "ISK", netMinor: 10_000 }),
    ],
  },
  {
    name: "a trial of nothing, its first payment, a smaller plan, and a cancellation",
    tells: (ref) => [
      sold(ref, { total: 0, tax: 0, subscription: "sub-1", more: { discount: 0 } }),
      fastspringBatch(charged(14, "o2")),
      fastspringBatch(fastspringEvent("subscription.updated", { id: "sub-1" }, at(20, "sub"))),
      fastspringBatch(charged(365, "o3", { total: 59.5, tax: 9.5 })),
      fastspringBatch(fastspringEvent("subscription.deactivated", { id: "sub-1" }, at(400, "sub"))),
    ],
    ends: [
      ...order(0, { netMinor: 0 }),
      of("o2", 1000, { cycle: "renewal" }),
      of("o3", 500, { cycle: "renewal" }),
    ],
  },
  {
    name: "a return before its order, twice, and once more under another id",
    tells: (ref) => [
      back(2, { id: "ret_1", total: 11.9, tax: 1.9 }),
      back(2, { id: "ret_1", total: 11.9, tax: 1.9, eventId: "fs_again" }),
      sold(ref),
      back(2, { id: "ret_1", total: 11.9, tax: 1.9 }),
    ],
    ends: order(900),
  },
  {
    name: "with the least that an order and a return have",
    tells: (ref) => [
      fastspringBatch(
        fastspringEvent(
          "order.completed",
          { id: "o1", currency: "EUR", total: 119, tax: 19, tags: { ref } },
          at(0),
        ),
        fastspringEvent(
          "return.created",
          { return: "ret_1", currency: "EUR", totalReturn: 59.5, original: "o1" },
          at(2),
        ),
      ),
    ],
    ends: [{ order: "o1", earnedMinor: 500, netMinor: 10_000 }],
  },
]);
