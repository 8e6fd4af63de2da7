import { z } from "zod";
import { as } from "../../words/ids.ts";
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
  productClaim,
  referenceClaim,
} from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { linesOfSession, sessionLines, shippingCost } from "./lines.ts";
import { fromStripeAmount } from "./money.ts";
import {
  couponNames,
  expandable,
  metadata,
  notForUs,
  optionalDiscount,
  optionalDiscounts,
  type StripeEvent,
} from "./object.ts";

const breakdown = z
  .object({ discounts: z.array(z.object({ discount: optionalDiscount })).nullish() })
  .nullish()
  .catch(undefined);

const sessionSchema = z.object({
  id: idText,
  mode: z.string().nullish(),
  payment_status: z.string(),
  amount_total: minorUnits.nullish(),
  total_details: z.object({ amount_tax: minorUnits.nullish(), breakdown }).nullish(),
  currency: currencyText.nullish(),
  payment_intent: expandable,
  invoice: expandable,
  subscription: expandable,
  client_reference_id: anyText,
  customer_email: anyText,
  customer_details: z
    .object({
      email: anyText,
      address: z.object({ country: anyText }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  discounts: optionalDiscounts,
  line_items: sessionLines,
  shipping_cost: shippingCost,
  metadata,
});
type Session = z.output<typeof sessionSchema>;

/**
 * Reads a Checkout Session as a sale. One that only sets up a payment method sells nothing; one that is not paid yet
 * (a bank transfer) is left to `checkout.session.async_payment_succeeded`.
 *
 * The payment link is not among the sale's ids, since it names the sales of all who used it.
 */
export function readSession(event: StripeEvent, object: unknown): SingleReading {
  const reading = readPayload(sessionSchema, object);
  if (reading.outcome === "refused") return reading;
  const session = reading.value;
  if (session.mode === "setup" || !isPaid(session.payment_status)) return notForUs(event);

  const { amount_total, currency } = session;
  if (typeof amount_total !== "number" || !currency)
    return refused("event_malformed", "no amount or currency");
  const grossMinor = fromStripeAmount(amount_total, currency);
  const taxMinor = fromStripeAmount(session.total_details?.amount_tax ?? 0, currency);
  if (taxMinor > grossMinor) return refused("event_malformed", "more tax than the total");
  const order = { netMinor: grossMinor - taxMinor, taxMinor, currency, kind: "new" } as const;
  const sale = {
    effect: "sale" as const,
    eventId: event.eventId,
    objectId: session.id,
    occurredAt: event.occurredAt,
    order: as.provider(session.id),
    providerIds: idsOf(session.id, session.payment_intent, session.invoice),
    cycle: "new" as const,
    netMinor: grossMinor - taxMinor,
    taxMinor,
    currency: currencyOf(currency),
    ...present({
      ...claimsOf(session),
      lines: linesOfSession(session.line_items, session.shipping_cost, order),
    }),
  };
  return { outcome: "events", events: [sale], live: event.live };
}

const isPaid = (status: string): boolean => status === "paid" || status === "no_payment_required";

function claimsOf(session: Session) {
  const breakdownDiscounts = session.total_details?.breakdown?.discounts?.map((entry) => entry.discount);
  return {
    subscription: session.subscription === undefined ? undefined : as.provider(session.subscription),
    product: productClaim(session.metadata?.product),
    email: claim(session.customer_details?.email) ?? claim(session.customer_email),
    country: countryClaim(session.customer_details?.address?.country),
    licence: claim(session.metadata?.licence) ?? claim(session.metadata?.license),
    reference: referenceClaim(session.client_reference_id),
    coupons: couponClaims(couponNames([...(session.discounts ?? []), ...(breakdownDiscounts ?? [])])),
  };
}
