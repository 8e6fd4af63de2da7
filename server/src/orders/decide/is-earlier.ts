import type { OrderRow } from "../rows/schema.ts";

/** What of an order says where it stands among others. */
export type OrderPlace = Pick<OrderRow, "order_key" | "occurred_at" | "order_id">;

/** Whether an order came before another, by the shop's time and then by name: the same whatever came in first. */
export function isEarlier(a: OrderPlace, b: OrderPlace): boolean {
  if (a.order_key === b.order_key) return false;
  return a.occurred_at < b.occurred_at || (a.occurred_at === b.occurred_at && a.order_id < b.order_id);
}
