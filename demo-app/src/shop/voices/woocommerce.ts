import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy, majorText } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

/**
 * WooCommerce: https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/. Each delivery tells the whole order as it
 * now stands, all its refunds in it.
 */
export const woocommerce: ShopVoice = {
  name: "WooCommerce",
  remark: "It has no event for a dispute.",
  newSecret: () => newTextSecret(),
  newOrderId: () => String(randomInt(10_000, 1_000_000)),
  paid: (order) => asItStands(order, "processing"),
  refunded: (order) => asItStands(order, order.refundedMinor === grossOf(order) ? "refunded" : "processing"),
  sign: ({ id, type, text }, secret) => ({
    "x-wc-webhook-topic": type,
    "x-wc-webhook-delivery-id": id,
    "x-wc-webhook-signature": signText(secret, text, "base64"),
  }),
};

function asItStands(order: Order, status: string): ShopEvent {
  const { reference, ...carried } = carriedBy(order);
  const payload = {
    id: Number(order.id),
    number: order.id,
    status,
    currency,
    total: majorText(grossOf(order)),
    total_tax: majorText(order.taxMinor),
    date_paid_gmt: gmtText(order.paidAt),
    date_modified_gmt: gmtText(new Date()),
    billing: { first_name: "A.", last_name: "Painter", email: order.email },
    meta_data: [
      ...Object.entries(carried).map(([key, value]) => ({ key, value })),
      ...(reference === undefined ? [] : [{ key: "_wc_order_attribution_utm_content", value: reference }]),
    ],
    coupon_lines: order.coupon === undefined ? [] : [{ code: order.coupon, discount: "0.00" }],
    line_items: [{ name: "Acme Paint", quantity: 1, meta_data: [] }],
    refunds: order.refundsMinor.map((amountMinor, index) => ({
      id: Number(order.id) * 100 + index,
      total: `-${majorText(amountMinor)}`,
    })),
  };
  const type = status === "processing" && order.refundedMinor === 0 ? "order.created" : "order.updated";
  return { id: randomBytes(8).toString("hex"), type, text: JSON.stringify(payload) };
}

/** In UTC, and without saying so. */
const gmtText = (at: Date): string => at.toISOString().slice(0, 19);
