import { z } from "zod";
import type { LostLine } from "../../events/order-line.ts";
import type { LossEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { currencyOf, currencyText, idText, minorText } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import type { PaddleEvent } from "./paddle.ts";

const totals = z.object({ subtotal: minorText, tax: minorText.nullish(), total: minorText });

const adjustmentSchema = z.object({
  id: idText,
  action: z.string(),
  status: z.string(),
  transaction_id: idText,
  currency_code: currencyText,
  items: z
    .array(z.object({ item_id: idText, totals }))
    .nullish()
    .catch(undefined),
  totals,
});
type Adjustment = z.output<typeof adjustmentSchema>;

/**
 * Reads a refund or a chargeback: https://developer.paddle.com/webhooks/adjustments/adjustment-updated. A refund waits
 * for Paddle's approval, so the same adjustment comes several times and counts once it is approved; it tells net and tax
 * apart, and a refund of tax alone takes nothing from the vendor. Each chargeback is a dispute of its own. It is undone by
 * its status, by an adjustment of its own that does not name it, or by both.
 *
 * Not taken: a warning of a chargeback, which moves no money (what Paddle gives back to avoid it is a refund); credit,
 * which lowers a later transaction's `grand_total`.
 */
export function readPaddleAdjustment(event: PaddleEvent, data: unknown): SingleReading {
  const { eventId, type, live } = event;
  const reading = readPayload(adjustmentSchema, data);
  if (reading.outcome === "refused") return reading;
  const loss = lossOf(event, reading.value);
  return loss === undefined
    ? { outcome: "ignored", eventId, type }
    : { outcome: "events", events: [loss], live };
}

function lossOf(event: PaddleEvent, adjustment: Adjustment): LossEvent | undefined {
  const { action, status, id } = adjustment;
  const loss = moneyOf(event, adjustment);
  if (action === "refund") {
    const now = refundStatuses.get(status);
    return now && { ...loss, effect: "refund", cumulative: false, movement: as.provider(id), status: now };
  }
  if (action === "chargeback" && status === "approved")
    return { ...loss, effect: "dispute_opened", dispute: as.provider(id) };
  if (action === "chargeback" && status === "reversed")
    return { ...loss, effect: "dispute_won", dispute: as.provider(id) };
  // Its name alone makes it one movement, however often it is told.
  if (action === "chargeback_reverse" && status === "approved")
    return { ...loss, objectId: `${id}:${status}`, effect: "dispute_reversed" };
  return undefined;
}

/** One that was never approved took nothing; of one that was, what came later counts. */
const refundStatuses: ReadonlyMap<string, "done" | "failed" | "cancelled"> = new Map([
  ["approved", "done"],
  ["rejected", "failed"],
  ["reversed", "cancelled"],
] as const);

function moneyOf(
  event: PaddleEvent,
  { id, status, transaction_id, totals, items, currency_code }: Adjustment,
) {
  const lines = (items ?? []).map(
    (item): LostLine => ({
      line: item.item_id,
      netMinor: item.totals.subtotal,
      taxMinor: item.totals.total - item.totals.subtotal,
    }),
  );
  return {
    eventId: event.eventId,
    // The time is in it, as a status may come back.
    objectId: `${id}:${status}@${event.occurredAt}`,
    occurredAt: event.occurredAt,
    target: [as.provider(transaction_id)],
    amountMinor: totals.total,
    netMinor: Math.min(totals.subtotal, totals.total),
    ...(lines.length === 0 ? {} : { lines }),
    currency: currencyOf(currency_code),
  };
}
