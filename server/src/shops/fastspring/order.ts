import { z } from "zod";
import type { SaleEvent } from "../../events/purchase-event.ts";
import { type Cycle, orderCycleOf } from "../../words/cycle.ts";
import { as } from "../../words/ids.ts";
import { minorOf } from "../../words/money.ts";
import { carriedClaims } from "../kit/carried-claims.ts";
import { countryClaim } from "../kit/country.ts";
import {
  anyText,
  anything,
  claim,
  couponClaims,
  currencyOf,
  currencyText,
  idsOf,
  idText,
  onlyProduct,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { IncompleteReading, SingleReading } from "../shop.ts";
import type { FastspringEvent } from "./fastspring.ts";
import { fastspringItem, fastspringLines, isProrated, subscriptionOrId } from "./items.ts";
import { tagsOf } from "./tags.ts";

const withEmail = z.object({ email: anyText }).nullish().catch(undefined);

const withCountry = z.object({ country: anyText }).nullish().catch(undefined);

const orderSchema = z.object({
  id: idText,
  reference: idText.nullish().catch(undefined),
  currency: currencyText,
  /** In major units, as the text it was written as; so is `tax`. */
  total: z.string(),
  tax: z.string(),
  tags: anything,
  customer: withEmail,
  account: z
    .object({ contact: withEmail, address: withCountry, country: anyText })
    .nullish()
    .catch(undefined),
  address: withCountry,
  coupons: z.array(anyText).nullish().catch(undefined),
  items: z.array(fastspringItem).max(1000).nullish().catch(undefined),
});
type Order = z.output<typeof orderSchema>;

/** Reads a first purchase: https://developer.fastspring.com/reference/ordercompleted. */
export function readFastspringOrder(event: FastspringEvent, data: unknown): SingleReading {
  const reading = readPayload(orderSchema, data);
  return reading.outcome === "refused" ? reading : saleOf(event, reading.value, { sold: "new" });
}

const chargeSchema = z.object({ order: orderSchema, subscription: subscriptionOrId });
const bareCharge = z.object({
  order: idText,
  subscription: subscriptionOrId.nullish().catch(undefined),
});

/**
 * Reads a further cycle of a subscription, or what a change in the middle of one cost:
 * https://developer.fastspring.com/reference/subscriptionchargecompleted. Without webhook expansion it names its order, and
 * the order's id alone tells no tax.
 */
export function readFastspringCharge(event: FastspringEvent, data: unknown): SingleReading {
  const bare = bareCharge.safeParse(data).data;
  if (bare !== undefined) return incomplete(event, bare);
  const reading = readPayload(chargeSchema, data);
  if (reading.outcome === "refused") return reading;
  const { order, subscription } = reading.value;
  return chargeOf(event, order, { subscription: subscription.id, by: "charge" });
}

const groupCharge = z.object({
  order: anything,
  /** The order that the charge made. */
  cotermGroupOrderId: idText,
  cotermGroupPrimarySubscription: subscriptionOrId.nullish().catch(undefined),
});

/**
 * Reads a further cycle of subscriptions that are charged together, which is one order of them all:
 * https://developer.fastspring.com/reference/co-term-payment-charge-completed. It tells the order's id and a total, and
 * neither its tax nor its items, unless the order is in it.
 */
export function readFastspringGroupCharge(event: FastspringEvent, data: unknown): SingleReading {
  const reading = readPayload(groupCharge, data);
  if (reading.outcome === "refused") return reading;
  const { cotermGroupOrderId: id, cotermGroupPrimarySubscription: subscription, order } = reading.value;
  const told = orderSchema.safeParse(order).data;
  return told === undefined
    ? incomplete(event, { order: id, subscription })
    : chargeOf(event, told, { subscription: subscription?.id, by: "group-charge" });
}

function incomplete(
  { eventId, type, occurredAt, live }: FastspringEvent,
  { order, subscription }: z.output<typeof bareCharge>,
): SingleReading {
  return {
    outcome: "incomplete",
    eventId,
    type,
    occurredAt,
    live,
    order: as.provider(order),
    ...(subscription ? { subscription: as.provider(subscription.id) } : {}),
    detail: `the renewal names order ${order} and does not tell it: enable webhook expansion, or configure the shop's api, then replay the delivery`,
  };
}

/** Reads the order that a renewal named, as the API tells it: https://developer.fastspring.com/reference/retrieve-an-order. */
export function readRenewedOrder(named: IncompleteReading, told: unknown): SingleReading {
  const reading = readPayload(orderSchema, told);
  if (reading.outcome === "refused") return reading;
  if (reading.value.id !== named.order) return refused("event_malformed", "it is another order");
  return chargeOf(named, reading.value, { subscription: named.subscription, by: tellingOf(named) });
}

const tellingOf = ({ type }: { type: string }) => (type.includes(".group.") ? "group-charge" : "charge");

/**
 * The sale of an order that a charge made. Its order may be told as completed too, and by a charge of a whole group: each
 * kind of telling has a name of its own, so that what only one of them carries counts, whichever comes first.
 */
function chargeOf(
  event: FastspringEvent,
  order: Order,
  { subscription, by }: { subscription: string | undefined; by: "charge" | "group-charge" },
): SingleReading {
  const sold = isProrated(order.items ?? []) ? "upgrade" : "renewal";
  return saleOf(event, order, { sold, toldBy: `${by}-${order.id}`, ...present({ subscription }) });
}

function saleOf(
  { eventId, occurredAt, live }: FastspringEvent,
  order: Order,
  { sold, subscription, toldBy }: { sold: Cycle; subscription?: string; toldBy?: string },
): SingleReading {
  const currency = currencyOf(order.currency);
  const grossMinor = minorOf(order.total, currency, { rounded: true });
  const taxMinor = minorOf(order.tax, currency, { rounded: true });
  if (grossMinor === undefined || taxMinor === undefined || taxMinor < 0 || taxMinor > grossMinor)
    return refused("event_malformed", "the totals make no sense");
  const belongsTo = subscription ?? order.items?.find((one) => one.subscription)?.subscription?.id;
  const netMinor = grossMinor - taxMinor;
  const lines = fastspringLines(order.items ?? [], { netMinor, taxMinor, currency, sold });
  const sale: SaleEvent = {
    effect: "sale",
    eventId: toldBy ?? eventId,
    objectId: toldBy ?? order.id,
    occurredAt,
    order: as.provider(order.reference ?? order.id),
    providerIds: idsOf(order.id, order.reference ?? undefined),
    cycle: orderCycleOf(sold),
    netMinor,
    taxMinor,
    currency,
    ...(toldBy === undefined ? {} : { amounts: "paid" as const }),
    ...present({ lines, ...claimsOf(order), subscription: belongsTo ? as.provider(belongsTo) : undefined }),
  };
  return { outcome: "events", events: [sale], live };
}

function claimsOf({ tags, items, customer, account, address, coupons }: Order) {
  const carried = carriedClaims(tagsOf(tags));
  const ofItems = (items ?? []).map(({ attributes }) => carriedClaims(attributes).product);
  return {
    ...carried,
    product: carried.product ?? onlyProduct(ofItems),
    email: claim(customer?.email) ?? claim(account?.contact?.email),
    country:
      countryClaim(address?.country) ??
      countryClaim(account?.address?.country) ??
      countryClaim(account?.country),
    coupons: couponClaims([...(coupons ?? []), ...(items ?? []).map(({ coupon }) => coupon)]),
  };
}
