import { createHash } from "node:crypto";
import { z } from "zod";
import { type LineKind, linesOf, type OrderLine } from "../../events/order-line.ts";
import type { RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { as, type Currency, noCurrency, type ProviderId } from "../../words/ids.ts";
import { minorOf } from "../../words/money.ts";
import { articlesOf } from "../kit/articles.ts";
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
import type { SingleReading } from "../shop.ts";

/** WooCommerce writes times in UTC without saying so. */
const gmtTime = z.iso.datetime({ local: true }).transform((time) => instant(Date.parse(`${time}Z`)));

const lineFields = { id: idText, total: z.string(), total_tax: z.string() };
const line = z.object({
  ...lineFields,
  product_id: idText.nullish().catch(undefined),
  variation_id: idText.nullish().catch(undefined),
  sku: anyText,
  quantity: z.coerce.number().int().min(0).nullish().catch(undefined),
  subtotal: anyText,
  meta_data: anything,
});
/** PHP writes a list of which one place is empty as an object: `{ "1": … }`. */
const asList = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.values(value) : value;

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(asList, z.array(item).nullish()).optional().catch(undefined);

const orderSchema = z.object({
  id: idText,
  status: anyText,
  currency: currencyText,
  total: z.string(),
  total_tax: z.string(),
  date_paid_gmt: gmtTime.nullish(),
  date_modified_gmt: gmtTime.nullish().catch(undefined),
  billing: z.object({ email: anyText, country: anyText }).nullish().catch(undefined),
  meta_data: anything,
  coupon_lines: listOf(z.object({ code: anyText })),
  line_items: listOf(line),
  shipping_lines: listOf(z.object(lineFields)),
  fee_lines: listOf(z.object(lineFields)),
  refunds: z
    .preprocess(
      asList,
      z
        .array(z.object({ id: idText, total: z.string() }))
        .max(1000)
        .nullish(),
    )
    .optional(),
});
type Order = z.output<typeof orderSchema>;

/**
 * Reads an order as it now stands: https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/. Once it has been paid
 * it is a sale, told anew each time it changes; its refunds and its status are a state, of which the newest counts: a
 * refund can be deleted again, and gateways and people take a paid order back by its status alone.
 */
export function readWooOrder(type: string, object: unknown, now: Instant): SingleReading {
  const reading = readPayload(orderSchema, object);
  if (reading.outcome === "refused") return reading;
  const order = reading.value;
  if (!order.date_paid_gmt) return { outcome: "ignored", type, eventId: `order-${order.id}` };
  const sale = saleOf(order, order.date_paid_gmt);
  const state = stateOf(order, order.date_paid_gmt, type === "order.restored" ? now : undefined);
  if (sale === undefined || state === undefined)
    return refused("event_malformed", "the amounts make no sense");
  return { outcome: "events", events: [sale, state], live: true };
}

/** Names a telling: the order, when it became so, and what is told, since times have whole seconds. */
function tellingOf({ id, date_modified_gmt }: Order, told: unknown): string {
  const what = createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, 12);
  return `${id}@${date_modified_gmt ?? 0}:${what}`;
}

function saleOf(order: Order, paidAt: Instant): SaleEvent | undefined {
  const currency = currencyOf(order.currency);
  const grossMinor = minorOf(order.total, currency, { rounded: true });
  const taxMinor = minorOf(order.total_tax, currency, { rounded: true });
  if (grossMinor === undefined || taxMinor === undefined || taxMinor < 0 || taxMinor > grossMinor)
    return undefined;
  const meta = bagOf(order.meta_data);
  const tie = tieOf(meta);
  const netMinor = grossMinor - taxMinor;
  const facts = {
    objectId: order.id,
    occurredAt: paidAt,
    order: as.provider(order.id),
    providerIds: idsOf(order.id),
    cycle: tie === undefined ? "new" : "renewal",
    netMinor,
    taxMinor,
    currency,
    lines: linesOf(linesIn(order, currency, tie?.kind ?? "new"), { netMinor, taxMinor }),
    ...present({ ...claimsOf(order, meta), subscription: tie?.subscription }),
  } as const;
  return {
    effect: "sale",
    eventId: `order-${tellingOf(order, facts)}`,
    changedAt: order.date_modified_gmt ?? paidAt,
    ...facts,
  };
}

const ties: readonly (readonly [key: string, kind: LineKind])[] = [
  ["_subscription_renewal", "renewal"],
  ["_subscription_switch", "upgrade"],
  ["_subscription_resubscribe", "renewal"],
];

/** The subscription an order belongs to by the extension's own note: a renewal, a switch of plan, a return after an end. */
function tieOf(meta: Record<string, unknown>): { subscription: ProviderId; kind: LineKind } | undefined {
  for (const [key, kind] of ties) {
    const id = idText.safeParse(meta[key]).data;
    if (id !== undefined && id !== "0") return { subscription: as.provider(id), kind };
  }
  return undefined;
}

function linesIn(order: Order, currency: Currency, kind: LineKind): OrderLine[] {
  const minor = (amount: string | null | undefined) =>
    minorOf(amount ?? "0", currency, { rounded: true }) ?? 0;
  const other = (of: Order["fee_lines"], its: LineKind): OrderLine[] =>
    (of ?? []).map(({ id, total, total_tax }) => ({
      line: id,
      articles: [],
      quantity: 1,
      netMinor: minor(total),
      taxMinor: minor(total_tax),
      kind: its,
    }));
  const products = (order.line_items ?? []).map((one): OrderLine => {
    const ids = [one.product_id, one.variation_id].filter((id) => id !== "0");
    return {
      line: one.id,
      articles: articlesOf(...ids, one.sku),
      quantity: one.quantity ?? 1,
      netMinor: minor(one.total),
      taxMinor: minor(one.total_tax),
      ...(one.subtotal ? { listMinor: minor(one.subtotal) } : {}),
      kind,
    };
  });
  return [...products, ...other(order.shipping_lines, "shipping"), ...other(order.fee_lines, "other")];
}

/** What the vendor's own code put on the order goes before what WooCommerce noted of the visit. */
function claimsOf({ line_items, billing, coupon_lines }: Order, meta: Record<string, unknown>) {
  const carried = carriedClaims(meta, { reference: meta._wc_order_attribution_utm_content });
  const ofItems = (line_items ?? []).map(({ meta_data }) => carriedClaims(bagOf(meta_data)).product);
  return {
    ...carried,
    product: carried.product ?? onlyProduct(ofItems),
    email: claim(billing?.email),
    country: countryClaim(billing?.country),
    coupons: couponClaims((coupon_lines ?? []).map(({ code }) => code)),
  };
}

/** Statuses in which nothing of a paid order stands. Gateways set `on-hold` while the bank looks into a dispute. */
const takenBack = /^(wc-)?(cancelled|failed|trash|on-hold|pending)$/;
const refundedStatus = /^(wc-)?refunded$/;

/**
 * What of the order went back by now. A refund's total is written below zero, with the tax in it. One that was taken out of
 * the bin stands since it is told so: that it was thrown away had no other time either, and need not have changed it.
 */
function stateOf(order: Order, paidAt: Instant, restoredAt: Instant | undefined): RefundEvent | undefined {
  const currency = currencyOf(order.currency);
  let amountMinor = 0;
  for (const { total } of order.refunds ?? []) {
    const one = minorOf(total.replace(/^-/, ""), currency, { rounded: true });
    if (one === undefined || one < 0) return undefined;
    amountMinor += one;
  }
  const status = order.status ?? "";
  // An order may be called refunded where a list of refunds says how much it was.
  const whole = takenBack.test(status) || (refundedStatus.test(status) && amountMinor === 0);
  const telling = tellingOf(order, { amountMinor, whole, ...present({ restoredAt }) });
  return {
    effect: "refund",
    eventId: `state-${telling}`,
    objectId: `state-${telling}`,
    // A moment later, since it had been thrown away before.
    occurredAt: instant(Math.max(order.date_modified_gmt ?? paidAt, (restoredAt ?? 0) + 1)),
    target: idsOf(order.id),
    amountMinor,
    cumulative: true,
    currency,
    ...(whole ? { whole } : {}),
    ...(restoredAt === undefined ? {} : { untimed: true }),
  };
}

const deletedSchema = z.object({ id: idText });

/** Reads that an order was thrown away, which tells its number alone: nothing of it stands until it is told again. */
export function readDeletedWooOrder(_type: string, object: unknown, now: Instant): SingleReading {
  const reading = readPayload(deletedSchema, object);
  if (reading.outcome === "refused") return reading;
  const { id } = reading.value;
  const gone: RefundEvent = {
    effect: "refund",
    eventId: `deleted-${id}@${now}`,
    objectId: `deleted-${id}@${now}`,
    occurredAt: now,
    target: idsOf(id),
    amountMinor: 0,
    cumulative: true,
    whole: true,
    untimed: true,
    currency: noCurrency,
  };
  return { outcome: "events", events: [gone], live: true };
}

const metaData = z.array(z.object({ key: z.string(), value: z.unknown() })).max(2000);

/** An order's meta data, a list of keys and values, as an object. */
function bagOf(list: unknown): Record<string, unknown> {
  const meta = metaData.safeParse(asList(list));
  return meta.success ? Object.fromEntries(meta.data.map(({ key, value }) => [key, value])) : {};
}
