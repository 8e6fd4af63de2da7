import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { Instant } from "../../words/clock.ts";
import { idText, isoTime } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop, SingleReading } from "../shop.ts";
import { readPaddleAdjustment } from "./adjustment.ts";
import { verifyPaddle } from "./signature.ts";
import { readPaddleTransaction } from "./transaction.ts";

const eventSchema = z.object({
  event_id: idText,
  event_type: z.string().min(1).max(200),
  occurred_at: isoTime,
  data: z.unknown(),
});

/** What a reader needs to know of the event around its object. */
export interface PaddleEvent {
  eventId: string;
  type: string;
  occurredAt: Instant;
  /** False for what Paddle's simulator sends, which it does to live destinations too, signed with their secret. */
  live: boolean;
}

const readers: ReadonlyMap<string, (event: PaddleEvent, data: unknown) => SingleReading> = new Map([
  ["transaction.completed", readPaddleTransaction],
  ["adjustment.created", readPaddleAdjustment],
  ["adjustment.updated", readPaddleAdjustment],
]);

/** The types of event that the receiver has a use for: what a notification destination should be sent. */
export const paddleEventTypes: readonly string[] = [...readers.keys()];

/**
 * A shop on Paddle Billing. The sandbox is another account with secrets of its own; only the simulator's events come
 * under the secret of a live destination, and their ids begin with `ntfsim`.
 *
 * Events: https://developer.paddle.com/webhooks/overview. `docs/shops/paddle.md` tells how each is read, and why.
 */
export function openPaddle(keys: readonly KeyObject[]): Shop {
  return {
    kind: "paddle",
    read({ headers, body }, now) {
      const verdict = verifyPaddle(headers.get("paddle-signature"), body, keys, now);
      if (verdict !== "valid") return refused(verdict);
      const json = readJson(body);
      return json.outcome === "refused" ? json : readPaddleEvent(json.value);
    },
  };
}

/** Reads an event as a webhook or the API tells it. */
export function readPaddleEvent(value: unknown): SingleReading {
  const reading = readPayload(eventSchema, value);
  if (reading.outcome === "refused") return reading;
  const { event_id: eventId, event_type: type, occurred_at: occurredAt, data } = reading.value;
  const event = { eventId, type, occurredAt, live: !eventId.startsWith("ntfsim") };
  return readers.get(type)?.(event, data) ?? { outcome: "ignored", eventId, type };
}
