import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** What one person booked for a partner with nobody's approval. */
export interface BookedAloneRow {
  booking_no: Generated<number>;
  /** What booked it: an adjustment, a correction, an import. */
  deed_id: string;
  partner_id: PartnerId;
  currency: Currency;
  /** More than zero is in the partner's favour; never zero. */
  amount_minor: number;
  booked_by: string;
  booked_at: Instant;
  /** The deed that this one takes back, where the same person booked that alone. */
  takes_back: string | null;
}

/**
 * What is asked for: rows of another programme, what a shop does not tell of an order, who earned an order or several, or
 * what partners are paid by.
 */
export const requestKinds = ["import", "correction", "ruling", "assignment"] as const;
/** One of them. */
export type RequestKind = (typeof requestKinds)[number];

/** What waits for a second person and is no adjustment. Only its state changes, once it is complete. */
export interface MoneyRequestRow {
  request_no: Generated<number>;
  /** `req_…`. */
  request_id: string;
  kind: RequestKind;
  /** What it is about, for people: a programme, shop and order, or a plan and whom it pays. */
  subject: string;
  /** JSON of what is to be done. */
  document: string;
  /** JSON of what it moves, by partner and currency. */
  moves: string;
  /** `gathering` while an import still adds to it. */
  status: "gathering" | "pending" | "booked" | "refused";
  entered_by: string;
  entered_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    booked_alone: BookedAloneRow;
    money_requests: MoneyRequestRow;
  }
}
