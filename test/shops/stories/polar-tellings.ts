import { polarOrderPaid, polarOrderRefunded, polarRefundUpdated } from "../polar-fixtures.ts";

type Json = Record<string, unknown>;

export const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
export const sold = (reference: string, more: object = {}) =>
  polarOrderPaid({ id: "o_1", metadata: { reference_id: reference }, ...more });
export const begun = (reference: string) =>
  sold(reference, {
    ...{ subscription: "s_1", billingReason: "subscription_create", more: { checkout_id: "c_1" } },
  });
export const total = (day: number, refundedMinor: number, more: object = {}) =>
  polarOrderRefunded({
    ...{ id: "o_1", at: on(day), refundedMinor, refundedTaxMinor: Math.round(refundedMinor * 0.19) },
    ...more,
  });
/** A refund that began on a day, as it stands on another. */
export const refund = (began: number, day: number, status: string, more: object = {}): Json => {
  const event = polarRefundUpdated({ id: "r_1", order: "o_1", status, at: on(day), ...more });
  return { ...event, data: { ...(event.data as Json), created_at: on(began) } };
};
export const further = (id: string, day: number, billingReason: string, more: Json = {}) =>
  polarOrderPaid({
    ...{ id, subscription: "s_1", billingReason, at: on(day), ...more },
    more: { checkout_id: null, created_at: on(day), ...(more.more as Json) },
  });
export const half = { amountMinor: 5000, taxMinor: 950 };
export const fifth = { amountMinor: 2000, taxMinor: 380 };
export const order = (earnedMinor: number, more: object = {}) => [{ order: "o_1", earnedMinor, ...more }];
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});

/** What an order that was made on a later day says beside. */
export function later(day: number): Json {
  return { checkout_id: null, created_at: on(day) };
}
