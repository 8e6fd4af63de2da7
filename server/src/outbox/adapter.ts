import type { Sharing } from "../agreements/agreement.ts";
import type { OrderCycle } from "../words/cycle.ts";
import type { Currency, OrderKey, PartnerId, ProductId } from "../words/ids.ts";
import type { OutboxKind } from "./rows/schema.ts";

/** What is known of a credit when it changes. Money is in minor units of `currency`; times are ISO 8601 in UTC. */
export interface CreditFacts {
  /** The receiver's own key of the order: the same in all messages about it. */
  order: OrderKey;
  shop: string;
  /** The order's id in the shop. */
  shopOrder: string;
  cycle: OrderCycle;
  product: ProductId | null;
  partner: PartnerId;
  currency: Currency;
  /** What the partner is credited for the order now. */
  creditMinor: number;
  /** What it was credited before this change. */
  previousCreditMinor: number;
  /** What the customer paid, without tax. */
  netMinor: number;
  /** What is left of it after refunds and disputes. */
  remainingNetMinor: number;
  /** The reference of the click that led to the shop, if there was one. */
  reference: string | null;
  /** What led to the change: `sale`, `refund`, `dispute_opened`, `ruling`, `late_evidence`, …. */
  cause: string;
  /** The kind of evidence that won, for the log alone; messages that were written before it was kept have none. */
  evidence?: string | null;
  /** When the customer bought. */
  occurredAt: string;
  /** When the credit changed. */
  changedAt: string;
  /** True where another partner sold it and this one stands above: its network is not told the shop's own names. */
  above?: true;
  /** Of a message that is about no credit: what it tells, to the partner's own webhook alone. */
  notice?: Notice;
}

/** Something that a partner is told beside its credits. Never holds an account, a tax number or an address. */
export interface Notice {
  /** Such as `details.changed`. */
  type: string;
  data: Readonly<Record<string, string | number | boolean | null>>;
}

/** One message, as an adapter renders it. Nothing in it changes from one attempt to the next but `conversionId`. */
export interface OutboxMessage {
  /** Stable idempotency key: `msg_` and 29 letters and digits. */
  key: string;
  /** `convert` for a first credit, and again after a reversal; `adjust` for another amount; `reverse` for nothing left, `notice` beside credits. */
  kind: OutboxKind;
  /** From 1 for each destination and order. */
  seq: number;
  facts: CreditFacts;
  /** How the destination named the conversion in its answer to an earlier message about this order. */
  conversionId: string | null;
}

/** Where a message goes, as its adapter needs it. */
export interface OutboxDestination {
  id: string;
  partner: PartnerId;
  /** What the partner is shown, by the agreement in force when the message is sent. */
  sharing: Sharing;
  /** A webhook's address. */
  url: string | null;
  /** Secrets in use, the newest first: two while they are rotated. */
  secrets: readonly string[];
  /** What was set for this partner, such as its id in the network. */
  settings: Readonly<Record<string, string>>;
}

/** A request that is ready to be sent. */
export interface PreparedRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** An https address. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** This destination cannot be told this by a request: a person is told what to do instead. */
export interface Unsupported {
  /** A sentence that says what to do by hand. */
  unsupported: string;
}

/** An answer, its body cut off after 64 KiB. */
export interface OutboxResponse {
  status: number;
  headers: Headers;
  body: string;
}

/** What an answer means. */
export type Verdict =
  | { outcome: "delivered"; conversionId?: string }
  /** Worth another attempt; `problem` is a word for lists, such as `http_503`. */
  | { outcome: "retry"; problem: string; afterSeconds?: number }
  /** Never will be taken: goes to the dead letters at once. */
  | { outcome: "refused"; problem: string }
  /** To be sent at once with an answer to the destination's challenge (RFC 7616); granted once an attempt. */
  | { outcome: "again"; request: PreparedRequest };

/** How one kind of destination is spoken to. Both functions are pure but for the time, which is given. */
export interface OutboxAdapter {
  /** Renders a message for a destination; it may throw, which counts as a failed attempt. */
  prepare(message: OutboxMessage, destination: OutboxDestination, now: Date): PreparedRequest | Unsupported;
  /** Says what the answer to a request means. */
  judge(response: OutboxResponse, sent: { message: OutboxMessage; request: PreparedRequest }): Verdict;
}

/** Finds the adapter for a network of the configuration by its id; nothing when it is not configured any more. */
export type NetworkAdapters = ReadonlyMap<string, OutboxAdapter>;
