import { z } from "zod";
import { linesOf } from "../../events/order-line.ts";
import type { SaleEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type Currency } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
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
  isoTime,
  onlyProduct,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { shopifyId } from "./ids.ts";
import { lineItem, linesIn, minorIn, moneySet, shippingLine } from "./lines.ts";
import { embeddedRefund, itemisedIn, paidBackIn } from "./refund.ts";

/** What a reader needs to know of the delivery around its object. */
export interface ShopifyEvent {
  eventId: string;
  type: string;
  /** When Shopify made the event, or else when it came. */
  at: Instant;
}

/** Reads the object of a topic. Its numbers are the text they were written as: ids here outgrow a float. */
export type ShopifyReader = (event: ShopifyEvent, object: unknown, now: Instant) => SingleReading;

const orderSchema = z.object({
  id: shopifyId,
  financial_status: z.string(),
  test: z.boolean().nullish(),
  currency: currencyText,
  total_price: z.string(),
  total_tax: z.string(),
  total_price_set: moneySet,
  total_tax_set: moneySet,
  current_total_price: anyText,
  current_total_tax: anyText,
  current_total_price_set: moneySet,
  current_total_tax_set: moneySet,
  original_total_duties_set: moneySet,
  current_total_duties_set: moneySet,
  total_outstanding: anyText,
  taxes_included: z.boolean().nullish().catch(undefined),
  refunds: z.array(embeddedRefund).nullish().catch(undefined),
  updated_at: isoTime.nullish().catch(undefined),
  processed_at: isoTime,
  source_name: anyText,
  email: anyText,
  contact_email: anyText,
  billing_address: z.object({ country_code: anyText }).nullish().catch(undefined),
  note_attributes: anything,
  discount_codes: z
    .array(z.object({ code: anyText }))
    .nullish()
    .catch(undefined),
  line_items: z.array(lineItem).nullish().catch(undefined),
  shipping_lines: z.array(shippingLine).nullish().catch(undefined),
});
type Order = z.output<typeof orderSchema>;

/**
 * Reads a paid order: https://shopify.dev/docs/api/admin-rest/latest/resources/order. Its total has shipping and tax in
 * it, and discounts taken off. Of the two currencies of an order it is the customer's, as refunds are told in that one.
 *
 * An order may be edited before it is paid. When it is edited afterwards, it is told as paid again once the difference
 * is paid. What counts is what it came to, with what has been paid back by then, which refunds tell of. Gift cards are
 * money for later: no product is sold until they are spent.
 */
export function readShopifyOrder({ eventId, type, at }: ShopifyEvent, object: unknown): SingleReading {
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
    changedAt: order.updated_at ?? at,
    order: as.provider(order.id),
    providerIds: idsOf(order.id),
    cycle: cycleOf(order),
    ...amounts,
    ...present(claimsOf(order)),
  };
  return { outcome: "events", events: [sale], live: order.test !== true };
}

const cycleOf = ({ source_name }: Order) =>
  source_name?.startsWith("subscription_contract") ? "renewal" : "new";

type Amounts = Pick<SaleEvent, "netMinor" | "taxMinor" | "currency" | "lines">;

function amountsOf(order: Order): Amounts | undefined {
  const isSet = order.total_price_set && order.total_tax_set;
  const currency = currencyOf(isSet ? isSet.presentment_money.currency_code : order.currency);
  const about = { currency, shopCurrency: order.currency };
  const total = minorIn(order.total_price_set, order.total_price, about);
  const taxTold = minorIn(order.total_tax_set, order.total_tax, about);
  if (total === undefined || taxTold === undefined || taxTold < 0 || taxTold > total) return undefined;
  const taxOfTotal = withDuties(taxTold, order.original_total_duties_set, { total, about });
  const paidBack = paidBackIn(order.refunds ?? [], currency);
  const now = minorIn(order.current_total_price_set, order.current_total_price, about);
  // Money that goes back without goods need not change what the order comes to now: then it was not edited either.
  const isAsSold =
    now === undefined || itemisedIn(order.refunds ?? [], currency).some((lost) => now + lost === total);
  const grossMinor = isAsSold ? total : now + paidBack + owedTo(order, about);
  const taxToldNow = minorIn(order.current_total_tax_set, order.current_total_tax, about);
  const taxNow =
    taxToldNow === undefined
      ? undefined
      : withDuties(taxToldNow, order.current_total_duties_set, { total: grossMinor, about });
  const edited = grossMinor !== total;
  const tax =
    edited && taxNow !== undefined && paidBack === 0 ? taxNow : shareOf(taxOfTotal, grossMinor, total);
  const lines = linesIn(order.line_items ?? [], order.shipping_lines ?? [], {
    ...about,
    taxesIncluded: order.taxes_included === true,
    kind: cycleOf(order),
    refunded: paidBack > 0,
  });
  const prepaid = lines
    .filter(({ kind }) => kind === "prepaid")
    .reduce((sum, one) => sum + (one.listMinor ?? 0), 0);
  const netMinor = grossMinor - tax - Math.min(prepaid, grossMinor - tax);
  if (tax > grossMinor || netMinor < 0) return undefined;
  return { netMinor, taxMinor: tax, currency, lines: linesOf(lines, { netMinor, taxMinor: tax }) };
}

/** A tax with the customs duties, which the total contains and `total_tax` does not: neither is the vendor's money. */
function withDuties(
  tax: number,
  duties: Order["original_total_duties_set"],
  { total, about }: { total: number; about: { currency: Currency; shopCurrency: string } },
): number {
  const dutiesMinor = Math.max(0, minorIn(duties, undefined, about) ?? 0);
  return Math.max(tax, Math.min(tax + dutiesMinor, total));
}

/** What the customer has paid beyond what an order came to by an edit, and was not given back: the vendor has it. */
function owedTo({ total_outstanding }: Order, about: { currency: Currency; shopCurrency: string }): number {
  if (!total_outstanding?.startsWith("-")) return 0;
  return minorIn(undefined, total_outstanding.slice(1), about) ?? 0;
}

const shareOf = (tax: number, gross: number, total: number): number =>
  gross === total ? tax : total === 0 ? 0 : Math.min(gross, shareMinor(tax, gross, total));

function claimsOf(order: Order) {
  const { note_attributes, line_items, email, contact_email, billing_address, discount_codes } = order;
  const carried = carriedClaims(bagOf(note_attributes));
  const ofItems = (line_items ?? []).map(({ properties }) => carriedClaims(bagOf(properties)).product);
  return {
    ...carried,
    product: carried.product ?? onlyProduct(ofItems),
    email: claim(email) ?? claim(contact_email),
    country: countryClaim(billing_address?.country_code),
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
