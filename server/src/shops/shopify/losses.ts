import { z } from "zod";
import type { PurchaseEvent } from "../../events/purchase-event.ts";
import { as, type Currency } from "../../words/ids.ts";
import { minorOf } from "../../words/money.ts";
import { currencyOf, currencyText, idsOf, idText, isoTime } from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import type { ShopifyEvent } from "./order.ts";

const refundSchema = z.object({
  id: idText,
  order_id: idText,
  created_at: isoTime,
  processed_at: isoTime.nullish().catch(undefined),
  transactions: z
    .array(
      z.object({
        kind: z.string(),
        status: z.string(),
        amount: z.string(),
        currency: currencyText,
        test: z.boolean().nullish(),
      }),
    )
    .max(250),
});

/**
 * Reads a refund: https://shopify.dev/docs/api/admin-rest/latest/resources/refund. What went back is the sum of its
 * transactions, those that are under way among them, since nothing more is told of a refund. One that only puts goods
 * back on the shelf has none.
 */
export function readShopifyRefund({ eventId, type }: ShopifyEvent, object: unknown): SingleReading {
  const reading = readPayload(refundSchema, object);
  if (reading.outcome === "refused") return reading;
  const { id, order_id, transactions, created_at, processed_at } = reading.value;
  const paidBack = transactions.filter(
    ({ kind, status }) => kind === "refund" && /^(success|pending)$/.test(status),
  );
  const [first] = paidBack;
  if (first === undefined) return { outcome: "ignored", eventId, type };
  const currency = currencyOf(first.currency);
  const amountMinor = sumOf(paidBack, currency);
  if (amountMinor === undefined) return refused("event_malformed", "the amounts make no sense");
  const refund: PurchaseEvent = {
    effect: "refund",
    eventId,
    objectId: id,
    occurredAt: processed_at ?? created_at,
    target: idsOf(order_id),
    amountMinor,
    cumulative: false,
    currency,
  };
  return { outcome: "events", events: [refund], live: !paidBack.some(({ test }) => test === true) };
}

/** The sum of amounts in one currency, none of them below zero; undefined for anything else. */
function sumOf(
  amounts: readonly { amount: string; currency: string }[],
  currency: Currency,
): number | undefined {
  let sumMinor = 0;
  for (const one of amounts) {
    const amountMinor = minorOf(one.amount, currency, { rounded: true });
    if (amountMinor === undefined || amountMinor < 0 || currencyOf(one.currency) !== currency)
      return undefined;
    sumMinor += amountMinor;
  }
  return Number.isSafeInteger(sumMinor) ? sumMinor : undefined;
}

const disputeSchema = z.object({
  id: idText,
  order_id: idText.nullish(),
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
    objectId: id,
    occurredAt: effect === "dispute_opened" ? initiated_at : (finalized_on ?? initiated_at),
    target: idsOf(order_id),
    dispute: as.provider(`dispute-${id}`),
    amountMinor,
    currency,
  };
  return { outcome: "events", events: [disputed], live: true };
}
