import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** What a person booked, or wants to book, by hand. Only its status changes, once. */
export interface AdjustmentRow {
  adjustment_no: Generated<number>;
  /** `adj_…`, the journal's `source_id`. */
  adjustment_id: string;
  partner_id: PartnerId;
  kind: "adjustment" | "allowance" | "bonus" | "opening";
  /** More than zero is in the partner's favour; never zero. */
  amount_minor: number;
  currency: Currency;
  reference: string;
  note: string;
  /** What an allowance is for; null for other kinds. */
  allowance: "warehousing" | "transport" | "marketing" | null;
  budget: string | null;
  claim: string | null;
  /** The adjustment that this one takes back. */
  reverses: string | null;
  status: "pending" | "booked" | "refused";
  entered_by: string;
  entered_at: Instant;
  /** Who approved or refused it; null when nobody had to. */
  decided_by: string | null;
  decided_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    adjustments: AdjustmentRow;
  }
}
