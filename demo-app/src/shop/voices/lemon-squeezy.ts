import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order, refundedOf } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy, lastChange, numberedArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

const articleId = numberedArticle(210_000);

/** Lemon Squeezy: https://docs.lemonsqueezy.com/help/webhooks/webhook-requests. Its events have no id of their own. */
export const lemonSqueezy: ShopVoice = {
  name: "Lemon Squeezy",
  remark:
    "A checkout sells one article, so a cart is several orders. Its events name no coupon, and it has none for a dispute or for a refund that failed.",
  oneArticle: true,
  tellsLines: true,
  refundsByLine: false,
  articleId,
  cannotTell: ["coupon"],
  settings: { testMode: true },
  newSecret: () => newTextSecret(),
  newOrderId: () => String(randomInt(4_000_000, 5_000_000)),
  paid: (order) => lemonEvent("order_created", order, "paid"),
  refunded: (order) =>
    lemonEvent("order_refunded", order, refundedOf(order) === grossOf(order) ? "refunded" : "partial_refund"),
  sign: ({ text }, secret) => ({ "x-signature": signText(secret, text, "hex") }),
};

/** https://docs.lemonsqueezy.com/api/orders/the-order-object: `refunded_amount` is all that was refunded so far. */
function lemonEvent(name: string, order: Order, status: string): ShopEvent {
  const refundedMinor = refundedOf(order);
  const [item] = order.lines;
  const attributes = {
    store_id: 1,
    user_name: order.name,
    user_email: order.email,
    currency,
    status,
    refunded: refundedMinor > 0,
    refunded_amount: refundedMinor,
    refunded_at: refundedMinor > 0 ? lastChange(order).toISOString() : null,
    subtotal: order.netMinor,
    discount_total: 0,
    tax: order.taxMinor,
    total: grossOf(order),
    created_at: order.paidAt.toISOString(),
    updated_at: lastChange(order).toISOString(),
    first_order_item: item && {
      id: Number(order.id) * 10,
      order_id: Number(order.id),
      product_id: 209_000,
      variant_id: Number(articleId(item.article)),
      product_name: "Acme Paint",
      variant_name: item.article.name,
      quantity: item.quantity,
      price: item.netMinor,
    },
    test_mode: true,
  };
  const body = {
    meta: { test_mode: true, event_name: name, custom_data: carriedBy(order) },
    data: { type: "orders", id: order.id, attributes },
  };
  return { id: randomBytes(12).toString("hex"), type: name, text: JSON.stringify(body) };
}
