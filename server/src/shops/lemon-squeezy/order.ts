import { z } from "zod";
import type { RefundEvent, SaleEvent } from "../../events/purchase-event.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { as, noCurrency, type ProviderId } from "../../words/ids.ts";
import { carriedClaims } from "../kit/carried-claims.ts";
import {
  anyText,
  claim,
  currencyOf,
  currencyText,
  isoTime,
  minorUnits,
  numberedId,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { invoiceLine, lemonItem, lemonLines } from "./lines.ts";

/** What a reader needs to know of the event around its object. */
export interface LemonEvent {
  eventId: string;
  type: string;
  live: boolean;
  /** What the checkout was opened with, which a subscription's later events hold as well. */
  carried: unknown;
}

interface LemonObject {
  id: string;
  attributes?: unknown;
}

type LemonReader = (event: LemonEvent, object: LemonObject) => SingleReading;

const amounts = { currency: currencyText, total: minorUnits, tax: minorUnits };
const refunds = {
  refunded_amount: minorUnits.nullish(),
  refunded_at: isoTime.nullish().catch(undefined),
  updated_at: isoTime.nullish().catch(undefined),
};

const paidSchema = z.object({
  ...amounts,
  ...refunds,
  status: z.string(),
  user_email: anyText,
  created_at: isoTime,
});

const orderSchema = z.object({ ...paidSchema.shape, ...lemonItem });

const subscriptionSchema = z.object({ order_id: numberedId, user_email: anyText, created_at: isoTime });

const invoiceSchema = z.object({
  ...paidSchema.shape,
  /** Both below zero where a change of plan gives back more than it costs: that lowers a later invoice. */
  total: z.int(),
  tax: z.int(),
  subscription_id: numberedId,
  billing_reason: z.string(),
});

/** The readers by the name of the event. */
export const lemonReaders: ReadonlyMap<string, LemonReader> = new Map<string, LemonReader>([
  ["order_created", readOrder],
  ["order_refunded", readRefundedOrder],
  ["subscription_created", readSubscription],
  ["subscription_payment_success", readInvoice],
  ["subscription_payment_recovered", readInvoice],
  ["subscription_payment_refunded", readRefundedInvoice],
]);

/** Whether it was paid once. The API lists orders and invoices that were not, or not yet. */
const isPaid = ({ status }: { status: string }): boolean => /^(paid|partial_refund|refunded)$/.test(status);

/** Orders and invoices are numbered apart, so the number alone would name two things. An order keeps its number. */
const invoiceName = (id: string): ProviderId => as.provider(`subscription-invoice-${id}`);

/** Reads a purchase, of a subscription or of anything else. */
function readOrder(event: LemonEvent, { id, attributes }: LemonObject): SingleReading {
  const reading = readPayload(orderSchema, attributes);
  if (reading.outcome === "refused") return reading;
  const order = reading.value;
  if (!isPaid(order)) return notForUs(event);
  if (order.tax > order.total) return refused("event_malformed", "more tax than the total");
  return saleOf(event, {
    order: as.provider(id),
    occurredAt: order.created_at,
    money: moneyOf(order),
    lines: lemonLines(order, moneyOf(order)),
    user_email: order.user_email,
  });
}

/**
 * Reads which subscription an order began. Neither the order nor the invoices of the subscription name the other, so
 * without this a renewal could not be traced to who sold the first year.
 *
 * It is told as a second event of the order's sale, of no money, in the code ISO 4217 has for no currency. The order's own
 * event sorts first and tells the amounts, whichever of the two comes first.
 */
function readSubscription(event: LemonEvent, { id, attributes }: LemonObject): SingleReading {
  const reading = readPayload(subscriptionSchema, attributes);
  if (reading.outcome === "refused") return reading;
  const { order_id, created_at, user_email } = reading.value;
  return saleOf(event, {
    order: as.provider(order_id),
    objectId: `subscription-${id}`,
    occurredAt: created_at,
    money: { netMinor: 0, taxMinor: 0, currency: noCurrency, amounts: "part" },
    subscription: id,
    user_email,
  });
}

/** Reads a cycle of a subscription. The first is the order's own money, which `order_created` tells. */
function readInvoice(event: LemonEvent, { id, attributes }: LemonObject): SingleReading {
  const reading = readPayload(invoiceSchema, attributes);
  if (reading.outcome === "refused") return reading;
  const invoice = reading.value;
  // A change of plan that cost nothing sold nothing.
  const nothing = invoice.total < 0 || (invoice.billing_reason === "updated" && invoice.total === 0);
  if (!isPaid(invoice) || invoice.billing_reason === "initial" || nothing) return notForUs(event);
  if (invoice.tax < 0 || invoice.tax > invoice.total)
    return refused("event_malformed", "more tax than the total");
  return saleOf(event, {
    order: invoiceName(id),
    cycle: "renewal",
    occurredAt: invoice.created_at,
    money: moneyOf(invoice),
    // Other than for a further term, an invoice is made for a change of plan alone.
    lines: [invoiceLine(moneyOf(invoice), invoice.billing_reason === "updated" ? "upgrade" : "renewal")],
    subscription: invoice.subscription_id,
    user_email: invoice.user_email,
  });
}

interface Told {
  order: ProviderId;
  objectId?: string;
  cycle?: SaleEvent["cycle"];
  occurredAt: Instant;
  money: Pick<SaleEvent, "netMinor" | "taxMinor" | "currency" | "amounts">;
  lines?: SaleEvent["lines"];
  subscription?: string;
  user_email?: string | null | undefined;
}

function saleOf(event: LemonEvent, told: Told): SingleReading {
  const { live, carried } = event;
  const { order, objectId = order, cycle = "new", occurredAt, money, lines, subscription, user_email } = told;
  const sale: SaleEvent = {
    effect: "sale",
    // The same for every telling of it, as the events of Lemon Squeezy have no id.
    eventId: `sale-${objectId}`,
    objectId,
    occurredAt,
    order,
    providerIds: [order],
    cycle,
    ...money,
    ...present({
      lines,
      ...carriedClaims(carried),
      subscription: subscription === undefined ? undefined : as.provider(subscription),
      email: claim(user_email),
    }),
  };
  return { outcome: "events", events: [sale], live };
}

const moneyOf = ({ total, tax, currency }: { total: number; tax: number; currency: string }) => ({
  amounts: "paid" as const,
  netMinor: total - tax,
  taxMinor: tax,
  currency: currencyOf(currency),
});

function readRefundedOrder(event: LemonEvent, object: LemonObject): SingleReading {
  const reading = readPayload(orderSchema, object.attributes);
  if (reading.outcome === "refused") return reading;
  return together(readOrder(event, object), refundOf(event, as.provider(object.id), reading.value));
}

/** The refund of a subscription's first payment is told by `order_refunded`; both would count it twice. */
function readRefundedInvoice(event: LemonEvent, object: LemonObject): SingleReading {
  const reading = readPayload(invoiceSchema, object.attributes);
  if (reading.outcome === "refused") return reading;
  if (reading.value.billing_reason === "initial" || reading.value.total < 0) return notForUs(event);
  return together(readInvoice(event, object), refundOf(event, invoiceName(object.id), reading.value));
}

/**
 * What a refund's event tells: the whole of what was sold, whose own event may be lost or still to come, and what went
 * back. The sale has a name of its own there: what only one of the two tellings carries counts, whichever comes first.
 */
function together(sold: SingleReading, back: SingleReading): SingleReading {
  if (sold.outcome !== "events") return sold.outcome === "refused" ? sold : back;
  const events = sold.events.map((event) => ({
    ...event,
    eventId: `refunded-${event.eventId}`,
    objectId: `refunded-${event.objectId}`,
    amounts: "total" as const,
  }));
  return { ...sold, events: back.outcome === "events" ? [...events, ...back.events] : events };
}

/**
 * Tells all that was refunded so far, a running total as of the last change. From before partial refunds, when Lemon
 * Squeezy told no amount, all of it was.
 */
function refundOf(
  { eventId, type, live }: LemonEvent,
  target: ProviderId,
  refunded: z.output<typeof paidSchema>,
): SingleReading {
  const amountMinor = refunded.refunded_amount ?? refunded.total;
  if (amountMinor === 0) return { outcome: "ignored", eventId, type };
  const { refunded_at, updated_at, created_at } = refunded;
  const occurredAt = instant(Math.max(refunded_at ?? 0, updated_at ?? 0, created_at));
  const objectId = `${target}:${amountMinor}:${occurredAt}`;
  const refund: RefundEvent = {
    effect: "refund",
    eventId: `refund-${objectId}`,
    objectId,
    occurredAt,
    target: [target],
    amountMinor,
    cumulative: true,
    currency: currencyOf(refunded.currency),
  };
  return { outcome: "events", events: [refund], live };
}

const notForUs = ({ eventId, type }: LemonEvent): SingleReading => ({ outcome: "ignored", eventId, type });
