import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { PurchaseEvent, RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import { verifyStandardWebhook } from "../../secrets/webhook-signatures/standard-webhooks.ts";
import { as } from "../../words/ids.ts";
import { carriedClaims } from "../kit/carried-claims.ts";
import {
  anyText,
  anything,
  claim,
  couponClaims,
  currencyOf,
  currencyText,
  idsOf,
  idText,
  isoTime,
  minorUnits,
  present,
} from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop } from "../shop.ts";

const eventSchema = z.object({ type: z.string().min(1).max(200), timestamp: isoTime, data: z.unknown() });

const carrier = z.object({ metadata: anything }).nullish().catch(undefined);

const orderSchema = z.object({
  id: idText,
  billing_reason: z.string(),
  net_amount: minorUnits,
  tax_amount: minorUnits,
  /** What the customer's balance added to the total, or paid of it when below zero. */
  applied_balance_amount: z.int().nullish(),
  refunded_amount: minorUnits,
  refunded_tax_amount: minorUnits,
  currency: currencyText,
  subscription_id: idText.nullish(),
  checkout_id: idText.nullish(),
  metadata: anything,
  customer: z.object({ email: anyText }).nullish().catch(undefined),
  product: carrier,
  discount: z.object({ code: anyText }).nullish().catch(undefined),
});
type Order = z.output<typeof orderSchema>;
type About = Pick<SaleEvent, "eventId" | "occurredAt">;

type Reader = (about: About, order: Order) => PurchaseEvent;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["order.paid", saleOf],
  ["order.refunded", refundOf],
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
      const { type, timestamp, data } = envelope.value;
      const reader = readers.get(type);
      if (reader === undefined) return { outcome: "ignored", eventId, type };
      const order = readPayload(orderSchema, data);
      if (order.outcome === "refused") return order;
      return {
        outcome: "events",
        events: [reader({ eventId, occurredAt: timestamp }, order.value)],
        live: true,
      };
    },
  };
}

/** `net_amount` is after discounts and without tax; what the customer's balance paid was counted when it came in. */
function saleOf(about: About, order: Order): SaleEvent {
  return {
    ...about,
    effect: "sale",
    objectId: order.id,
    order: as.provider(order.id),
    providerIds: idsOf(order.id, order.checkout_id ?? undefined),
    cycle: /^subscription_(?!create$)/.test(order.billing_reason) ? "renewal" : "new",
    netMinor: Math.max(0, order.net_amount + (order.applied_balance_amount ?? 0)),
    taxMinor: order.tax_amount,
    currency: currencyOf(order.currency),
    ...present({
      ...carriedClaims(order.metadata, order.product?.metadata),
      subscription: order.subscription_id ? as.provider(order.subscription_id) : undefined,
      email: claim(order.customer?.email),
      coupons: couponClaims([order.discount?.code]),
    }),
  };
}

/** The event tells all that was refunded of the order so far, tax apart; each further refund makes another object. */
function refundOf(about: About, order: Order): RefundEvent {
  const amountMinor = order.refunded_amount + order.refunded_tax_amount;
  return {
    ...about,
    effect: "refund",
    objectId: `${order.id}:${amountMinor}`,
    target: idsOf(order.id),
    amountMinor,
    cumulative: true,
    currency: currencyOf(order.currency),
  };
}
