import { wooOrderUpdated } from "../woocommerce-fixtures.ts";

/** A day as WooCommerce writes it: UTC without saying so. */
export const on = (day: number) =>
  new Date(Date.UTC(2025, 10, 19, 14) + day * 86_400_000).toISOString().slice(0, 19);

type Order = Parameters<typeof wooOrderUpdated>[0];

/** The order as it stands on a day. */
export const told = (reference: string, day: number, { more, ...order }: NonNullable<Order> = {}) =>
  wooOrderUpdated({
    meta: { reference },
    paidAt: on(0),
    status: "completed",
    ...order,
    more: { date_modified_gmt: on(day), ...more },
  });
/** How the order ends. */
export const order = (earnedMinor: number, more: object = {}) => [{ order: "727", earnedMinor, ...more }];
/** A refund of half of it. */
export const half = { id: 801, total: "-59.50" };
/** An order that the subscription made. */
export const renewal = (day: number, id: number, order: NonNullable<Order>, key = "_subscription_renewal") =>
  wooOrderUpdated({
    id,
    meta: { [key]: "728" },
    status: "completed",
    ...order,
    more: { date_modified_gmt: on(day) },
  });
