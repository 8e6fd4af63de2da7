import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";

/** The envelope of the event that happens so many days after the first. */
export const at = (day: number, name = "") => ({
  createdMs: 1_763_561_590_000 + day * 86_400_000,
  eventId: `fs_${name}${day}`,
});
/** The first sale: 100.00 without tax. */
export const sold = (reference: string, more: object = {}) =>
  fastspringBatch(fastspringOrderCompleted({ ...at(0), tags: { reference }, ...more }));
/** A return, of the first sale by default. */
export const back = (day: number, more: object = {}) =>
  fastspringBatch(fastspringReturnCreated({ ...at(day, "ret"), id: `ret_${day}`, ...more }));
/** A charge of the subscription, to be put into a batch. */
export const charge = (day: number, id: string, more: object = {}) =>
  fastspringChargeCompleted({ ...at(day), subscription: "sub-1", id, reference: `ACM-${id}`, ...more });
/** The first sale, by what it still earns. */
export const order = (earnedMinor: number, more: object = {}) => [
  { order: "ACM251119-7891-01112", earnedMinor, ...more },
];
/** A charge, by what it still earns. */
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: `ACM-${id}`,
  earnedMinor,
  ...more,
});
/** A cart of 60.00 and 40.00 without tax. */
export const items = [
  { product: "paint", quantity: 1, subtotal: 60 },
  { product: "brush", quantity: 2, subtotal: 40 },
];
