import type { Order } from "../order.ts";

/** What the store attaches to an order at any shop that lets it: the receiver's click, the licence, the product. */
export const carriedBy = (order: Order): Record<string, string> => ({
  product: "acme-paint",
  ...(order.licence === undefined ? {} : { licence: order.licence }),
  ...(order.reference === undefined ? {} : { reference: order.reference }),
});

/** An amount in major units of a currency with two decimals, such as `48.00`. */
export const majorText = (minor: number): string => (minor / 100).toFixed(2);
