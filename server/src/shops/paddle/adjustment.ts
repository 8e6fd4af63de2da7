import { z } from "zod";
import type { PurchaseEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { currencyOf, currencyText, idText, minorText } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import type { PaddleEvent } from "./paddle.ts";

const adjustmentSchema = z.object({
  id: idText,
  action: z.string(),
  status: z.string(),
  transaction_id: idText,
  currency_code: currencyText,
  totals: z.object({ subtotal: minorText, total: minorText }),
});
type Adjustment = z.output<typeof adjustmentSchema>;

/**
 * Reads a refund or a chargeback: https://developer.paddle.com/webhooks/adjustments/adjustment-updated. A refund waits
 * for Paddle's approval, so the same adjustment comes several times and counts once, when it is approved. A chargeback is
 * undone by an adjustment of its own or by its status; neither names the other, so both are the transaction's dispute.
 *
 * Not taken: a warning of a chargeback, which moves no money (what Paddle gives back to avoid it is a refund); credit,
 * which lowers a later transaction's `grand_total`; a refund of tax alone, of which the vendor had nothing.
 */
export function readPaddleAdjustment(event: PaddleEvent, data: unknown): SingleReading {
  const { eventId, type, live } = event;
  const reading = readPayload(adjustmentSchema, data);
  if (reading.outcome === "refused") return reading;
  const effect = effectOf(reading.value);
  if (effect === undefined) return { outcome: "ignored", eventId, type };
  return { outcome: "events", events: [eventOf(event, reading.value, effect)], live };
}

type LossEffect = "refund" | "dispute_opened" | "dispute_won";

function effectOf({ action, status, totals }: Adjustment): LossEffect | undefined {
  if (totals.subtotal === 0) return undefined;
  if (status === "approved") return effects.get(action);
  return status === "reversed" && action === "chargeback" ? "dispute_won" : undefined;
}

const effects: ReadonlyMap<string, LossEffect> = new Map<string, LossEffect>([
  ["refund", "refund"],
  ["chargeback", "dispute_opened"],
  ["chargeback_reverse", "dispute_won"],
]);

function eventOf(event: PaddleEvent, adjustment: Adjustment, effect: LossEffect): PurchaseEvent {
  const transaction = as.provider(adjustment.transaction_id);
  const loss = {
    eventId: event.eventId,
    objectId: adjustment.id,
    occurredAt: event.occurredAt,
    target: [transaction],
    amountMinor: adjustment.totals.total,
    currency: currencyOf(adjustment.currency_code),
  };
  return effect === "refund"
    ? { ...loss, effect, cumulative: false }
    : { ...loss, effect, dispute: transaction };
}
