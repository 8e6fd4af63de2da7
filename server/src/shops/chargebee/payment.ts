import { z } from "zod";
import type { PurchaseEvent, SaleEvent } from "../../events/purchase-event.ts";
import { type Cycle, orderCycleOf } from "../../words/cycle.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
import { carriedClaims } from "../kit/carried-claims.ts";
import { countryClaim } from "../kit/country.ts";
import {
  anyText,
  claim,
  couponClaims,
  currencyOf,
  currencyText,
  idsOf,
  idText,
  minorUnits,
  present,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import { termOf } from "../kit/term.ts";
import type { SingleReading } from "../shop.ts";
import type { ChargebeeEvent } from "./chargebee.ts";
import { unpaidInvoice } from "./invoice.ts";
import { chargebeeLine, chargebeeLines } from "./lines.ts";
import { isLive } from "./live.ts";

/** Anything that custom fields, `cf_…`, may stand in. */
const customised = z.record(z.string(), z.unknown()).nullish().catch(undefined);

const withCountry = z.object({ country: anyText }).nullish().catch(undefined);

const transaction = z.object({ id: idText, gateway: anyText });

const invoiceSchema = z.object({
  id: idText,
  status: z.string(),
  recurring: z.boolean().nullish(),
  first_invoice: z.boolean().nullish(),
  subscription_id: idText.nullish(),
  currency_code: currencyText,
  total: minorUnits,
  tax: minorUnits,
  amount_paid: minorUnits,
  price_type: anyText,
  billing_address: withCountry,
  line_items: z.array(chargebeeLine).max(1000).nullish().catch(undefined),
  linked_payments: z.array(z.unknown()).nullish().catch(undefined),
  discounts: z
    .array(z.object({ entity_type: anyText, entity_id: anyText, coupon_set_code: anyText }))
    .nullish()
    .catch(undefined),
});

const paymentSchema = z.object({
  transaction,
  invoice: z.looseObject(invoiceSchema.shape).nullish(),
  subscription: customised,
  customer: z.looseObject({ email: anyText, billing_address: withCountry }).nullish().catch(undefined),
});
type Payment = z.output<typeof paymentSchema>;
type Invoice = NonNullable<Payment["invoice"]>;

/**
 * Reads a payment: https://apidocs.chargebee.com/docs/api/events#payment_succeeded. What is sold is the invoice, once it
 * is paid in full; several payments may have paid it. What credits paid of it was counted when it first came in, so the
 * tax is taken in proportion. A payment that belongs to no invoice yet has sold nothing yet.
 */
export function readChargebeePayment(event: ChargebeeEvent, content: unknown): SingleReading {
  const reading = readPayload(paymentSchema, content);
  if (reading.outcome === "refused") return reading;
  const { invoice } = reading.value;
  const { eventId, type, occurredAt } = event;
  if (invoice?.status !== "paid") return { outcome: "ignored", eventId, type };
  const { total, tax, amount_paid: grossMinor } = invoice;
  if (tax > total || grossMinor > total) return refused("event_malformed", "the totals do not add up");
  const taxMinor = total === 0 ? 0 : shareMinor(tax, grossMinor, total);
  const money = { netMinor: grossMinor - taxMinor, taxMinor };
  const sold = soldAs(invoice);
  const lines = chargebeeLines(invoice, { ...money, sold, period: periodIn(reading.value.subscription) });
  const sale: SaleEvent = {
    effect: "sale",
    eventId,
    objectId: invoice.id,
    occurredAt,
    order: as.provider(invoice.id),
    providerIds: idsOf(invoice.id),
    cycle: orderCycleOf(sold),
    ...money,
    currency: currencyOf(invoice.currency_code),
    ...present({ lines, ...claimsOf(reading.value, invoice) }),
  };
  const events: PurchaseEvent[] = [sale];
  // Paid by more than one payment: it may have been paid before, by one that the bank took back.
  if ((invoice.linked_payments ?? []).length > 1)
    events.push(unpaidInvoice(invoice, { eventId: `${eventId}/paid`, occurredAt, status: "cancelled" }));
  return { outcome: "events", events, live: isLive(reading.value.transaction) };
}

/** Of a subscription, what is billed between its terms is for a change of it. */
function soldAs({ recurring, first_invoice, subscription_id }: Invoice): Cycle {
  if (recurring) return first_invoice === true ? "new" : "renewal";
  return subscription_id && first_invoice === false ? "upgrade" : "new";
}

/** An invoice of several subscriptions names each by its lines alone, and belongs to none. */
function subscriptionOf({ subscription_id, line_items }: Invoice) {
  if (subscription_id) return as.provider(subscription_id);
  const named = (line_items ?? []).flatMap((line) => line.subscription_id ?? []);
  const [only, ...others] = new Set(named);
  return only === undefined || others.length > 0 ? undefined : as.provider(only);
}

function periodIn(subscription: Payment["subscription"]): string | undefined {
  const { billing_period: count, billing_period_unit: unit } = subscription ?? {};
  return typeof unit === "string" && typeof count === "number"
    ? termOf({ interval: unit, interval_count: count })
    : undefined;
}

function claimsOf({ subscription, customer }: Payment, invoice: Invoice) {
  const codes = (invoice.discounts ?? [])
    .filter(({ entity_type }) => entity_type?.endsWith("_coupon"))
    .flatMap(({ coupon_set_code, entity_id }) => [coupon_set_code, entity_id]);
  return {
    ...carriedClaims(customFieldsOf(subscription), subscription?.meta_data, customFieldsOf(invoice)),
    subscription: subscriptionOf(invoice),
    email: claim(customer?.email),
    country:
      countryClaim(invoice.billing_address?.country) ?? countryClaim(customer?.billing_address?.country),
    coupons: couponClaims(codes),
  };
}

/** The custom fields of an object by their names alone: `cf_reference` is `reference`. */
function customFieldsOf(object: Record<string, unknown> | null | undefined): Record<string, unknown> {
  const fields = Object.entries(object ?? {}).filter(([name]) => name.startsWith("cf_"));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(3), value]));
}
