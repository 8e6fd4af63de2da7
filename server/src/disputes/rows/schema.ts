import type { Instant } from "../../words/clock.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";

/** What a contested decision goes through: open waits for the vendor, answered for the partner. */
export const disputeStates = ["open", "answered", "ruled"] as const;
/** One of the states. */
export type DisputeState = (typeof disputeStates)[number];

/** What an entry of a thread is. Notes are the vendor's own, and no partner sees them. */
export const entryKinds = ["claim", "message", "answer", "note", "reminder", "ruling"] as const;
/** One of the kinds. */
export type EntryKind = (typeof entryKinds)[number];

/** A decision that a partner contests. */
export interface DisputeRow {
  /** Begins with the time, so that lists go by it. */
  id: string;
  partner_id: PartnerId;
  /** JSON of what the partner named, a serial as its hash and last characters. */
  claim: string;
  /** The order that is meant, once that is certain; the partner never learns whether it is. */
  order_key: OrderKey | null;
  state: DisputeState;
  opened_at: Instant;
  /** By when the vendor answers; null where it is not the vendor's turn. */
  due_at: Instant | null;
  /** When the vendor is reminded; null once it was. */
  remind_at: Instant | null;
  ruled_at: Instant | null;
  /** 1 where the ruling gave the partner the order. */
  granted: 0 | 1 | null;
  /** How many entries the thread has. */
  entries: number;
}

/** One entry of a thread, append-only. */
export interface DisputeEntryRow {
  dispute_id: string;
  /** From 1. */
  seq: number;
  author: "partner" | "vendor" | "receiver";
  kind: EntryKind;
  text: string | null;
  file_name: string | null;
  file_type: string | null;
  file_bytes: number | null;
  /** The file in base64, sealed for this entry. */
  file: Uint8Array | null;
  actor: string | null;
  at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    disputes: DisputeRow;
    dispute_entries: DisputeEntryRow;
  }
}
