import type { Instant } from "../../words/clock.ts";
import type { Currency, OrderKey, ProviderId, ShopName } from "../../words/ids.ts";

/** What an event of a shop does. */
export type Effect = "sale" | "refund" | "dispute_opened" | "dispute_won" | "dispute_lost" | "link";

/** Every event that was taken, append-only. Unique by (shop, event_id) and by (shop, object_id, effect). */
export interface EventRow {
  shop: ShopName;
  event_id: string;
  object_id: string;
  effect: Effect;
  /** One of the ids that name the sale: leads through `order_links` to its order, even after two were joined. */
  link_id: ProviderId;
  dispute_id: ProviderId | null;
  /** Gross, minor units; 0 where the effect has no amount. */
  amount_minor: number;
  /** 1 when the amount is all that was refunded so far. */
  cumulative: number;
  currency: Currency | null;
  occurred_at: Instant;
  received_at: Instant;
}

/** Which ids name which order. Also what concurrent events of one order, licence or subscription lock. */
export interface OrderLinkRow {
  /** A shop's name; `licence PRODUCT` and `subscription SHOP` for rows that only serve as locks. */
  namespace: string;
  id: string;
  order_key: OrderKey;
  /** 1 when the id is a sale's object: it was taken, and is not taken again under another event id. */
  sold: 0 | 1;
}

declare module "../../store/schema.ts" {
  interface Schema {
    events: EventRow;
    order_links: OrderLinkRow;
  }
}
