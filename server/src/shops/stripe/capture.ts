import { z } from "zod";
import type { PaymentEvent, PurchaseEvent, SaleEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
import { anyText, currencyOf, currencyText, idsOf, idText, minorUnits } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { fromStripeAmount } from "./money.ts";
import { expandable, notForUs, type StripeEvent } from "./object.ts";

const captureMethod = z.object({ capture_method: anyText });

const paymentIntentSchema = z.object({
  id: idText,
  amount_received: minorUnits,
  currency: currencyText,
  capture_method: anyText,
  payment_method_options: z.record(z.string(), captureMethod.nullish().catch(undefined)).nullish().catch({}),
  latest_charge: expandable,
});
type PaymentIntent = z.output<typeof paymentIntentSchema>;

/** Begins the name of a payment that was captured by hand. */
const captured = "captured-";

/**
 * Reads that an authorised payment was captured, in full or in part:
 * https://docs.stripe.com/payments/place-a-hold-on-a-payment-method. The session that authorised it was told as unpaid,
 * and no event of a session follows. A payment tells what came in and not what was sold: its session does, by the API.
 */
export function readCapture(event: StripeEvent, object: unknown): SingleReading {
  const reading = readPayload(paymentIntentSchema, object);
  if (reading.outcome === "refused") return reading;
  const payment = reading.value;
  if (!isCapturedByHand(payment) || payment.amount_received === 0) return notForUs(event);
  const told: PaymentEvent = {
    effect: "payment",
    eventId: event.eventId,
    objectId: `${captured}${payment.id}`,
    occurredAt: event.occurredAt,
    target: idsOf(payment.id, payment.latest_charge),
    movement: as.provider(payment.id),
    amountMinor: fromStripeAmount(payment.amount_received, payment.currency),
    currency: currencyOf(payment.currency),
  };
  return { outcome: "events", events: [told], live: event.live };
}

const isCapturedByHand = ({ capture_method, payment_method_options }: PaymentIntent): boolean =>
  capture_method === "manual" ||
  Object.values(payment_method_options ?? {}).some((one) => one?.capture_method === "manual");

/** Whether an event tells of a payment that was captured by hand. */
export const isCapture = (event: PurchaseEvent): event is PaymentEvent =>
  event.effect === "payment" && event.objectId.startsWith(captured);

/**
 * The sale of a session whose payment was captured: what came in, its tax in the proportion of the session's, and the names
 * of both. Undefined where the two are in different currencies.
 */
export function saleCaptured(sale: SaleEvent, payment: PaymentEvent): SaleEvent | undefined {
  if (sale.currency !== payment.currency) return undefined;
  const total = sale.netMinor + sale.taxMinor;
  const paid = Math.min(payment.amountMinor, total);
  const taxMinor = total === 0 ? 0 : shareMinor(sale.taxMinor, paid, total);
  const { lines: _, ...told } = sale;
  return {
    ...told,
    // The payment's own event may have been taken before its session could be asked for.
    eventId: `${payment.objectId}@${payment.occurredAt}`,
    occurredAt: payment.occurredAt,
    providerIds: [...new Set([...sale.providerIds, ...payment.target])],
    netMinor: paid - taxMinor,
    taxMinor,
    amounts: "paid",
  };
}
