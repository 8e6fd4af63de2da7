import { z } from "zod";
import type { MovementStatus, RefundEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { currencyOf, currencyText, idsOf, idText, isoTime, minorUnits } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { fromStripeAmount } from "../stripe/money.ts";
import type { PolarEvent } from "./polar.ts";

const refundSchema = z.object({
  id: idText,
  status: z.string(),
  amount: minorUnits,
  tax_amount: minorUnits,
  currency: currencyText,
  order_id: idText,
  created_at: isoTime,
  modified_at: isoTime.nullish().catch(undefined),
});

const statuses: Readonly<Record<string, MovementStatus>> = {
  pending: "pending",
  succeeded: "done",
  failed: "failed",
  canceled: "cancelled",
};

/**
 * Reads a refund with where it stands now: https://polar.sh/docs/api-reference/webhooks/refund.updated. The totals of its
 * order contain it once it has succeeded, and no more once it has failed or was cancelled.
 */
export function readPolarRefund({ eventId, type, occurredAt }: PolarEvent, data: unknown): SingleReading {
  const reading = readPayload(refundSchema, data);
  if (reading.outcome === "refused") return reading;
  const refund = reading.value;
  const status = Object.hasOwn(statuses, refund.status) ? statuses[refund.status] : undefined;
  if (status === undefined) return { outcome: "ignored", eventId, type };
  const netMinor = fromStripeAmount(refund.amount, refund.currency);
  const told: RefundEvent = {
    effect: "refund",
    eventId,
    // The time is in it, as a status may come back. The refund's own first, as the API tells no other.
    objectId: `${refund.id}:${status}@${refund.modified_at ?? occurredAt ?? refund.created_at}`,
    occurredAt: occurredAt ?? refund.modified_at ?? refund.created_at,
    ...(status === "pending" ? {} : { createdAt: refund.created_at }),
    target: idsOf(refund.order_id),
    cumulative: false,
    movement: as.provider(refund.id),
    status,
    amountMinor: netMinor + fromStripeAmount(refund.tax_amount, refund.currency),
    netMinor,
    currency: currencyOf(refund.currency),
  };
  return { outcome: "events", events: [told], live: true };
}
