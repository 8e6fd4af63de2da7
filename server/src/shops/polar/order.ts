import { z } from "zod";
import { linesOf, type OrderLine } from "../../events/order-line.ts";
import type { PurchaseEvent, RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { type Cycle, orderCycleOf } from "../../words/cycle.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
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
  isoTime,
  minorUnits,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import { termBetween, termOf } from "../kit/term.ts";
import type { SingleReading } from "../shop.ts";
import { fromStripeAmount } from "../stripe/money.ts";
import type { PolarEvent } from "./polar.ts";

const anyId = idText.nullish().catch(undefined);
const carrier = z.object({ id: anyId, metadata: anything }).nullish().catch(undefined);

const count = z.int().min(1).max(1_000_000).nullish().catch(undefined);

const item = z.object({
  id: anyId,
  /** Before discounts and tax; below zero where a change of plan gives back what is left of the old one. */
  amount: z.int(),
  tax_amount: z.int(),
  proration: z.boolean().nullish(),
  product_price_id: anyId,
  /** The term that was paid, told since 2026. */
  start_timestamp: isoTime.nullish().catch(undefined),
  end_timestamp: isoTime.nullish().catch(undefined),
});

const orderSchema = z.object({
  id: idText,
  created_at: isoTime,
  modified_at: isoTime.nullish().catch(undefined),
  status: z.string(),
  billing_reason: z.string(),
  /** Below zero, as the tax is, where a change of plan gives back more than it costs. */
  net_amount: z.int().nullish(),
  /** What the net amount is made of: orders of before 2025 told no more. */
  subtotal_amount: z.int().nullish().catch(undefined),
  discount_amount: z.int().nullish().catch(undefined),
  /** The net amount, as the first orders of all told it. */
  amount: z.int().nullish().catch(undefined),
  tax_amount: z.int(),
  /** How many were sold, of what is sold by seats or by units. */
  seats: count,
  units: count,
  /** What the customer's balance added to the total, or paid of it when below zero. */
  applied_balance_amount: z.int().nullish(),
  refunded_amount: minorUnits,
  refunded_tax_amount: minorUnits,
  currency: currencyText,
  product_id: anyId,
  subscription_id: idText.nullish(),
  checkout_id: idText.nullish(),
  metadata: anything,
  billing_address: z.object({ country: anyText }).nullish().catch(undefined),
  customer: z.object({ email: anyText }).nullish().catch(undefined),
  product: carrier,
  subscription: z
    .object({ recurring_interval: anyText, recurring_interval_count: z.int().nullish() })
    .nullish()
    .catch(undefined),
  discount: z.object({ code: anyText }).nullish().catch(undefined),
  items: z.array(item).max(1000).nullish().catch(undefined),
});
type Told = z.output<typeof orderSchema>;
/** An order, its net amount known. */
type Order = Told & { net_amount: number };

/**
 * Reads an order as it now stands: a sale once it is paid, and all that was refunded of it so far. A refund that failed
 * after all makes the running total smaller again, so the time of each total is a part of its name.
 */
export function readPolarOrder({ eventId, type, occurredAt }: PolarEvent, data: unknown): SingleReading {
  const reading = readPayload(orderSchema, data);
  if (reading.outcome === "refused") return reading;
  const order = { ...reading.value, net_amount: netIn(reading.value) };
  if (!/^(paid|refunded|partially_refunded)$/.test(order.status))
    return { outcome: "ignored", eventId, type };
  // A change of plan in the customer's favour goes to the customer's balance: nothing was sold.
  if (!isNetKnown(order)) return refused("event_malformed", "no net amount");
  if (order.net_amount < 0 && soldAs(order) !== "new") return { outcome: "ignored", eventId, type };
  if (order.net_amount < 0 || order.tax_amount < 0) return refused("event_malformed", "amounts below zero");
  const at = occurredAt ?? order.modified_at ?? order.created_at;
  const events: PurchaseEvent[] = [];
  events.push(type === "order.refunded" ? toldByRefund(saleOf(order)) : saleOf(order));
  if (type !== "order.paid") events.push(refundedOf(order, at));
  return { outcome: "events", events, live: true };
}

/**
 * The sale as the event of its refund tells it: the order's own event may be lost or still to come. It has a name of its
 * own, so that what only one of the two tellings carries counts, whichever comes first.
 */
const toldByRefund = (sale: SaleEvent): SaleEvent => ({
  ...sale,
  eventId: `refunded-${sale.eventId}`,
  objectId: `refunded-${sale.objectId}`,
  amounts: "total",
});

function netIn({ net_amount, subtotal_amount, discount_amount, amount }: Told): number | undefined {
  if (typeof net_amount === "number") return net_amount;
  if (typeof subtotal_amount === "number") return subtotal_amount - (discount_amount ?? 0);
  return amount ?? undefined;
}

const isNetKnown = (order: Told): order is Order => typeof order.net_amount === "number";

function saleOf(order: Order): SaleEvent {
  const money = moneyOf(order);
  return {
    effect: "sale",
    eventId: `order-${order.id}`,
    objectId: order.id,
    occurredAt: order.created_at,
    order: as.provider(order.id),
    // A subscription has one checkout: of a further order it names the first.
    providerIds: idsOf(order.id, soldAs(order) === "new" ? (order.checkout_id ?? undefined) : undefined),
    cycle: orderCycleOf(soldAs(order)),
    ...money,
    currency: currencyOf(order.currency),
    amounts: "paid",
    ...present({
      lines: order.items?.length ? linesOf(order.items.map(lineIn(order)), money) : undefined,
      ...carriedClaims(order.metadata, order.product?.metadata),
      subscription: order.subscription_id ? as.provider(order.subscription_id) : undefined,
      email: claim(order.customer?.email),
      country: countryClaim(order.billing_address?.country),
      coupons: couponClaims([order.discount?.code]),
    }),
  };
}

/** A change of plan is an upgrade, every other reason but the first is a further cycle. */
function soldAs({ billing_reason }: Told): Cycle {
  if (billing_reason === "subscription_update") return "upgrade";
  return /^subscription_(?!create$)/.test(billing_reason) ? "renewal" : "new";
}

/** `net_amount` is after discounts and without tax. What the customer's balance paid was counted when it came in. */
function moneyOf(order: Order): { netMinor: number; taxMinor: number } {
  const exact = (amount: number) => fromStripeAmount(amount, order.currency);
  const net = exact(order.net_amount);
  const gross = net + exact(order.tax_amount);
  const paid = Math.max(0, gross + exact(order.applied_balance_amount ?? 0));
  const netMinor = gross === 0 ? paid : shareMinor(net, paid, gross);
  return { netMinor, taxMinor: paid - netMinor };
}

const lineIn =
  (order: Order) =>
  (one: z.output<typeof item>, place: number): OrderLine => {
    const amountMinor = fromStripeAmount(one.amount, order.currency);
    const { recurring_interval: interval, recurring_interval_count: interval_count } =
      order.subscription ?? {};
    const period = termOf({ interval, interval_count }) ?? termOfItem(one);
    return {
      line: one.id ?? String(place + 1),
      articles: articlesOf(order.product_id, order.product?.id, one.product_price_id),
      quantity: order.seats ?? order.units ?? 1,
      netMinor: amountMinor,
      taxMinor: fromStripeAmount(one.tax_amount, order.currency),
      listMinor: amountMinor,
      kind: one.proration ? "upgrade" : soldAs(order),
      ...present({ period }),
    };
  };

/** The term of an item, where it tells one; a part of a term is none. */
function termOfItem({
  proration,
  start_timestamp,
  end_timestamp,
}: z.output<typeof item>): string | undefined {
  return proration || !start_timestamp || !end_timestamp
    ? undefined
    : termBetween({ start: start_timestamp, end: end_timestamp });
}

function refundedOf(order: Order, at: Instant): RefundEvent {
  const netMinor = fromStripeAmount(order.refunded_amount, order.currency);
  const amountMinor = netMinor + fromStripeAmount(order.refunded_tax_amount, order.currency);
  const objectId = `${order.id}:${amountMinor}:${at}`;
  return {
    effect: "refund",
    eventId: `refunded-${objectId}`,
    objectId,
    occurredAt: at,
    target: idsOf(order.id),
    amountMinor,
    netMinor,
    cumulative: true,
    currency: currencyOf(order.currency),
  };
}
