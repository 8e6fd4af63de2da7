import { paddleAdjustment, paddleTransactionCompleted } from "../paddle-fixtures.ts";

type Json = Record<string, unknown>;

export const on = (day: number, name = "") => ({
  eventId: `evt_${name}${day}`,
  occurredAt: new Date(Date.UTC(2025, 10, 19) + day * 86_400_000).toISOString(),
});
export const sold = (reference: string, more: object = {}) =>
  paddleTransactionCompleted({ ...on(0), id: "txn_1", customData: { reference }, ...more });
export const adjusted = (day: number, id: string, more: object = {}) =>
  paddleAdjustment({ ...on(day, id), id, transaction: "txn_1", ...more });
export const further = (id: string, day: number, more: object = {}) =>
  sold("none", {
    ...on(day, id),
    ...{ id, origin: "subscription_recurring", subscription: "sub_1", customData: null },
    ...more,
  });
export const order = (earnedMinor: number, more: object = {}) => [{ order: "txn_1", earnedMinor, ...more }];
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});
export const half = { totalMinor: 5950, subtotalMinor: 5000 };
export const fifth = { totalMinor: 2380, subtotalMinor: 2000 };
export const totalsOf = (net: number, tax = (net * 19) / 100) => ({
  ...{ subtotal: String(net), discount: "0", tax: String(tax), total: String(net + tax) },
});
export const withData = (event: Json, more: Json): Json => ({
  ...event,
  data: { ...(event.data as Json), ...more },
});
/** A cart of 60.00 and 40.00 without tax. */
export const cart = (event: Json) => {
  const { details } = event.data as { details: Json };
  const line = (id: string, net: number) => ({
    ...{ id, price_id: `pri_${id}`, quantity: 1, totals: totalsOf(net), product: { id: `pro_${id}` } },
  });
  return withData(event, { details: { ...details, line_items: [line("a", 6000), line("b", 4000)] } });
};
export const ofLine = (event: Json, item_id: string, net: number, tax?: number) =>
  withData(event, { items: [{ item_id, totals: totalsOf(net, tax) }] });
