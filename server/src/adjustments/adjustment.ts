import type { PartnerBooking } from "../books/book-partner.ts";
import { isoTime } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import type { NewAdjustmentRow } from "./rows/adjustments.ts";

/** What a person may book for a partner. */
export const adjustmentKinds = ["adjustment", "allowance", "bonus", "opening"] as const;
/** One kind of booking by a person. */
export type AdjustmentKind = (typeof adjustmentKinds)[number];

/** What an allowance is for. */
export const allowanceKinds = ["warehousing", "transport", "marketing"] as const;
/** One purpose of an allowance. */
export type AllowanceKind = (typeof allowanceKinds)[number];

/** What an allowance pays: out of which budget, on which claim of the partner's. */
export interface Allowance {
  for: AllowanceKind;
  budget: string;
  claim: string;
}

/** Whether it stands in the journal, waits for a second person, or was refused by one. */
export const adjustmentStatuses = ["pending", "booked", "refused"] as const;
/** One of an adjustment's states. */
export type AdjustmentStatus = (typeof adjustmentStatuses)[number];

/** An adjustment as it is shown. Amounts in minor units, more than zero in the partner's favour; times ISO 8601 in UTC. */
export interface Adjustment {
  id: string;
  partner: PartnerId;
  kind: AdjustmentKind;
  amountMinor: number;
  currency: Currency;
  reference: string;
  note: string;
  allowance: Allowance | null;
  /** The adjustment that it takes back. */
  reverses: string | null;
  status: AdjustmentStatus;
  enteredBy: string;
  enteredAt: string;
  /** Who approved or refused it; null when nobody had to. */
  decidedBy: string | null;
  decidedAt: string | null;
}

/** A stored adjustment as it is shown. */
export const adjustmentOf = (row: NewAdjustmentRow): Adjustment => ({
  id: row.adjustment_id,
  partner: row.partner_id,
  kind: row.kind,
  amountMinor: row.amount_minor,
  currency: row.currency,
  reference: row.reference,
  note: row.note,
  allowance:
    row.allowance === null || row.budget === null || row.claim === null
      ? null
      : { for: row.allowance, budget: row.budget, claim: row.claim },
  reverses: row.reverses,
  status: row.status,
  enteredBy: row.entered_by,
  enteredAt: isoTime(row.entered_at),
  decidedBy: row.decided_by,
  decidedAt: row.decided_at === null ? null : isoTime(row.decided_at),
});

/** What the journal's movements by adjustments name as their source. */
export const adjustmentSource = "adjustment";

/** The movement that an adjustment is in the journal. Less than zero moves from what is payable back to the vendor. */
export const bookingOf = (row: NewAdjustmentRow): PartnerBooking => ({
  partner: row.partner_id,
  kind: row.kind,
  currency: row.currency,
  amountMinor: Math.abs(row.amount_minor),
  ...(row.amount_minor > 0
    ? { debit: "expense" as const, credit: "payable" as const }
    : { debit: "payable" as const, credit: "expense" as const }),
  source: adjustmentSource,
  sourceId: row.adjustment_id,
  cause: row.reverses !== null ? "adjustment_reversed" : (row.allowance ?? row.kind),
});

/** The refusal of an id that no adjustment has. */
export const unknownAdjustment = (id: string): Refusal =>
  new Refusal("adjustment_unknown", `There is no adjustment ${JSON.stringify(id)}.`);
