import { grossOf, type Order, stripeId } from "./order.ts";
import { currency } from "./plan.ts";

/** An event as Stripe posts it: the id, and the exact text that is signed. */
export interface StripeEvent {
  id: string;
  type: string;
  text: string;
}

/** `checkout.session.completed`, paid: https://docs.stripe.com/api/checkout/sessions/object */
export function paidEvent(order: Order): StripeEvent {
  return stripeEvent("checkout.session.completed", {
    id: order.id,
    object: "checkout.session",
    mode: "payment",
    status: "complete",
    payment_status: "paid",
    amount_subtotal: order.netMinor,
    amount_total: grossOf(order),
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: order.taxMinor },
    currency: currency.toLowerCase(),
    created: seconds(order.paidAt),
    client_reference_id: order.reference ?? null,
    customer_details: { email: order.email, name: order.name },
    customer_email: null,
    payment_intent: order.paymentIntent,
    invoice: null,
    subscription: null,
    metadata: { product: "acme-paint", ...(order.licence === undefined ? {} : { licence: order.licence }) },
  });
}

/** `charge.refunded`: `amount_refunded` is all that was refunded so far. https://docs.stripe.com/api/charges/object */
export function refundedEvent(order: Order): StripeEvent {
  return stripeEvent("charge.refunded", {
    id: order.charge,
    object: "charge",
    amount: grossOf(order),
    amount_captured: grossOf(order),
    amount_refunded: order.refundedMinor,
    refunded: order.refundedMinor === grossOf(order),
    currency: currency.toLowerCase(),
    created: seconds(order.paidAt),
    paid: true,
    status: "succeeded",
    payment_intent: order.paymentIntent,
    invoice: null,
    metadata: {},
  });
}

/** `charge.dispute.created` or `charge.dispute.closed`: https://docs.stripe.com/api/disputes/object */
export function disputeEvent(order: Order, dispute: NonNullable<Order["dispute"]>): StripeEvent {
  const opened = dispute.status === "open";
  return stripeEvent(opened ? "charge.dispute.created" : "charge.dispute.closed", {
    id: dispute.id,
    object: "dispute",
    amount: grossOf(order),
    currency: currency.toLowerCase(),
    created: seconds(new Date()),
    charge: order.charge,
    payment_intent: order.paymentIntent,
    reason: "product_not_received",
    status: opened ? "needs_response" : dispute.status,
    metadata: {},
  });
}

function stripeEvent(type: string, object: Record<string, unknown>): StripeEvent {
  const id = stripeId("evt");
  const event = {
    id,
    object: "event",
    api_version: "2026-10-28.basil",
    created: seconds(new Date()),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    data: { object },
  };
  return { id, type, text: JSON.stringify(event) };
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
