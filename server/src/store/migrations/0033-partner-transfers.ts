import type { Definition } from "./ddl.ts";

/** A partner's orders are found by its transfers: a share of an order is no column of the order. */
export const partnerTransfers: Definition = () => [
  "create index transfers_by_partner on transfers (partner_id, order_key) where order_key is not null",
];
