import type { Instant } from "../clock.ts";
import type { PurchaseEvent } from "./purchase-event.ts";

/** Why a delivery was refused: in logs only, the sender learns the status alone. */
export type WebhookRefusal =
  | "signature_missing"
  | "signature_malformed"
  | "signature_mismatch"
  | "timestamp_outside_tolerance"
  | "body_not_utf8"
  | "body_not_json"
  | "body_too_deep"
  | "event_malformed";

/** What a delivery turned out to be. `ignored` is an event of the shop that the receiver has no use for. */
export type WebhookReading =
  | { outcome: "events"; events: readonly PurchaseEvent[] }
  | { outcome: "ignored"; eventId?: string; type: string }
  | { outcome: "refused"; because: WebhookRefusal; detail?: string };

/** A shop: verifies its signature over the raw bytes, then normalises. Knows no store and no clock. */
export interface Shop {
  readonly kind: string;
  read(delivery: { headers: Headers; body: Uint8Array }, now: Instant): WebhookReading;
}
