import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { verifyStandardWebhook } from "../../secrets/webhook-signatures/standard-webhooks.ts";
import type { Instant } from "../../words/clock.ts";
import { isoTime } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop, SingleReading } from "../shop.ts";
import { readPolarOrder } from "./order.ts";
import { readPolarRefund } from "./refund.ts";

const eventSchema = z.object({ type: z.string().min(1).max(200), timestamp: isoTime, data: z.unknown() });

/** What a reader needs to know of the event around its object. */
export interface PolarEvent {
  eventId: string;
  type: string;
  /** When the event was made, of the object as it then stood; none where the API tells the object. */
  occurredAt?: Instant;
}

const readers: ReadonlyMap<string, (event: PolarEvent, data: unknown) => SingleReading> = new Map([
  ["order.paid", readPolarOrder],
  ["order.updated", readPolarOrder],
  ["order.refunded", readPolarOrder],
  ["refund.created", readPolarRefund],
  ["refund.updated", readPolarRefund],
]);

/** The types of event that the receiver has a use for: what an endpoint at Polar should be subscribed to. */
export const polarEventTypes: readonly string[] = [...readers.keys()];

/**
 * A shop on Polar, which signs by Standard Webhooks with the whole secret's text as the key. The sandbox is another
 * account with secrets of its own, so whatever verifies is live.
 *
 * Events: https://polar.sh/docs/api-reference/webhooks/order.paid. `docs/shops/polar.md` tells how each is read, and why.
 */
export function openPolar(keys: readonly KeyObject[]): Shop {
  return {
    kind: "polar",
    read({ headers, body }, now) {
      const verdict = verifyStandardWebhook(headers, body, keys, now);
      if (verdict !== "valid") return refused(verdict);
      const eventId = headers.get("webhook-id") ?? "";
      const json = readJson(body);
      if (json.outcome === "refused") return json;
      const envelope = readPayload(eventSchema, json.value);
      if (envelope.outcome === "refused") return envelope;
      const { type, timestamp: occurredAt, data } = envelope.value;
      return (
        readers.get(type)?.({ eventId, type, occurredAt }, data) ?? { outcome: "ignored", eventId, type }
      );
    },
  };
}
