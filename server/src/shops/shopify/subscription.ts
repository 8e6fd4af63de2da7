import { z } from "zod";
import type { SaleEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { as, noCurrency } from "../../words/ids.ts";
import { idsOf } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { shopifyId } from "./ids.ts";
import type { ShopifyEvent } from "./order.ts";

const contractSchema = z.object({
  id: shopifyId,
  origin_order_id: shopifyId.nullish(),
  admin_graphql_api_origin_order_id: shopifyId.nullish().catch(undefined),
});

/**
 * Reads which subscription an order began. No order names its subscription, so without this and the next a renewal
 * could not be traced to who sold the first year. An app is told of the contracts that it made itself, and of no other's.
 *
 * Both are told as a second event of the order's sale, of no money, in the code ISO 4217 has for no currency. The order's
 * own event tells the amounts, whichever of the two comes first.
 */
export function readShopifyContract(event: ShopifyEvent, object: unknown, now: Instant): SingleReading {
  const reading = readPayload(contractSchema, object);
  if (reading.outcome === "refused") return reading;
  const { id, origin_order_id, admin_graphql_api_origin_order_id } = reading.value;
  const order = origin_order_id ?? admin_graphql_api_origin_order_id;
  if (!order) return { outcome: "ignored", ...event };
  return partOf({ event, order, subscription: id, cycle: "new" }, now);
}

const attemptSchema = z.object({
  order_id: shopifyId.nullish(),
  admin_graphql_api_order_id: shopifyId.nullish().catch(undefined),
  subscription_contract_id: shopifyId.nullish(),
  admin_graphql_api_subscription_contract_id: shopifyId.nullish().catch(undefined),
});

/** Reads which subscription a renewal's order belongs to: a billing attempt that succeeded. */
export function readShopifyBillingAttempt(event: ShopifyEvent, object: unknown, now: Instant): SingleReading {
  const reading = readPayload(attemptSchema, object);
  if (reading.outcome === "refused") return reading;
  const { order_id, subscription_contract_id, ...told } = reading.value;
  const order = order_id ?? told.admin_graphql_api_order_id;
  const subscription = subscription_contract_id ?? told.admin_graphql_api_subscription_contract_id;
  if (!order || !subscription) return { outcome: "ignored", ...event };
  return partOf({ event, order, subscription, cycle: "renewal" }, now);
}

interface Part {
  event: ShopifyEvent;
  order: string;
  subscription: string;
  cycle: SaleEvent["cycle"];
}

function partOf({ event, order, subscription, cycle }: Part, now: Instant): SingleReading {
  const sale: SaleEvent = {
    effect: "sale",
    eventId: event.eventId,
    objectId: `subscription-of-${order}`,
    occurredAt: now,
    order: as.provider(order),
    providerIds: idsOf(order),
    subscription: as.provider(subscription),
    cycle,
    netMinor: 0,
    taxMinor: 0,
    currency: noCurrency,
    amounts: "part",
  };
  return { outcome: "events", events: [sale], live: true };
}
