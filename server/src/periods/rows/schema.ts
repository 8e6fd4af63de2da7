import type { TermResult } from "../../commission/period-terms.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** A period that was closed, append-only. */
export interface ClosedPeriodRow {
  /** `2027-03`, `2027-Q1` or `2027`. */
  period: string;
  closed_at: Instant;
}

/** What a term came to for a period when a period was closed, append-only. */
export interface PeriodTermRow {
  /** The period whose close found it: a later one, where losses changed what an earlier one had come to. */
  closed_in: string;
  partner_id: PartnerId;
  term: string;
  currency: Currency;
  /** The period that it is about. */
  period: string;
  plan_id: string;
  version: number;
  /** Minor units or units. */
  counted: number;
  /** All that the term comes to for the period, as this close found it. */
  amount_minor: number;
  /** What this close booked of it: the whole, or the difference from what was booked before. */
  change_minor: number;
  why: TermResult["why"];
  closed_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    closed_periods: ClosedPeriodRow;
    period_terms: PeriodTermRow;
  }
}
