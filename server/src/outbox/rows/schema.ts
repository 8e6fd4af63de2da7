import type { Instant } from "../../words/clock.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";

/** What happened to the credit of a partner on an order; a notice tells of something else. */
export const outboxKinds = ["convert", "adjust", "reverse", "notice"] as const;
/** One of the things that are told. */
export type OutboxKind = (typeof outboxKinds)[number];

/** What can become of a row. Only a pending one is ever sent. */
export const outboxStates = ["pending", "delivered", "failed", "manual", "dropped"] as const;
/** One of a row's states. */
export type OutboxState = (typeof outboxStates)[number];

/** Who is told of a partner's credits: its own webhook, or the network it is a member of. */
export interface DestinationRow {
  /** `PARTNER/webhook` or `PARTNER/NETWORK`. */
  id: string;
  partner_id: PartnerId;
  kind: "webhook" | "network";
  /** The network's id in the configuration; null for a webhook. */
  network: string | null;
  /** A webhook's address; null for a network. */
  url: string | null;
  /** A webhook's secret, sealed; null for a network and after a removal. */
  secret: Uint8Array | null;
  /** The secret before, sealed, while both are in use. */
  previous_secret: Uint8Array | null;
  /** Until when messages are signed with the secret before too. */
  previous_until: Instant | null;
  /** JSON: strings by name, such as the partner's id in the network. */
  settings: string;
  status: "active" | "removed";
  created_at: Instant;
  changed_at: Instant;
}

/** One message. It is sent until it is delivered or given up, and not before the earlier ones of its order are done. */
export interface OutboxRow {
  /** Also the idempotency key that travels with it, each time the same. Begins with the time, so that rows sort by it. */
  id: string;
  destination_id: string;
  order_key: OrderKey;
  /** From 1 for each destination and order. */
  seq: number;
  kind: OutboxKind;
  /** JSON: the `CreditFacts` when it was written. */
  facts: string;
  state: OutboxState;
  /** When it is to be sent next, or what a worker has on it ends; null when it waits for an earlier one or is settled. */
  due_at: Instant | null;
  /** Names the claim of the worker that has it. */
  lease: string | null;
  /** How often it was claimed since it was written or replayed. */
  attempts: number;
  /** When it was first claimed since it was written or replayed. */
  tried_since: Instant | null;
  /** HTTP status of the last answer. */
  status: number | null;
  /** Why it was not delivered, in a word. */
  problem: string | null;
  /** How the destination named the conversion. */
  conversion_id: string | null;
  /** What a person noted who dropped it. */
  note: string | null;
  created_at: Instant;
  settled_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    outbox_destinations: DestinationRow;
    outbox: OutboxRow;
  }
}
