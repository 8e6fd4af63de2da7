import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

/** Lemon Squeezy: https://docs.lemonsqueezy.com/help/webhooks/webhook-requests. Its events have no id of their own. */
export const lemonSqueezy: ShopVoice = {
  name: "Lemon Squeezy",
  remark: "Its events name no coupon, and it has no event for a dispute.",
  cannotTell: ["coupon"],
  settings: { testMode: true },
  newSecret: () => newTextSecret(),
  newOrderId: () => String(randomInt(4_000_000, 5_000_000)),
  paid: (order) => lemonEvent("order_created", order, "paid"),
  refunded: (order) =>
    lemonEvent(
      "order_refunded",
      order,
      order.refundedMinor === grossOf(order) ? "refunded" : "partial_refund",
    ),
  sign: ({ text }, secret) => ({ "x-signature": signText(secret, text, "hex") }),
};

/** https://docs.lemonsqueezy.com/api/orders/the-order-object: `refunded_amount` is all that was refunded so far. */
function lemonEvent(name: string, order: Order, status: string): ShopEvent {
  const attributes = {
    store_id: 1,
    user_name: order.name,
    user_email: order.email,
    currency,
    status,
    refunded: order.refundedMinor > 0,
    refunded_amount: order.refundedMinor,
    refunded_at: order.refundedMinor > 0 ? new Date().toISOString() : null,
    subtotal: order.netMinor,
    discount_total: 0,
    tax: order.taxMinor,
    total: grossOf(order),
    created_at: order.paidAt.toISOString(),
    updated_at: new Date().toISOString(),
    test_mode: true,
  };
  const body = {
    meta: { test_mode: true, event_name: name, custom_data: carriedBy(order) },
    data: { type: "orders", id: order.id, attributes },
  };
  return { id: randomBytes(12).toString("hex"), type: name, text: JSON.stringify(body) };
}
