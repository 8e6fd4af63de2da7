import { z } from "zod";
import type { LostLine } from "../../events/order-line.ts";
import type { MovementStatus, RefundEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { shareMinor } from "../../words/money.ts";
import {
  anyText,
  currencyOf,
  currencyText,
  fromSeconds,
  idsOf,
  idText,
  minorUnits,
  present,
} from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import type { ChargebeeEvent } from "./chargebee.ts";
import { unpaidInvoice } from "./invoice.ts";
import { chargebeeLine, chargebeeLost } from "./lines.ts";
import { isLive } from "./live.ts";

const anyId = idText.nullish().catch(undefined);

const linkedCreditNote = z.object({
  cn_id: idText,
  applied_amount: minorUnits,
  cn_reference_invoice_id: anyId,
});

const transactionSchema = z.object({
  id: idText,
  gateway: anyText,
  type: anyText,
  status: anyText,
  amount: minorUnits,
  currency_code: currencyText,
  date: z.int().min(0).max(99_999_999_999).nullish().catch(undefined),
  deleted: z.boolean().nullish().catch(undefined),
  linked_credit_notes: z.array(linkedCreditNote).max(100).nullish().catch(undefined),
  linked_invoices: z
    .array(z.object({ invoice_id: idText }))
    .nullish()
    .catch(undefined),
});
type Transaction = z.output<typeof transactionSchema>;

const contentSchema = z.object({
  transaction: transactionSchema,
  credit_note: z
    .object({
      id: anyId,
      reference_invoice_id: anyId,
      price_type: anyText,
      total: minorUnits.nullish().catch(undefined),
      line_items: z.array(chargebeeLine).max(1000).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  invoice: z.object({ id: idText }).nullish().catch(undefined),
});
type Content = z.output<typeof contentSchema>;

const statuses: ReadonlyMap<string | null | undefined, MovementStatus> = new Map([
  ["success", "done"],
  ["in_progress", "pending"],
  ["needs_attention", "pending"],
  ["failure", "failed"],
  ["timeout", "failed"],
  ["voided", "cancelled"],
]);

/** What a transaction took back of one invoice. */
interface Part {
  movement: string;
  target: string | undefined;
  amountMinor: number;
}

/**
 * Reads money that went back, with where it stands: https://apidocs.chargebee.com/docs/api/events#payment_refunded. Each
 * refund is a transaction of its own; its credit notes name the invoices. A reversal names the invoice whose payment it
 * undoes. Credit that the customer keeps for a later invoice is no refund: that invoice counts the less. Payments tell
 * nothing here.
 */
export function readChargebeeRefund(event: ChargebeeEvent, content: unknown): SingleReading {
  const ofType = readPayload(z.object({ transaction: z.object({ type: anyText }) }), content);
  if (ofType.outcome === "refused") return ofType;
  const { eventId, type } = event;
  const ignored = { outcome: "ignored" as const, eventId, type };
  if (!/^(refund|payment_reversal)$/.test(ofType.value.transaction.type ?? "refund")) return ignored;
  const reading = readPayload(contentSchema, content);
  if (reading.outcome === "refused") return reading;
  const { transaction } = reading.value;
  const isDeleted = transaction.deleted === true || type === "transaction_deleted";
  const status = isDeleted ? "deleted" : statuses.get(transaction.status ?? "success");
  if (status === undefined) return ignored;
  const undone = undoneBy(transaction);
  const events =
    undone === undefined
      ? partsOf(reading.value).flatMap((part) => refundOf(event, reading.value, { part, status }))
      : [reversalOf(event, transaction, { invoice: undone, status })];
  // What was paid ahead and never became an invoice was never sold.
  return events.length === 0 ? ignored : { outcome: "events", events, live: isLive(transaction) };
}

function partsOf({ transaction, credit_note, invoice }: Content): Part[] {
  const { id, amount, linked_credit_notes } = transaction;
  const notes = (linked_credit_notes ?? []).filter((note) => note.cn_reference_invoice_id);
  if (notes.length > 1)
    return notes.map((note) => ({
      movement: `${id}/${note.cn_id}`,
      target: note.cn_reference_invoice_id ?? undefined,
      amountMinor: note.applied_amount,
    }));
  const target =
    credit_note?.reference_invoice_id ?? notes[0]?.cn_reference_invoice_id ?? invoice?.id ?? undefined;
  return [{ movement: id, target, amountMinor: amount }];
}

/** The invoice whose payment a reversal undoes, where that paid one invoice alone. */
const undoneBy = ({ type, linked_invoices }: Transaction): string | undefined =>
  type === "payment_reversal" && linked_invoices?.length === 1 ? linked_invoices[0]?.invoice_id : undefined;

/**
 * A payment that the bank took back: its invoice is not paid, as its own events say as well, until it is paid again. It
 * counts from the reversal's own date, since one that is told once more later says nothing new.
 */
function reversalOf(
  { eventId, occurredAt }: ChargebeeEvent,
  { amount: total, currency_code, date }: Transaction,
  { invoice, status }: { invoice: string; status: MovementStatus },
): RefundEvent {
  const isGone = status === "done" || status === "pending";
  const at = isGone && date ? fromSeconds(date) : occurredAt;
  return unpaidInvoice({ id: invoice, total, currency_code }, { eventId, occurredAt: at, status });
}

function refundOf(
  { eventId, occurredAt }: ChargebeeEvent,
  content: Content,
  { part, status }: { part: Part; status: MovementStatus },
): RefundEvent[] {
  const { transaction } = content;
  if (part.target === undefined) return [];
  const isOnly = part.movement === transaction.id;
  return [
    {
      effect: "refund",
      eventId: isOnly ? eventId : `${eventId}/${part.movement}`,
      objectId: `${part.movement}:${status}:${occurredAt}`,
      occurredAt,
      target: idsOf(part.target),
      cumulative: false,
      movement: as.provider(part.movement),
      status,
      amountMinor: part.amountMinor,
      currency: currencyOf(transaction.currency_code),
      ...present({ createdAt: transaction.date ? fromSeconds(transaction.date) : undefined }),
      ...(isOnly ? netOf(content) : {}),
    },
  ];
}

/** The part without tax, as the credit note tells it; of a part of the note, its share. */
function netOf({ transaction, credit_note }: Content): { netMinor?: number; lines?: readonly LostLine[] } {
  const lost = credit_note ? chargebeeLost(credit_note) : undefined;
  const total = lost === undefined ? 0 : lost.netMinor + lost.taxMinor;
  if (lost === undefined || total === 0 || total !== (credit_note?.total ?? total)) return {};
  if (transaction.amount > total) return {};
  if (transaction.amount < total) return { netMinor: shareMinor(lost.netMinor, transaction.amount, total) };
  return { netMinor: lost.netMinor, ...present({ lines: lost.lines.length === 0 ? undefined : lost.lines }) };
}
