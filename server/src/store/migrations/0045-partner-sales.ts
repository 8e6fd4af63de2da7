import type { Definition } from "./ddl.ts";

/**
 * A partner's sales by the day of the sale, for what is worked out over a time: period terms, simulations. Who stood above
 * the seller stands in the order itself, so that a walk over many need not read their decisions.
 */
export const partnerSales: Definition = ({ text }) => [
  `alter table orders add column chain ${text}`,
  "create index orders_by_partner on orders (partner_id, occurred_at, order_key) where partner_id is not null",
];
