import { z } from "zod";
import type { DisputeEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { currencyOf, currencyText, idsOf, idText, minorUnits } from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { WebhookReading } from "../shop.ts";
import { fromStripeAmount } from "./money.ts";
import { expandable, notForUs, type StripeEvent } from "./object.ts";

const chargeSchema = z.object({
  id: idText,
  amount_refunded: minorUnits,
  currency: currencyText,
  payment_intent: expandable,
  /** Before API version 2025-03-31. */
  invoice: expandable,
});

/**
 * Reads a charge that was refunded, fully or in part. The event tells all that was refunded so far rather than this
 * refund, so the object is the charge at that amount: a further partial refund is another object, a repeated event is
 * not. The charge comes first among the target's ids.
 */
export function readRefundedCharge(event: StripeEvent, object: unknown): WebhookReading {
  const reading = readPayload(chargeSchema, object);
  if (reading.outcome === "refused") return reading;
  const charge = reading.value;
  if (charge.amount_refunded === 0) return notForUs(event);
  const refund = {
    effect: "refund" as const,
    eventId: event.eventId,
    objectId: `${charge.id}:${charge.amount_refunded}`,
    occurredAt: event.occurredAt,
    target: idsOf(charge.id, charge.payment_intent, charge.invoice),
    amountMinor: fromStripeAmount(charge.amount_refunded, charge.currency),
    cumulative: true,
    currency: currencyOf(charge.currency),
  };
  return { outcome: "events", events: [refund], live: event.live };
}

const disputeSchema = z.object({
  id: idText,
  amount: minorUnits,
  currency: currencyText,
  status: z.string(),
  charge: expandable,
  payment_intent: expandable,
});
type Dispute = z.output<typeof disputeSchema>;

/**
 * Reads a dispute. It opens when the bank withdraws the money: at `created`, or at `funds_withdrawn` when an inquiry,
 * which takes no money and is ignored, has become a chargeback. Both may come for one dispute, and count once, since
 * object and effect are the same.
 */
export function readDispute(event: StripeEvent, object: unknown): WebhookReading {
  const reading = readPayload(disputeSchema, object);
  if (reading.outcome === "refused") return reading;
  const dispute = reading.value;
  const effect = effectOf(event, dispute);
  if (effect === undefined) return notForUs(event);
  const target = idsOf(dispute.charge, dispute.payment_intent);
  if (target.length === 0) return refused("event_malformed", "the dispute names no payment");
  const disputed: DisputeEvent = {
    effect,
    eventId: event.eventId,
    objectId: dispute.id,
    occurredAt: event.occurredAt,
    target,
    dispute: as.provider(dispute.id),
    amountMinor: fromStripeAmount(dispute.amount, dispute.currency),
    currency: currencyOf(dispute.currency),
  };
  return { outcome: "events", events: [disputed], live: event.live };
}

function effectOf(event: StripeEvent, dispute: Dispute): DisputeEvent["effect"] | undefined {
  if (event.type === "charge.dispute.funds_withdrawn") return "dispute_opened";
  if (event.type === "charge.dispute.created") return takesMoney(dispute) ? "dispute_opened" : undefined;
  switch (dispute.status) {
    case "lost":
      return "dispute_lost";
    // An inquiry closed, a dispute prevented, or one that ended in a refund: the dispute itself kept no money. The
    // refund is told by `charge.refunded`.
    case "won":
    case "warning_closed":
    case "prevented":
    case "charge_refunded":
      return "dispute_won";
    default:
      return undefined;
  }
}

const takesMoney = (dispute: Dispute): boolean =>
  !dispute.status.startsWith("warning_") && dispute.status !== "prevented";
