import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";

/** Where the money of a batch goes through: the vendor's bank, or a service. */
export const payoutChannels = ["bank", "wise", "paypal"] as const;
/** One of the channels. */
export type PayoutChannel = (typeof payoutChannels)[number];

/** What a batch goes through. A cancelled one ends before it is exported. */
export const batchStates = ["proposed", "approved", "exported", "settled", "cancelled"] as const;
/** One of a batch's states. */
export type BatchState = (typeof batchStates)[number];

/** What becomes of an item. What is open is reserved; what failed, was returned or cancelled is payable again. */
export const itemStates = ["open", "confirmed", "failed", "returned", "cancelled"] as const;
/** One of an item's states. */
export type ItemState = (typeof itemStates)[number];

/** A batch of payouts in one currency through one channel. */
export interface PayoutBatchRow {
  /** Begins with the time, so that lists go by it. */
  id: string;
  currency: Currency;
  channel: PayoutChannel;
  state: BatchState;
  minimum_minor: number;
  /** What was payable by then; null for all. */
  until_at: Instant | null;
  proposed_by: string;
  proposed_at: Instant;
  approved_by: string | null;
  approved_at: Instant | null;
  /** In which form it was exported: the same each time. */
  format: string | null;
  /** The day on which the bank is to pay. */
  execute_on: string | null;
  exported_by: string | null;
  /** SHA-256 of the file as it left, in hex. */
  file_hash: string | null;
  exported_at: Instant | null;
  settled_at: Instant | null;
  cancelled_by: string | null;
  cancelled_at: Instant | null;
}

/** What one partner is sent in a batch. Nothing is booked before it is confirmed. */
export interface PayoutItemRow {
  /** Also the end-to-end id that the bank sends back: at most 30 characters that every bank and service takes. */
  id: string;
  batch_id: string;
  /** From 1 in each batch. */
  row_no: number;
  partner_id: PartnerId;
  currency: Currency;
  /** More than zero. */
  amount_minor: number;
  /** Which of the partner's details it is sent by. */
  details_version: number;
  state: ItemState;
  /** 1 once it stands in a payment file. */
  sent: 0 | 1;
  /** Why it failed, was returned or taken out. */
  why: string | null;
  /** What the bank said last. */
  bank_status: string | null;
  settled_at: Instant | null;
  settled_by: string | null;
  returned_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    payout_batches: PayoutBatchRow;
    payout_items: PayoutItemRow;
  }
}
