import type { Instant } from "../../words/clock.ts";
import type { EmailHash } from "../../words/ids.ts";

/** One mail to one address. */
export interface MailRow {
  id: string;
  kind: string;
  /** Mail of one lane goes out in the order in which it was written. */
  lane: string;
  recipient_hash: EmailHash;
  /** The address and the letter, sealed. */
  sealed: Uint8Array;
  /** Mail of one key is written once. */
  once_key: string;
  state: "pending" | "sent" | "failed" | "dropped";
  /** When it is tried next; set while it is pending. */
  due_at: Instant | null;
  /** Of the worker that has it. */
  lease: string | null;
  attempts: number;
  tried_since: Instant | null;
  /** Why it was not sent, as the server said it. Without addresses. */
  problem: string | null;
  created_at: Instant;
  /** When it is worth nothing any more. */
  expires_at: Instant | null;
  settled_at: Instant | null;
}

/** What came back from one address, since mail to it was last taken. */
export interface MailBounceRow {
  recipient_hash: EmailHash;
  bounces: number;
  bounced_at: Instant;
  /** What the server said last. Without addresses. */
  problem: string;
}

declare module "../../store/schema.ts" {
  interface Schema {
    mails: MailRow;
    mail_bounces: MailBounceRow;
  }
}
