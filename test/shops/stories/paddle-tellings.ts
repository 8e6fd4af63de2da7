import { paddleAdjustment, paddleTransactionCompleted } from "../paddle-fixtures.ts";

type Json = Record<string, unknown>;

/** The envelope of the event that happens so many days after the first. */
export const on = (day: number, name = "") => ({
  eventId: `evt_${name}${day}`,
  occurredAt: new Date(Date.UTC(2025, 10, 19) + day * 86_400_000).toISOString(),
});
/** The first sale: 100.00 without tax. */
export const sold = (reference: string, more: object = {}) =>
  paddleTransactionCompleted({ ...on(0), id: "txn_1", customData: { reference }, ...more });
/** An adjustment of it. */
export const adjusted = (day: number, id: string, more: object = {}) =>
  paddleAdjustment({ ...on(day, id), id, transaction: "txn_1", ...more });
/** A later transaction of its subscription. */
export const further = (id: string, day: number, more: object = {}) =>
  sold("none", {
    ...on(day, id),
    id,
    origin: "subscription_recurring",
    subscription: "sub_1",
    customData: null,
    ...more,
  });
/** The first sale, by what it still earns. */
export const order = (earnedMinor: number, more: object = {}) => [{ order: "txn_1", earnedMinor, ...more }];
/** A later transaction, by what it still earns. */
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});
/** Half of the first sale, with and without tax. */
export const half = { totalMinor: 5950, subtotalMinor: 5000 };
/** An event with members of its entity replaced. */
export const withData = (event: Json, more: Json): Json => ({
  ...event,
  data: { ...(event.data as Json), ...more },
});
