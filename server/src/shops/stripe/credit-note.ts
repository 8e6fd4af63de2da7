import { z } from "zod";
import type { RefundEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
import { currencyOf, currencyText, idsOf, idText, minorUnits } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { fromStripeAmount } from "./money.ts";
import { expandable, notForUs, type StripeEvent } from "./object.ts";

const taxes = z
  .array(z.object({ amount: z.int() }))
  .nullish()
  .catch(undefined);

const creditNoteSchema = z.object({
  id: idText,
  invoice: expandable,
  currency: currencyText,
  total: minorUnits,
  total_excluding_tax: minorUnits.nullish().catch(undefined),
  out_of_band_amount: minorUnits.nullish(),
  total_taxes: taxes,
  tax_amounts: taxes,
  status: z.string(),
});

/**
 * Reads what of a credit note was given back outside of Stripe: https://docs.stripe.com/api/credit_notes/object. What it
 * refunds is told by the charge, and what it puts on the customer's balance lowers a later invoice.
 */
export function readCreditNote(event: StripeEvent, object: unknown): SingleReading {
  const reading = readPayload(creditNoteSchema, object);
  if (reading.outcome === "refused") return reading;
  const note = reading.value;
  const outside = note.out_of_band_amount ?? 0;
  const target = idsOf(note.invoice);
  if (outside === 0 || target.length === 0) return notForUs(event);
  const taxes = (note.total_taxes ?? note.tax_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
  const net = note.total_excluding_tax ?? note.total - taxes;
  const isKnown = note.total > 0 && net >= 0 && net <= note.total && outside <= note.total;
  const status = note.status === "void" ? "cancelled" : "done";
  const amountMinor = fromStripeAmount(outside, note.currency);
  const refund: RefundEvent = {
    effect: "refund",
    eventId: event.eventId,
    objectId: `${note.id}:${status}`,
    occurredAt: event.occurredAt,
    target,
    movement: as.provider(note.id),
    status,
    amountMinor,
    ...(isKnown ? { netMinor: shareMinor(amountMinor, net, note.total) } : {}),
    cumulative: false,
    currency: currencyOf(note.currency),
  };
  return { outcome: "events", events: [refund], live: event.live };
}
