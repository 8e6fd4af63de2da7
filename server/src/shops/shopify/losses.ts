import { z } from "zod";
import type { LossEvent, PurchaseEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { minorOf } from "../../words/money.ts";
import { currencyOf, currencyText, idsOf, isoTime } from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { shopifyId } from "./ids.ts";
import type { ShopifyEvent } from "./order.ts";
import { embeddedRefund, refundEventOf } from "./refund.ts";

const refundSchema = embeddedRefund.extend({
  order_id: shopifyId,
  created_at: isoTime,
  transactions: embeddedRefund.shape.transactions.unwrap().unwrap(),
});

/** Reads a refund: https://shopify.dev/docs/api/admin-rest/latest/resources/refund. */
export function readShopifyRefund({ eventId, type, at }: ShopifyEvent, object: unknown): SingleReading {
  const reading = readPayload(refundSchema, object);
  if (reading.outcome === "refused") return reading;
  const refund = reading.value;
  const told = refundEventOf(refund, { eventId, order: as.provider(refund.order_id), at });
  if (told === undefined) return { outcome: "ignored", eventId, type };
  if (told === "malformed") return refused("event_malformed", "the amounts make no sense");
  return { outcome: "events", events: [told], live: !isTest(refund) };
}

const isTest = ({ transactions }: z.output<typeof embeddedRefund>): boolean =>
  (transactions ?? []).some(({ test }) => test === true);

const changedSchema = z.object({
  id: shopifyId,
  test: z.boolean().nullish(),
  updated_at: isoTime.nullish().catch(undefined),
  refunds: z.array(embeddedRefund).max(250).nullish().catch(undefined),
});

/**
 * Reads what an order that changed says of its money: how its refunds now stand, as one may fail after it was told. That
 * it was cancelled says nothing: what went back is told by refunds, and the rest the vendor has kept.
 */
export function readChangedShopifyOrder({ eventId, type, at }: ShopifyEvent, object: unknown): SingleReading {
  const reading = readPayload(changedSchema, object);
  if (reading.outcome === "refused") return reading;
  const order = reading.value;
  const id = as.provider(order.id);
  const events: LossEvent[] = [];
  for (const refund of order.refunds ?? []) {
    const told = refundEventOf(refund, {
      eventId: `${eventId}:${refund.id}`,
      order: id,
      at,
      ...(order.updated_at ? { changedAt: order.updated_at } : {}),
    });
    if (told === "malformed") return refused("event_malformed", "the amounts make no sense");
    if (told !== undefined) events.push(told);
  }
  if (events.length === 0) return { outcome: "ignored", eventId, type };
  return { outcome: "events", events, live: order.test !== true };
}

const disputeSchema = z.object({
  id: shopifyId,
  order_id: shopifyId.nullish(),
  type: z.string(),
  status: z.string(),
  amount: z.string(),
  currency: currencyText,
  initiated_at: isoTime,
  finalized_on: isoTime.nullish().catch(undefined),
});

const disputeEffects = new Map<string, "dispute_opened" | "dispute_won" | "dispute_lost">([
  ["needs_response", "dispute_opened"],
  ["under_review", "dispute_opened"],
  ["accepted", "dispute_lost"],
  ["lost", "dispute_lost"],
  ["won", "dispute_won"],
  // The vendor paid the customer back instead: the refund tells of the money.
  ["charge_refunded", "dispute_won"],
]);

/**
 * Reads a dispute: https://shopify.dev/docs/api/admin-rest/latest/resources/dispute. A bank's inquiry moves no money
 * and is passed over; it may turn into a chargeback, which does.
 */
export function readShopifyDispute({ eventId, type }: ShopifyEvent, object: unknown): SingleReading {
  const reading = readPayload(disputeSchema, object);
  if (reading.outcome === "refused") return reading;
  const { id, order_id, status, amount, initiated_at, finalized_on, ...dispute } = reading.value;
  const effect = disputeEffects.get(status);
  if (effect === undefined || dispute.type !== "chargeback" || !order_id)
    return { outcome: "ignored", eventId, type };
  const currency = currencyOf(dispute.currency);
  const amountMinor = minorOf(amount, currency, { rounded: true });
  if (amountMinor === undefined || amountMinor < 0)
    return refused("event_malformed", "the amount makes no sense");
  const disputed: PurchaseEvent = {
    effect,
    eventId,
    objectId: `${id}:${status}@${finalized_on ?? initiated_at}`,
    occurredAt: effect === "dispute_opened" ? initiated_at : (finalized_on ?? initiated_at),
    target: idsOf(order_id),
    dispute: as.provider(`dispute-${id}`),
    amountMinor,
    currency,
  };
  return { outcome: "events", events: [disputed], live: true };
}
