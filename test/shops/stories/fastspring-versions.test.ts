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
const sold = (reference: string, more: object = {}) =>
  fastspringBatch(fastspringOrderCompleted({ ...at(0), tags: { reference }, ...more }));
const back = (day: number, more: object = {}) =>
  fastspringBatch(fastspringReturnCreated({ ...at(day), id: `ret_${day}`, ...more }));
const charge = (day: number, id: string, more: object = {}) =>
  fastspringChargeCompleted({ ...at(day), subscription: "sub-1", id, reference: `ACM-${id}`, ...more });
/** Subscriptions that are charged together: https://developer.fastspring.com/reference/co-term-payment-charge-completed */
const groupCharge = (day: number, id: string, more: Json) =>
  fastspringBatch(
    fastspringEvent(
      "subscription.group.charge.completed",
      {
        cotermGroupId: "group-1",
        cotermGroupPrimarySubscription: "sub-1",
        cotermGroupStatus: "EXECUTED",
        cotermGroupOrderId: id,
        cotermGroupOrderReference: `ACM-${id}`,
        cotermGroupSize: 2,
        currency: "EUR",
        total: 119,
        status: "successful",
        ...more,
      },
      at(day, "group"),
    ),
  );
const order = (earnedMinor: number, more: object = {}) => [
  { order: "ACM251119-7891-01112", earnedMinor, ...more },
];
const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: `ACM-${id}`,
  earnedMinor,
  ...more,
});
const orderIn = (delivery: Json): Json => (delivery.data as { order: Json }).order;

playStories("fastspring", [
  {
    name: "one product twice, an add-on and a bundle's part, products in full, one of them returned by its name",
    tells: (ref) => [
      sold(ref, {
        more: {
          items: [
            { product: { product: "paint", sku: "P-1" }, quantity: 1, subtotal: 40 },
            { product: "paint", quantity: "2", subtotal: 30, isAddon: true, sku: "P-2" },
            {
              product: "brush",
              quantity: 1,
              subtotal: 30,
              subscription: { id: "sub-1", intervalUnit: "month", intervalLength: 3 },
            },
          ],
        },
      }),
      back(3, { total: 35.7, tax: 5.7, items: [{ product: "brush", quantity: 1, subtotal: 30 }] }),
    ],
    ends: order(700, {
      lines: [
        { line: "paint", articles: ["paint"], quantity: 1, netMinor: 4000, kind: "new" },
        { line: "paint#2", articles: ["paint", "P-2"], quantity: 2, netMinor: 3000, kind: "addon" },
        { line: "brush", articles: ["brush"], netMinor: 3000, taxMinor: 570, period: "P3M" },
      ],
      lostOfLines: [0, 0, 3000],
    }),
  },
  {
    name: "subscriptions that are charged together: with its order, and by the order's id alone",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      groupCharge(365, "o2", { order: orderIn(charge(365, "o2")) }),
      groupCharge(730, "o3", { cotermGroupPrimarySubscription: { id: "sub-1" }, order: "o3" }),
    ],
    ends: [
      ...order(1000),
      of("o2", 1000, { cycle: "renewal", lines: [{ kind: "renewal", netMinor: 10_000 }] }),
      { order: "o3", earnedMinor: 0, unknown: true },
    ],
  },
  {
    name: "charged together and each by itself: one order, told three ways",
    tells: (ref) => [
      sold(ref, { subscription: "sub-1" }),
      groupCharge(365, "o2", { order: orderIn(charge(365, "o2")) }),
      fastspringBatch(charge(365, "o2")),
      fastspringBatch(fastspringOrderCompleted({ ...at(365, "order"), id: "o2", reference: "ACM-o2" })),
    ],
    ends: [...order(1000), of("o2", 1000, { cycle: "renewal" })],
  },
  {
    name: "large amounts as Java writes them, amounts with more digits, and amounts as text",
    tells: (ref) => [
      JSON.stringify(sold(ref, { currency: "KRW", total: 11_900_001, tax: 1_900_001 }))
        .replaceAll("11900001", "1.19E7")
        .replaceAll("1900001", "1.9E6"),
      back(2, { currency: "KRW", total: 5_950_000, tax: 950_000 }),
      sold(ref, { ...at(3), id: "o2", reference: "ACM-o2", total: "119.004", tax: "19.0" }),
    ],
    ends: [...order(500_000, { netMinor: 10_000_000, currency: "KRW" }), of("o2", 1000)],
  },
  {
    name: "a code on the whole and one on an item, told before and after, tags as JSON in a text",
    tells: (ref) => [
      sold(ref, {
        tags: JSON.stringify({ reference: ref, licence: 4711 }),
        more: {
          items: [
            { product: "paint", quantity: 1, subtotal: 100, discount: 20, coupon: "SPRING" },
            { product: "brush", quantity: 1, subtotal: 20, discount: 0 },
          ],
        },
      }),
    ],
    ends: order(1000, {
      lines: [
        { netMinor: 8000, listMinor: 10_000, taxMinor: 1520 },
        { netMinor: 2000, listMinor: 2000, taxMinor: 380 },
      ],
    }),
  },
  {
    name: "a free order, a free term, and one at its price years later by a subscription that is an id alone",
    tells: (ref) => [
      sold(ref, {
        total: 0,
        tax: 0,
        more: { items: [{ product: "paint", quantity: 1, subtotal: 0, subscription: "sub-1" }] },
      }),
      fastspringBatch(charge(365, "o2", { total: 0, tax: 0 })),
      fastspringBatch(charge(1460, "o3")),
    ],
    ends: [
      ...order(0, { netMinor: 0, outcome: "credited" }),
      of("o2", 0, { outcome: "credited", cycle: "renewal" }),
      of("o3", 1000, { cycle: "renewal" }),
    ],
  },
  {
    name: "a return of more than one order tells, and one of another order of the store",
    tells: (ref) => [
      sold(ref),
      back(2, { total: 500, tax: 80 }),
      back(3, { original: "of-another", reference: "ACM-other", total: 119, tax: 19 }),
    ],
    ends: order(0),
  },
]);
