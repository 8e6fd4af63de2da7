import type { Instant } from "../../words/clock.ts";
import type { Currency, OrderKey } from "../../words/ids.ts";

/** What a partner earned of one product of an order. Texts are empty where there is nothing to say. */
export interface EarningsRow {
  order_key: OrderKey;
  /** From 0. */
  part: number;
  occurred_at: Instant;
  partner_id: string;
  /** 1 for the seller, 2 for the one above it; 0 where nobody earned anything. */
  tier: number;
  product: string;
  evidence: string;
  reason: string;
  /** The batch of the token, or the coupon. */
  campaign: string;
  currency: Currency;
  /** 1 in the first product's row of a tier, by which orders are counted. */
  counts: 0 | 1;
  /** What the product's lines brought and kept, in each tier's row again. */
  net_minor: number;
  commission_minor: number;
}

/** What a month's rows add up to, by one thing. */
export interface EarningsMonthRow {
  added_by: EarningsBy;
  /** `2026-11`, by the day of purchase in UTC. */
  month: string;
  value: string;
  currency: Currency;
  orders: number;
  net_minor: number;
  commission_minor: number;
}

/** By what earnings are added up. */
export const earningsBy = ["partner", "product", "month", "tier", "campaign", "evidence", "reason"] as const;
/** One of them. */
export type EarningsBy = (typeof earningsBy)[number];

/** How far the rows are made. */
export interface EarningsProgressRow {
  slot: "all";
  order_key: OrderKey;
  changed_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    earnings: EarningsRow;
    earnings_months: EarningsMonthRow;
    earnings_progress: EarningsProgressRow;
  }
}
