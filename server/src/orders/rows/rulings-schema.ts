import type { Instant } from "../../words/clock.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";

/** What the vendor ruled on an order, append-only; the newest of an order stands. */
export interface RulingRow {
  order_key: OrderKey;
  /** From 1. */
  seq: number;
  /** Null when nobody is to be credited. */
  partner_id: PartnerId | null;
  /** Why, in the vendor's words. */
  note: string;
  ruled_at: Instant;
}
