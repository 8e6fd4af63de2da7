import { z } from "zod";
import type { DisputeEvent, MovementStatus, RefundEvent } from "../../events/purchase-event.ts";
import { as } from "../../words/ids.ts";
import { currencyOf, currencyText, fromSeconds, idsOf, idText, minorUnits } from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";
import { fromStripeAmount } from "./money.ts";
import { expandable, notForUs, type StripeEvent } from "./object.ts";

const chargeSchema = z.object({
  id: idText,
  amount: minorUnits.nullish().catch(undefined),
  amount_captured: minorUnits.nullish().catch(undefined),
  captured: z.boolean().nullish().catch(undefined),
  amount_refunded: minorUnits,
  currency: currencyText,
  payment_intent: expandable,
  /** Before API version 2025-03-31. */
  invoice: expandable,
});

/**
 * Reads a charge that was refunded, fully or in part. The event tells all that was refunded so far rather than this
 * refund: a state, of which the newest counts. The charge comes first among the target's ids.
 *
 * Of an authorisation Stripe counts what was never captured as refunded too, though no money moved.
 */
export function readRefundedCharge(event: StripeEvent, object: unknown): SingleReading {
  const reading = readPayload(chargeSchema, object);
  if (reading.outcome === "refused") return reading;
  const charge = reading.value;
  if (charge.captured === false) return notForUs(event);
  const refunded = charge.amount_refunded - releasedOf(charge);
  const refund = {
    effect: "refund" as const,
    eventId: event.eventId,
    objectId: `${charge.id}:${refunded}@${event.occurredAt}`,
    occurredAt: event.occurredAt,
    target: idsOf(charge.id, charge.payment_intent, charge.invoice),
    payment: idsOf(charge.id, charge.payment_intent),
    amountMinor: fromStripeAmount(refunded, charge.currency),
    cumulative: true,
    currency: currencyOf(charge.currency),
  };
  return { outcome: "events", events: [refund], live: event.live };
}

/**
 * What of an authorisation was let go when a part of it was captured, as far as the refunded total contains it: a total
 * that is smaller than what was let go tells of refunds alone.
 */
function releasedOf({ amount, amount_captured, amount_refunded }: z.output<typeof chargeSchema>): number {
  if (typeof amount !== "number" || typeof amount_captured !== "number") return 0;
  const released = Math.max(0, amount - amount_captured);
  return released <= amount_refunded ? released : 0;
}

const refundSchema = z.object({
  id: idText,
  amount: minorUnits,
  currency: currencyText,
  status: z.string().nullish(),
  created: z.int().min(0).nullish().catch(undefined),
  charge: expandable,
  payment_intent: expandable,
});

const refundStatuses: ReadonlyMap<string, MovementStatus> = new Map<string, MovementStatus>([
  ["succeeded", "done"],
  ["pending", "pending"],
  ["requires_action", "pending"],
  ["failed", "failed"],
  ["canceled", "cancelled"],
]);

/**
 * Reads one refund with where it stands: https://docs.stripe.com/refunds#failed-refunds. One that fails was told as done
 * days before; the money is the vendor's again. The charge's running total contains it when it began no later.
 */
export function readRefund(event: StripeEvent, object: unknown): SingleReading {
  const reading = readPayload(refundSchema, object);
  if (reading.outcome === "refused") return reading;
  const refund = reading.value;
  const status = refundStatuses.get(refund.status ?? "");
  const target = idsOf(refund.charge, refund.payment_intent);
  if (status === undefined || target.length === 0) return notForUs(event);
  const told: RefundEvent = {
    effect: "refund",
    eventId: event.eventId,
    // One that names less than both is told once more by one that does. The time is in it, as a status may come back.
    objectId: `${refund.id}:${status}${target.length < 2 ? `:${target[0]}` : ""}@${event.occurredAt}`,
    occurredAt: event.occurredAt,
    target,
    payment: target,
    movement: as.provider(refund.id),
    status,
    amountMinor: fromStripeAmount(refund.amount, refund.currency),
    cumulative: false,
    currency: currencyOf(refund.currency),
    ...(refund.created ? { createdAt: fromSeconds(refund.created) } : {}),
  };
  return { outcome: "events", events: [told], live: event.live };
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
 * which takes no money and is ignored, has become a chargeback. Both may come for one dispute, and count once: the newest
 * word on a dispute is what counts.
 */
export function readDispute(event: StripeEvent, object: unknown): SingleReading {
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
    objectId: `${dispute.id}@${event.occurredAt}`,
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
  // The money is back, whatever the bank calls it until it has closed the dispute.
  if (event.type === "charge.dispute.funds_reinstated" && dispute.status !== "lost") return "dispute_won";
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
