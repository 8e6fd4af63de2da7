import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { Instant } from "../../words/clock.ts";
import { verifyBasic } from "../kit/basic-authentication.ts";
import { fromSeconds, idText } from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop, SingleReading } from "../shop.ts";
import { readChargebeeInvoice } from "./invoice.ts";
import { readChargebeePayment } from "./payment.ts";
import { readChargebeeRefund } from "./refund.ts";

const eventSchema = z.object({
  id: idText,
  event_type: z.string().min(1).max(200),
  occurred_at: z.int().min(0).max(99_999_999_999),
  content: z.unknown(),
});

/** What a reader needs to know of the event around its content. */
export interface ChargebeeEvent {
  eventId: string;
  type: string;
  occurredAt: Instant;
}

const readers: ReadonlyMap<string, (event: ChargebeeEvent, content: unknown) => SingleReading> = new Map([
  ["payment_succeeded", readChargebeePayment],
  ["payment_refunded", readChargebeeRefund],
  ["refund_initiated", readChargebeeRefund],
  ["transaction_created", readChargebeeRefund],
  ["transaction_updated", readChargebeeRefund],
  ["transaction_deleted", readChargebeeRefund],
  ["invoice_updated", readChargebeeInvoice],
  ["invoice_deleted", readChargebeeInvoice],
]);

/** The types of event that the receiver has a use for: what a webhook at Chargebee should be sent. */
export const chargebeeEventTypes: readonly string[] = [...readers.keys()];

/**
 * A shop on Chargebee, which signs nothing: its webhooks come with a user's name and a password, the shop's secret.
 *
 * Events: https://apidocs.chargebee.com/docs/api/events. `docs/shops/chargebee.md` tells how each is read, and why.
 */
export function openChargebee(passwords: readonly KeyObject[], { user }: { user: string }): Shop {
  return {
    kind: "chargebee",
    read({ headers, body }) {
      const verdict = verifyBasic(headers.get("authorization"), user, passwords);
      if (verdict !== "valid") return refused(verdict);
      const json = readJson(body);
      if (json.outcome === "refused") return json;
      return readChargebeeEvent(json.value);
    },
  };
}

/** Reads an event as a webhook or the API tells it. */
export function readChargebeeEvent(value: unknown): SingleReading {
  const reading = readPayload(eventSchema, value);
  if (reading.outcome === "refused") return reading;
  const { id: eventId, event_type: type, occurred_at, content } = reading.value;
  const event = { eventId, type, occurredAt: fromSeconds(occurred_at) };
  return readers.get(type)?.(event, content) ?? { outcome: "ignored", eventId, type };
}
