import { polarOrderPaid, polarRefundUpdated } from "../polar-fixtures.ts";

type Json = Record<string, unknown>;

/** A day as Polar writes it. */
export const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 15) + day * 86_400_000).toISOString();
/** The first sale: 100.00 without tax. */
export const sold = (reference: string, more: object = {}) =>
  polarOrderPaid({ id: "o_1", metadata: { reference_id: reference }, ...more });
/** A refund that began on a day, as it stands on another. */
export const refund = (began: number, day: number, status: string, more: object = {}): Json => {
  const event = polarRefundUpdated({ id: "r_1", order: "o_1", status, at: on(day), ...more });
  return { ...event, data: { ...(event.data as Json), created_at: on(began) } };
};
/** Half of the first sale. */
export const half = { amountMinor: 5000, taxMinor: 950 };
/** The first sale, by what it still earns. */
export const order = (earnedMinor: number, more: object = {}) => [{ order: "o_1", earnedMinor, ...more }];
/** A further order, by what it still earns. */
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});
