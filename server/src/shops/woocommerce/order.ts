import { z } from "zod";
import type { PurchaseEvent, RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import { instant } from "../../words/clock.ts";
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
  onlyProduct,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";

/** WooCommerce writes times in UTC without saying so. */
const gmtTime = z.iso.datetime({ local: true }).transform((time) => instant(Date.parse(`${time}Z`)));

const orderSchema = z.object({
  id: idText,
  currency: currencyText,
  total: z.string(),
  total_tax: z.string(),
  date_paid_gmt: gmtTime.nullish(),
  date_modified_gmt: gmtTime.nullish().catch(undefined),
  billing: z.object({ email: anyText }).nullish().catch(undefined),
  meta_data: anything,
  coupon_lines: z
    .array(z.object({ code: anyText }))
    .nullish()
    .catch(undefined),
  line_items: z
    .array(z.object({ meta_data: anything }))
    .nullish()
    .catch(undefined),
  refunds: z
    .array(z.object({ id: idText, total: z.string() }))
    .max(1000)
    .nullish(),
});
type Order = z.output<typeof orderSchema>;

/**
 * Reads an order as it now stands: https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/. Once it has been paid
 * it is a sale, and each of its refunds an event of its own; what was told before counts no second time.
 */
export function readWooOrder(type: string, object: unknown): SingleReading {
  const reading = readPayload(orderSchema, object);
  if (reading.outcome === "refused") return reading;
  const order = reading.value;
  if (!order.date_paid_gmt) return { outcome: "ignored", type, eventId: `order-${order.id}` };
  const sale = saleOf(order, order.date_paid_gmt);
  const refunds = (order.refunds ?? []).map((refund) => refundOf(order, refund));
  const events: (PurchaseEvent | undefined)[] = [sale, ...refunds];
  if (!events.every((event) => event !== undefined))
    return refused("event_malformed", "the amounts make no sense");
  return { outcome: "events", events, live: true };
}

function saleOf(order: Order, paidAt: SaleEvent["occurredAt"]): SaleEvent | undefined {
  const currency = currencyOf(order.currency);
  const grossMinor = minorOf(order.total, currency, { rounded: true });
  const taxMinor = minorOf(order.total_tax, currency, { rounded: true });
  if (grossMinor === undefined || taxMinor === undefined || taxMinor < 0 || taxMinor > grossMinor)
    return undefined;
  const meta = bagOf(order.meta_data);
  const subscription = idText.safeParse(meta._subscription_renewal).data;
  return {
    effect: "sale",
    eventId: `order-${order.id}`,
    objectId: order.id,
    occurredAt: paidAt,
    order: as.provider(order.id),
    providerIds: idsOf(order.id),
    cycle: subscription === undefined ? "new" : "renewal",
    netMinor: grossMinor - taxMinor,
    taxMinor,
    currency,
    ...present({
      ...claimsOf(order, meta),
      subscription: subscription === undefined ? undefined : as.provider(subscription),
    }),
  };
}

/** What the vendor's own code put on the order goes before what WooCommerce noted of the visit. */
function claimsOf({ line_items, billing, coupon_lines }: Order, meta: Record<string, unknown>) {
  const carried = carriedClaims(meta, { reference: meta._wc_order_attribution_utm_content });
  const ofItems = (line_items ?? []).map(({ meta_data }) => carriedClaims(bagOf(meta_data)).product);
  return {
    ...carried,
    product: carried.product ?? onlyProduct(ofItems),
    email: claim(billing?.email),
    coupons: couponClaims((coupon_lines ?? []).map(({ code }) => code)),
  };
}

/** A refund's total is written below zero, with the tax in it. */
function refundOf(order: Order, refund: { id: string; total: string }): RefundEvent | undefined {
  const currency = currencyOf(order.currency);
  const amountMinor = minorOf(refund.total.replace(/^-/, ""), currency, { rounded: true });
  const occurredAt = order.date_modified_gmt ?? order.date_paid_gmt;
  if (amountMinor === undefined || amountMinor < 0 || !occurredAt) return undefined;
  return {
    effect: "refund",
    eventId: `refund-${refund.id}`,
    objectId: refund.id,
    occurredAt,
    target: idsOf(order.id),
    amountMinor,
    cumulative: false,
    currency,
  };
}

const metaData = z.array(z.object({ key: z.string(), value: z.unknown() })).max(2000);

/** An order's meta data, a list of keys and values, as an object. */
function bagOf(list: unknown): Record<string, unknown> {
  const meta = metaData.safeParse(list);
  return meta.success ? Object.fromEntries(meta.data.map(({ key, value }) => [key, value])) : {};
}
