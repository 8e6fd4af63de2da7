import type { Instant } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";

/** One line of a sale, as pay depends on it. */
export interface SaleLine {
  /** Unique within the order. */
  line: string;
  kind: string;
  product?: string | undefined;
  /** Units. */
  quantity: number;
  /** Minor units without tax, after discounts; below zero for a line that lowers the order. */
  netMinor: number;
}

/** What pay for a sale depends on, beside the plan and the chain. */
export interface Sale {
  currency: Currency;
  soldAt: Instant;
  /** ISO 3166-1 alpha-2, where the shop tells it. */
  country?: string | undefined;
  /** The kind of evidence that won. */
  evidence: string;
  /** How many sales of the same copy came before it: 0 for the first. */
  renewal: number;
  /** When the first of them was made; `soldAt` for the first itself. */
  firstSoldAt: Instant;
  lines: readonly SaleLine[];
}

/** A partner in the chain of a sale, as it stood on the day of the sale. */
export interface ChainPartner {
  partner: PartnerId;
  kind: string;
  /** Since when it is a partner. */
  since: Instant;
  /** True when its agreement had ended: nothing is paid to it. */
  ended: boolean;
}
