import { z } from "zod";
import type { MovementStatus, RefundEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { anyText, currencyOf, currencyText, idsOf, idText, minorUnits } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import type { ChargebeeEvent } from "./chargebee.ts";

const invoiceSchema = z.object({
  id: idText,
  status: anyText,
  deleted: z.boolean().nullish().catch(undefined),
  currency_code: currencyText,
  total: minorUnits,
  /** What is still to be paid. */
  amount_due: minorUnits.nullish().catch(undefined),
  /** When it was paid in full. */
  paid_at: z.int().nullish().catch(undefined),
  linked_payments: z
    .array(z.object({ txn_status: anyText }))
    .nullish()
    .catch(undefined),
});
type Invoice = z.output<typeof invoiceSchema>;

/**
 * Reads an invoice that was paid and is not any more: voided, deleted, or its payment was removed, as a debit that came
 * back. All of it is gone then, or what is due again where other payments have paid the rest, until it is paid: https://apidocs.chargebee.com/docs/api/events#invoice_updated.
 */
export function readChargebeeInvoice(event: ChargebeeEvent, content: unknown): SingleReading {
  const reading = readPayload(z.object({ invoice: invoiceSchema }), content);
  if (reading.outcome === "refused") return reading;
  const { eventId, type, occurredAt } = event;
  const { invoice } = reading.value;
  const status = type === "invoice_deleted" ? "done" : standingOf(invoice);
  if (status === undefined || invoice.total === 0) return { outcome: "ignored", eventId, type };
  const isDue = /^(not_paid|payment_due)$/.test(invoice.status ?? "") && !invoice.deleted;
  const total = (isDue ? invoice.amount_due : undefined) || invoice.total;
  const unpaid = unpaidInvoice({ ...invoice, total }, { eventId, occurredAt, status });
  return { outcome: "events", events: [unpaid], live: true };
}

/** That an invoice which was paid is not any more, or is again: one movement, of which the newest word counts. */
export function unpaidInvoice(
  { id, total, currency_code }: { id: string; total: number; currency_code: string },
  { eventId, occurredAt, status }: { eventId: string; occurredAt: Instant; status: MovementStatus },
): RefundEvent {
  const movement = `unpaid-${id}`;
  return {
    effect: "refund",
    eventId,
    objectId: `${movement}:${status}:${occurredAt}`,
    occurredAt,
    target: idsOf(id),
    cumulative: false,
    movement: as.provider(movement),
    status,
    amountMinor: total,
    currency: currencyOf(currency_code),
  };
}

/** Gone, paid again, or neither. */
function standingOf({ status, deleted, paid_at, linked_payments }: Invoice): MovementStatus | undefined {
  if (deleted || status === "voided") return "done";
  if ((status === "not_paid" || status === "payment_due") && paid_at) return "done";
  // By more than one payment it may have been paid before, by one that the bank took back.
  const [only, ...others] = linked_payments ?? [];
  const hadAnother = others.length > 0 || (only?.txn_status && only.txn_status !== "success");
  return status === "paid" && hadAnother ? "cancelled" : undefined;
}
