import { shopifyDispute, shopifyEvent, shopifyRefundCreated } from "../shopify-fixtures.ts";

/** The order's id, which is the fixtures' own. */
export const id = 5_421_877_985_512;
/** A day as Shopify writes it. */
export const on = (day: number) => new Date(Date.UTC(2025, 10, 19, 14) + day * 86_400_000).toISOString();
/** A refund of a day, which names it. */
export const back = (day: number, amount: string, more: object = {}) =>
  shopifyRefundCreated({ id: 900 + day, amount, at: on(day), ...more });
/** A dispute by its number, as it is told first or changed. */
export const disputed = (dispute: number, status: string, more: object = {}) =>
  shopifyEvent(status === "needs_response" ? "disputes/create" : "disputes/update", {
    ...shopifyDispute({ status, ...more }),
    id: dispute,
  });
/** How the order ends. */
export const order = (earnedMinor: number, more: object = {}) => [
  { order: String(id), earnedMinor, ...more },
];
/** How another order ends. */
export const of = (name: number, earnedMinor: number, more: object = {}) => ({
  order: String(name),
  earnedMinor,
  ...more,
});
