import type { LineKind } from "../../events/order-line.ts";
import type { PaymentEvent, SaleEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
import { countryClaim } from "../kit/country.ts";
import { claim, couponClaims, currencyOf, idsOf, present, productClaim } from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { type Invoice, invoicePaymentSchema, invoiceSchema } from "./invoice-schema.ts";
import { linesOfInvoice } from "./lines.ts";
import { fromStripeAmount } from "./money.ts";
import { couponNames, notForUs, type StripeEvent } from "./object.ts";

/**
 * Reads a paid invoice as a sale.
 *
 * The first invoice of a subscription is a sale event too, although the Checkout Session it came from is one already:
 * either may arrive alone or first. Both name the invoice, and two sale events that share an id are one sale, so it
 * counts once.
 */
export function readInvoice(event: StripeEvent, object: unknown): SingleReading {
  const reading = readPayload(invoiceSchema, object);
  if (reading.outcome === "refused") return reading;
  const invoice = reading.value;
  const { cycle, ifArticleKnown } = cycleOf(invoice);

  const amounts = amountsOf(invoice);
  if (amounts === undefined) return refused("event_malformed", "the tax does not fit the total");
  // A change of plan in the customer's favour makes an invoice that nobody pays: nothing was sold.
  if (invoice.billing_reason === "subscription_update" && amounts.netMinor === 0) return notForUs(event);
  const sale: SaleEvent = {
    effect: "sale",
    eventId: event.eventId,
    objectId: invoice.id,
    occurredAt: event.occurredAt,
    order: as.provider(invoice.id),
    providerIds: idsOf(invoice.id, invoice.payment_intent, invoice.charge, ...paymentIdsOf(invoice)),
    cycle,
    ...amounts,
    currency: currencyOf(invoice.currency),
    lines: linesOfInvoice(invoice.lines?.data ?? [], invoice.shipping_cost, {
      ...amounts,
      currency: invoice.currency,
      kind: kindOf(invoice),
    }),
    amounts: "paid",
    ...present({ ...claimsOf(invoice), ifArticleKnown }),
  };
  if (ifArticleKnown && !sale.lines?.some(({ articles }) => articles.length > 0)) return notForUs(event);
  return { outcome: "events", events: [sale], live: event.live };
}

/**
 * Reads which payment paid an invoice, and how much. From API version 2025-03-31 neither the invoice nor the charge names
 * the other, so without this a refund of a renewal could not be traced to its order. An invoice may be paid twice.
 */
export function readInvoicePayment(event: StripeEvent, object: unknown): SingleReading {
  const reading = readPayload(invoicePaymentSchema, object);
  if (reading.outcome === "refused") return reading;
  const { id, invoice, payment, amount_paid, currency } = reading.value;
  const target = idsOf(invoice, payment?.payment_intent, payment?.charge, payment?.payment_record);
  if (target.length < 2) return notForUs(event);
  const { eventId, occurredAt, live } = event;
  const about = { eventId, objectId: id, occurredAt, target };
  if (typeof amount_paid !== "number" || !currency)
    return { outcome: "events", events: [{ ...about, effect: "link" }], live };
  const paid: PaymentEvent = {
    ...about,
    effect: "payment",
    movement: as.provider(id),
    amountMinor: fromStripeAmount(amount_paid, currency),
    currency: currencyOf(currency),
  };
  return { outcome: "events", events: [paid], live };
}

/** What the lines of an invoice are, those apart that are a part of a term. */
function kindOf(invoice: Invoice): LineKind {
  const { billing_reason } = invoice;
  if (billing_reason === "subscription_update") return "upgrade";
  if (!billing_reason?.startsWith("subscription"))
    return subscriptionOf(invoice) === undefined ? "new" : "addon";
  return billing_reason === "subscription_create" ? "new" : "renewal";
}

/**
 * What an invoice is in the life of a subscription. One that is made beside its cycles, as for a change that is billed by
 * hand, adds to it. One that belongs to none may bill for anything, consulting too, so it is a sale only if its metadata
 * names a licence or a product, or the configuration knows what it sold.
 */
function cycleOf(invoice: Invoice): { cycle: SaleEvent["cycle"]; ifArticleKnown?: true } {
  switch (invoice.billing_reason) {
    case "subscription_create":
      return { cycle: "new" };
    case "subscription_cycle":
    case "subscription_update":
    case "subscription_threshold":
    case "subscription":
      return { cycle: "renewal" };
    default: {
      if (subscriptionOf(invoice) !== undefined) return { cycle: "renewal" };
      const { licence, license, product } = invoice.metadata ?? {};
      const isNamed = claim(licence) ?? claim(license) ?? productClaim(product);
      return { cycle: "new", ...(isNamed === undefined ? { ifArticleKnown: true } : {}) };
    }
  }
}

/**
 * The money of this invoice. `amount_due` is the total less what the customer's credit balance paid: that money was
 * counted when it first came in. It is right for a payment outside of Stripe as well, where `amount_paid` may be 0. An
 * overpayment (`amount_paid` above it) becomes credit, so it counts here and no more later.
 *
 * Where this differs from the total, the tax is taken in proportion.
 */
function amountsOf(invoice: Invoice): { netMinor: number; taxMinor: number } | undefined {
  const { total, amount_due, amount_paid, currency } = invoice;
  const due = Math.max(amount_due ?? 0, amount_paid ?? 0);
  const gross = amount_due == null && amount_paid == null ? Math.max(total, 0) : due;
  const grossMinor = fromStripeAmount(gross, currency);
  if (total <= 0) return { netMinor: grossMinor, taxMinor: 0 };
  const taxOfTotal = totalTaxOf(invoice);
  if (taxOfTotal < 0 || taxOfTotal > total) return undefined;
  const tax = gross === total ? taxOfTotal : shareMinor(taxOfTotal, gross, total);
  const taxMinor = fromStripeAmount(tax, currency);
  return { netMinor: grossMinor - taxMinor, taxMinor };
}

function totalTaxOf(invoice: Invoice): number {
  if (typeof invoice.total_excluding_tax === "number") return invoice.total - invoice.total_excluding_tax;
  if (typeof invoice.tax === "number") return invoice.tax;
  const taxes = invoice.total_taxes ?? invoice.total_tax_amounts ?? [];
  return taxes.reduce((sum, tax) => sum + tax.amount, 0);
}

function paymentIdsOf(invoice: Invoice): (string | undefined)[] {
  return (invoice.payments?.data ?? []).flatMap(({ payment }) => [payment?.payment_intent, payment?.charge]);
}

function subscriptionOf(invoice: Invoice): string | undefined {
  return (
    invoice.parent?.subscription_details?.subscription ??
    invoice.subscription ??
    firstOf(
      invoice.lines?.data ?? [],
      (line) => line.parent?.subscription_item_details?.subscription ?? line.subscription,
    )
  );
}

function claimsOf(invoice: Invoice) {
  const lines = invoice.lines?.data ?? [];
  const subscription = subscriptionOf(invoice);
  // The subscription's own metadata counts where the invoice has none: vendors set it once, at the first purchase.
  const places = [invoice, invoice.parent?.subscription_details, invoice.subscription_details, ...lines].map(
    (place) => place?.metadata,
  );
  return {
    subscription: subscription === undefined ? undefined : as.provider(subscription),
    product: firstOf(places, (place) => productClaim(place?.product)),
    email: claim(invoice.customer_email),
    country: countryClaim(invoice.customer_address?.country),
    licence: firstOf(places, (place) => claim(place?.licence) ?? claim(place?.license)),
    coupons: couponClaims(couponNames([...(invoice.discounts ?? []), invoice.discount])),
  };
}

function firstOf<T, R>(items: readonly T[], read: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = read(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
