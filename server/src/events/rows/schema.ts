import type { LossFact } from "../../ledger/loss-fact.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, OrderKey, ProviderId, ShopName } from "../../words/ids.ts";

/** What an event of a shop does. */
export type Effect = "sale" | "link" | LossFact["effect"];

/** What a refund was told with: every name of its payment, where it has more than the one that is a column. */
export interface ToldRefund {
  payment: readonly ProviderId[];
}

/** Every event that was taken, append-only. Unique by (shop, event_id) and, but for sales, by (shop, object_id, effect). */
export interface EventRow {
  shop: ShopName;
  event_id: string;
  object_id: string;
  effect: Effect;
  /** One of the ids that name the sale: leads through `order_links` to its order, even after two were joined. */
  link_id: ProviderId;
  /** The refund, dispute or payment, the same in each of its statuses; the object where it is null. */
  movement_id: ProviderId | null;
  /** Where a refund or payment stands; done where it is null. */
  status: LossFact["status"] | null;
  /** Gross, minor units: of a sale what the customer paid; 0 where the effect has no amount. */
  amount_minor: number;
  /** The part of it that is no tax, where the shop tells the two apart. */
  net_minor: number | null;
  /** 1 when the amount is all that was refunded so far. */
  cumulative: number;
  currency: Currency | null;
  /** JSON: what was lost of each line; of a sale its lines, with the products that the configuration knew them by. */
  lines: string | null;
  /** Of a sale: how well it knew its amounts, from 0. Of several events of one sale the highest tells them. */
  amounts_rank: number | null;
  /** JSON: the rest of what a sale (`ToldFacts`) or a refund (`ToldRefund`) was told with. Nothing that names its buyer. */
  told: string | null;
  /** Why, in the words of the person who entered it. */
  note: string | null;
  /** Of a status or a running total: when it became so. */
  occurred_at: Instant;
  /** When a movement began, or a sale became as it is told here, where the shop tells. */
  created_at: Instant | null;
  received_at: Instant;
  /** A keyed hash of all else in the row, which the store makes; null of one from before there were seals. */
  seal: string | null;
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
