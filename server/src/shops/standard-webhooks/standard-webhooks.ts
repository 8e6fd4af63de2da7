import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { PurchaseEvent, RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import { verifyStandardWebhook } from "../../secrets/webhook-signatures/standard-webhooks.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { orderCycleOf } from "../../words/cycle.ts";
import { as } from "../../words/ids.ts";
import { countryClaim } from "../kit/country.ts";
import {
  claim,
  couponClaims,
  currencyOf,
  onlyProduct,
  present,
  productClaim,
  referenceClaim,
} from "../kit/members.ts";
import { readJson, readPayload, refused } from "../kit/read-json.ts";
import type { Shop } from "../shop.ts";
import { ownLines } from "./lines.ts";
import {
  type OwnShopEvent,
  ownShopEvent,
  type PurchaseCompleted,
  type PurchaseRefunded,
  totalsOf,
} from "./payload.ts";

const anyEvent = z.object({ type: z.string().min(1).max(200) });
const knownTypes: ReadonlySet<string> = new Set(
  ownShopEvent.options.map((option) => option.shape.type.value),
);

/**
 * A vendor's own shop, which sends our own payload signed by Standard Webhooks. `docs/shops/own-shop.md` tells a shop's
 * developer how. The event's id is the `webhook-id`, which the signature covers.
 */
export function openStandardWebhooks(keys: readonly KeyObject[]): Shop {
  return {
    kind: "standard-webhooks",
    read({ headers, body }, now) {
      const verdict = verifyStandardWebhook(headers, body, keys, now);
      if (verdict !== "valid") return refused(verdict);
      const eventId = headers.get("webhook-id") ?? "";
      const json = readJson(body);
      if (json.outcome === "refused") return json;
      const kind = readPayload(anyEvent, json.value);
      if (kind.outcome === "refused") return kind;
      // A shop may send one endpoint more kinds of event than the receiver knows: those are not errors.
      if (!knownTypes.has(kind.value.type)) return { outcome: "ignored", eventId, type: kind.value.type };
      const reading = readPayload(ownShopEvent, json.value);
      if (reading.outcome === "refused") return reading;
      return { outcome: "events", events: [eventOf(eventId, reading.value)], live: true };
    },
  };
}

function eventOf(eventId: string, { type, data }: OwnShopEvent): PurchaseEvent {
  switch (type) {
    case "purchase.completed":
      return saleOf(eventId, data);
    case "purchase.refunded":
      return refundOf(eventId, data);
    case "purchase.disputed":
      return {
        effect: `dispute_${data.status}`,
        eventId,
        // The time is in it, as a dispute may be opened again after it was won.
        objectId: `${data.dispute} ${fromIso(data.disputedAt)}`,
        occurredAt: fromIso(data.disputedAt),
        target: [as.provider(data.order)],
        dispute: as.provider(data.dispute),
        amountMinor: data.amountMinor,
        currency: currencyOf(data.currency),
      };
  }
}

/** A refund that tells no status was made once; one that tells it may come again, in another. */
function refundOf(eventId: string, data: PurchaseRefunded): RefundEvent {
  // No id holds a space, so no two pairs of ids make the same text.
  const movement = `${data.order} ${data.refund}`;
  const { status, netMinor, lines } = data;
  const at = fromIso(data.refundedAt);
  return {
    effect: "refund",
    eventId,
    objectId: status === undefined ? movement : `${movement} ${status} ${at}`,
    occurredAt: at,
    target: [as.provider(data.order)],
    cumulative: false,
    movement: as.provider(movement),
    status: status ?? "done",
    amountMinor: data.amountMinor,
    currency: currencyOf(data.currency),
    ...present({ netMinor, lines }),
  };
}

function saleOf(eventId: string, data: PurchaseCompleted): SaleEvent {
  const totals = totalsOf(data);
  if (totals === undefined) throw new Error("the schema let an order without totals through");
  const order = as.provider(data.order);
  const { lines, ...money } = ownLines(data, totals);
  return {
    effect: "sale",
    eventId,
    objectId: data.order,
    occurredAt: fromIso(data.paidAt),
    order,
    providerIds: [order],
    cycle: orderCycleOf(data.cycle ?? "new"),
    ...money,
    currency: currencyOf(data.currency),
    ...present({
      lines,
      changedAt: data.changedAt === undefined ? undefined : fromIso(data.changedAt),
      subscription: data.subscription ? as.provider(data.subscription) : undefined,
      product:
        productClaim(data.product) ??
        onlyProduct((data.lines ?? []).map((line) => productClaim(line.product))),
      email: claim(data.customer?.email),
      country: countryClaim(data.customer?.country),
      licence: claim(data.licence),
      reference: referenceClaim(data.reference),
      coupons: couponClaims([data.coupon, ...(data.coupons ?? [])]),
    }),
  };
}

const fromIso = (time: string): Instant => instant(Date.parse(time));
