import type { PurchaseEvent } from "../events/purchase-event.ts";
import type { DeliveryHeaders, SignatureRefusal } from "../secrets/webhook-signatures/signature.ts";
import type { Instant } from "../words/clock.ts";
import type { ProviderId } from "../words/ids.ts";

/** Why a delivery was refused: in logs only, the sender learns the status alone. */
export type WebhookRefusal =
  | SignatureRefusal
  | "body_not_utf8"
  | "body_not_json"
  | "body_too_deep"
  | "event_malformed";

/** A delivery as it came in. */
export interface ShopDelivery {
  headers: DeliveryHeaders;
  /** The raw bytes, which signatures cover. */
  body: Uint8Array;
  /** What follows the shop's name in the address, for shops that sign nothing: `/webhooks/{shop}/{key}`. */
  key?: string;
}

/** What one event turned out to be. */
export type SingleReading =
  /** Of use. `live` is false for an order that the shop says is a test; `testMode` of its configuration rules on it. */
  | { outcome: "events"; events: readonly PurchaseEvent[]; live: boolean }
  /** An event of the shop that the receiver has no use for, or of the mode that is not taken. */
  | { outcome: "ignored"; eventId?: string; type: string; because?: "test_mode" | "live_mode" }
  | IncompleteReading
  | { outcome: "refused"; because: WebhookRefusal; detail?: string };

/**
 * Of use, but its event names an order and does not tell it: `confirm` asks the shop's API. Where no API is configured it
 * counts for nothing, and the log has `detail`.
 */
export interface IncompleteReading {
  outcome: "incomplete";
  eventId: string;
  type: string;
  occurredAt: Instant;
  live: boolean;
  order: ProviderId;
  subscription?: ProviderId | undefined;
  /** What a person can do about it. */
  detail: string;
}

/** What a shop's API may be asked about. */
export type AskableReading = Extract<SingleReading, { outcome: "events" | "incomplete" }>;

/** What a delivery turned out to be: one event, or several that share a signature and are each taken for themselves. */
export type WebhookReading = SingleReading | { outcome: "batch"; readings: readonly SingleReading[] };

/** A shop: verifies its signature over the raw bytes, then normalises. Knows no store and no clock. */
export interface Shop {
  readonly kind: string;
  read(delivery: ShopDelivery, now: Instant): WebhookReading;
  /**
   * Only where the shop's own API has to be asked: of shops that sign nothing, since what `read` gave is a claim until
   * then, and of what an event does not tell. Called outside of any transaction, as it waits for the network. What it
   * answers counts.
   *
   * @throws when the API gives no answer: the delivery is kept, and the API asked again later
   */
  confirm?(reading: AskableReading, now: Instant): Promise<SingleReading>;
  /** Which readings `confirm` is for: all of them by default. */
  needsConfirming?(reading: AskableReading): boolean;
}
