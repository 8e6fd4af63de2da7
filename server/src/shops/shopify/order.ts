import { z } from "zod";
import type { SaleEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { minorOf } from "../../words/money.ts";
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
  onlyProduct,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";

/** What a reader needs to know of the delivery around its object. */
export interface ShopifyEvent {
  eventId: string;
  type: string;
}

/** Reads the object of a topic. Its numbers are the text they were written as: ids here outgrow a float. */
export type ShopifyReader = (event: ShopifyEvent, object: unknown, now: Instant) => SingleReading;

const money = z.object({ amount: z.string(), currency_code: currencyText });
const moneySet = z.object({ presentment_money: money }).nullish().catch(undefined);

const orderSchema = z.object({
  id: idText,
  financial_status: z.string(),
  test: z.boolean().nullish(),
  currency: currencyText,
  total_price: z.string(),
  total_tax: z.string(),
  total_price_set: moneySet,
  total_tax_set: moneySet,
  processed_at: isoTime,
  source_name: anyText,
  email: anyText,
  contact_email: anyText,
  note_attributes: anything,
  discount_codes: z
    .array(z.object({ code: anyText }))
    .nullish()
    .catch(undefined),
  line_items: z
    .array(z.object({ properties: anything }))
    .nullish()
    .catch(undefined),
});
type Order = z.output<typeof orderSchema>;

/**
 * Reads a paid order: https://shopify.dev/docs/api/admin-rest/latest/resources/order. Its total has shipping and tax in
 * it, and discounts taken off. Of the two currencies of an order it is the customer's, as refunds and disputes are told
 * in that one.
 */
export function readShopifyOrder({ eventId, type }: ShopifyEvent, object: unknown): SingleReading {
  const reading = readPayload(orderSchema, object);
  if (reading.outcome === "refused") return reading;
  const order = reading.value;
  if (!/^(paid|partially_refunded|refunded)$/.test(order.financial_status))
    return { outcome: "ignored", eventId, type };
  const amounts = amountsOf(order);
  if (amounts === undefined) return refused("event_malformed", "the totals make no sense");
  const sale: SaleEvent = {
    effect: "sale",
    eventId,
    objectId: order.id,
    occurredAt: order.processed_at,
    order: as.provider(order.id),
    providerIds: idsOf(order.id),
    cycle: order.source_name?.startsWith("subscription_contract") ? "renewal" : "new",
    ...amounts,
    ...present(claimsOf(order)),
  };
  return { outcome: "events", events: [sale], live: order.test !== true };
}

function amountsOf(order: Order): Pick<SaleEvent, "netMinor" | "taxMinor" | "currency"> | undefined {
  const { total_price_set: total, total_tax_set: tax } = order;
  const [gross, taxed, code] =
    total && tax
      ? [total.presentment_money.amount, tax.presentment_money.amount, total.presentment_money.currency_code]
      : [order.total_price, order.total_tax, order.currency];
  const currency = currencyOf(code);
  const grossMinor = minorOf(gross, currency, { rounded: true });
  const taxMinor = minorOf(taxed, currency, { rounded: true });
  if (grossMinor === undefined || taxMinor === undefined || taxMinor < 0 || taxMinor > grossMinor)
    return undefined;
  return { netMinor: grossMinor - taxMinor, taxMinor, currency };
}

function claimsOf({ note_attributes, line_items, email, contact_email, discount_codes }: Order) {
  const carried = carriedClaims(bagOf(note_attributes));
  const ofItems = (line_items ?? []).map(({ properties }) => carriedClaims(bagOf(properties)).product);
  return {
    ...carried,
    product: carried.product ?? onlyProduct(ofItems),
    email: claim(email) ?? claim(contact_email),
    coupons: couponClaims((discount_codes ?? []).map(({ code }) => code)),
  };
}

const named = z.array(z.object({ name: z.string(), value: z.unknown() })).max(250);

/** A list of names and values, such as a cart's attributes, as an object. */
function bagOf(list: unknown): unknown {
  const attributes = named.safeParse(list);
  if (!attributes.success) return undefined;
  return Object.fromEntries(attributes.data.map(({ name, value }) => [name, value]));
}
