import { randomBytes } from "node:crypto";
import Stripe from "stripe";
import { grossOf, type Order, type Refund, refundedOf } from "../order.ts";
import { currency } from "../plan.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret } from "./text-signature.ts";

/** Stripe in its test mode, signed by Stripe's own package. */
export const stripe: ShopVoice = {
  name: "Stripe",
  remark: "A paid checkout session tells no lines, so an order is one sum to the receiver.",
  tellsLines: false,
  refundsByLine: false,
  settings: { testMode: true },
  newSecret: () => newTextSecret("whsec_"),
  newOrderId: () => stripeId("cs_test"),
  paid: paidEvent,
  refunded: refundedEvent,
  refundFailed: failedEvent,
  disputed: disputeEvent,
  sign: ({ text: payload }, secret) => ({
    "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }),
  }),
};

/** An id in Stripe's manner: a prefix and 24 random characters. */
const stripeId = (prefix: string): string => `${prefix}_${randomBytes(12).toString("hex")}`;

/** The payment intent or the charge behind a checkout session; Stripe's own share no characters with it. */
const behind = (order: Order, prefix: "pi" | "ch"): string => order.id.replace("cs_test", prefix);

/** `checkout.session.completed`, paid: https://docs.stripe.com/api/checkout/sessions/object */
function paidEvent(order: Order): ShopEvent {
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
    payment_intent: behind(order, "pi"),
    invoice: null,
    subscription: null,
    discounts: order.coupon === undefined ? [] : [{ coupon: null, promotion_code: { code: order.coupon } }],
    metadata: { product: "acme-paint", ...(order.licence === undefined ? {} : { licence: order.licence }) },
  });
}

/** `charge.refunded`: `amount_refunded` is all that was refunded so far. https://docs.stripe.com/api/charges/object */
function refundedEvent(order: Order, { at }: Refund): ShopEvent {
  return stripeEvent(
    "charge.refunded",
    {
      id: behind(order, "ch"),
      object: "charge",
      amount: grossOf(order),
      amount_captured: grossOf(order),
      amount_refunded: refundedOf(order),
      refunded: refundedOf(order) === grossOf(order),
      currency: currency.toLowerCase(),
      created: seconds(order.paidAt),
      paid: true,
      status: "succeeded",
      payment_intent: behind(order, "pi"),
      invoice: null,
      metadata: {},
    },
    at,
  );
}

/** `refund.failed`: the money is the merchant's again. https://docs.stripe.com/refunds#failed-refunds */
function failedEvent(order: Order, refund: Refund): ShopEvent {
  return stripeEvent(
    "refund.failed",
    {
      id: `re_${refund.id}`,
      object: "refund",
      amount: grossOf(refund),
      currency: currency.toLowerCase(),
      created: seconds(refund.at),
      charge: behind(order, "ch"),
      payment_intent: behind(order, "pi"),
      status: "failed",
      failure_reason: "lost_or_stolen_card",
      metadata: {},
    },
    refund.failedAt,
  );
}

/** `charge.dispute.created` or `charge.dispute.closed`: https://docs.stripe.com/api/disputes/object */
function disputeEvent(order: Order, dispute: NonNullable<Order["dispute"]>): ShopEvent {
  const opened = dispute.status === "open";
  return stripeEvent(opened ? "charge.dispute.created" : "charge.dispute.closed", {
    id: dispute.id,
    object: "dispute",
    amount: grossOf(order),
    currency: currency.toLowerCase(),
    created: seconds(new Date()),
    charge: behind(order, "ch"),
    payment_intent: behind(order, "pi"),
    reason: "product_not_received",
    status: opened ? "needs_response" : dispute.status,
    metadata: {},
  });
}

function stripeEvent(type: string, object: Record<string, unknown>, at = new Date()): ShopEvent {
  const id = stripeId("evt");
  const event = {
    id,
    object: "event",
    api_version: "2026-10-28.basil",
    created: seconds(at),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    data: { object },
  };
  return { id, type, text: JSON.stringify(event) };
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
