import { z } from "zod";
import { fromSeconds, idText } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { readCapture } from "./capture.ts";
import { readDispute, readRefund, readRefundedCharge } from "./charge.ts";
import { readCreditNote } from "./credit-note.ts";
import { readInvoice, readInvoicePayment } from "./invoice.ts";
import { notForUs, type StripeReader } from "./object.ts";
import { readSession } from "./session.ts";

/** The last second of the year 9999. */
const maxSeconds = 253_402_300_799;

const eventSchema = z.object({
  id: idText,
  object: z.literal("event").optional(),
  type: z.string().min(1).max(200),
  created: z.int().min(0).max(maxSeconds),
  livemode: z.boolean().nullish(),
  data: z.object({ object: z.unknown() }),
});

/** An event of Stripe's second API, which comes to the same address and tells no object: none of them is of a sale. */
const thinObject = "v2.core.event";
const isThin = (value: unknown): boolean => (value as { object?: unknown } | null)?.object === thinObject;
const thinEvent = z.object({
  id: idText,
  object: z.literal(thinObject),
  type: z.string().min(1).max(200),
});

const readers: ReadonlyMap<string, StripeReader> = new Map<string, StripeReader>([
  ["checkout.session.completed", readSession],
  ["checkout.session.async_payment_succeeded", readSession],
  ["invoice.paid", readInvoice],
  ["invoice_payment.paid", readInvoicePayment],
  ["payment_intent.succeeded", readCapture],
  ["charge.refunded", readRefundedCharge],
  ["charge.refund.updated", readRefund],
  ["refund.created", readRefund],
  ["refund.updated", readRefund],
  ["refund.failed", readRefund],
  ["credit_note.created", readCreditNote],
  ["credit_note.updated", readCreditNote],
  ["credit_note.voided", readCreditNote],
  ["charge.dispute.created", readDispute],
  ["charge.dispute.funds_withdrawn", readDispute],
  ["charge.dispute.funds_reinstated", readDispute],
  ["charge.dispute.closed", readDispute],
]);

/** The types of event that the receiver has a use for: what an endpoint at Stripe should be subscribed to. */
export const stripeEventTypes: readonly string[] = [...readers.keys()];

/** Reads an event as a webhook or the API tells it. */
export function readStripeEvent(value: unknown): SingleReading {
  // Asked only where it may be one: what zod makes of a refusal costs as much as all it reads of a session.
  const thin = isThin(value) ? thinEvent.safeParse(value) : undefined;
  if (thin?.success) return { outcome: "ignored", eventId: thin.data.id, type: thin.data.type };
  const reading = readPayload(eventSchema, value);
  if (reading.outcome === "refused") return reading;
  const { id, type, created, livemode, data } = reading.value;
  const event = { eventId: id, type, occurredAt: fromSeconds(created), live: livemode !== false };
  return readers.get(type)?.(event, data.object) ?? notForUs(event);
}
