import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";

type Json = Record<string, unknown>;

export const at = (day: number, name = "") => ({
  ...{ createdMs: 1_763_561_590_000 + day * 86_400_000, eventId: `fs_${name}${day}` },
});
export const sold = (reference: string, more: object = {}) =>
  fastspringBatch(fastspringOrderCompleted({ ...at(0), tags: { reference }, ...more }));
export const back = (day: number, more: object = {}) =>
  fastspringBatch(fastspringReturnCreated({ ...at(day, "ret"), id: `ret_${day}`, ...more }));
export const charged = (day: number, id: string, more: object = {}) =>
  fastspringBatch(
    fastspringChargeCompleted({ ...at(day), subscription: "sub-1", id, reference: `ACM-${id}`, ...more }),
  );
export const ofCharge = (id: string) => ({ original: id, reference: `ACM-${id}` });
export const order = (earnedMinor: number, more: object = {}) => [
  { order: "ACM251119-7891-01112", earnedMinor, ...more },
];
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  ...{ order: `ACM-${id}`, earnedMinor },
  ...more,
});
export const items: Json[] = [
  { product: "paint", quantity: 1, subtotal: 60 },
  { product: "brush", quantity: 2, subtotal: 40 },
];
export const half = { total: 59.5, tax: 9.5 };
export const fifth = { total: 23.8, tax: 3.8 };
