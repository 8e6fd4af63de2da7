import { randomBytes, randomUUID } from "node:crypto";
import { grossOf, type Order } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, standardHeaders } from "./text-signature.ts";

/**
 * Polar: https://polar.sh/docs/api-reference/webhooks/order.paid. Signed by Standard Webhooks, with the bytes of the whole
 * secret's text as the key.
 */
export const polar: ShopVoice = {
  name: "Polar",
  remark: "It has no event for a dispute.",
  newSecret: () => newTextSecret("polar_whs_"),
  newOrderId: () => randomUUID(),
  paid: (order) => polarEvent("order.paid", order, "paid"),
  refunded: (order) =>
    polarEvent(
      "order.refunded",
      order,
      order.refundedMinor === grossOf(order) ? "refunded" : "partially_refunded",
    ),
  sign: (event, secret) => standardHeaders(Buffer.from(secret), event),
};

/** What was refunded is told of the order so far, tax apart. */
function polarEvent(type: string, order: Order, status: string): ShopEvent {
  const refundedTaxMinor = Math.round((order.refundedMinor * order.taxMinor) / grossOf(order));
  const data = {
    id: order.id,
    status,
    paid: true,
    billing_reason: "purchase",
    subtotal_amount: order.netMinor,
    discount_amount: 0,
    net_amount: order.netMinor,
    tax_amount: order.taxMinor,
    total_amount: grossOf(order),
    refunded_amount: order.refundedMinor - refundedTaxMinor,
    refunded_tax_amount: refundedTaxMinor,
    currency: currency.toLowerCase(),
    subscription_id: null,
    checkout_id: null,
    metadata: carriedBy(order),
    customer: { email: order.email, name: order.name },
    product: { name: "Acme Paint", metadata: {} },
    discount: order.coupon === undefined ? null : { code: order.coupon },
    created_at: order.paidAt.toISOString(),
  };
  const id = `msg_${randomBytes(12).toString("hex")}`;
  return { id, type, text: JSON.stringify({ type, timestamp: new Date().toISOString(), data }) };
}
