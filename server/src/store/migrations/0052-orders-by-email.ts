import type { Definition } from "./ddl.ts";

/**
 * Which orders an address bought. Customers sign in by their address now, so anybody may have this asked, and it must not
 * cost a walk through all orders. Orders without an address are in no index.
 */
export const ordersByEmail: Definition = () => [
  "create index orders_by_email on orders (email_hash, order_key) where email_hash is not null",
];
