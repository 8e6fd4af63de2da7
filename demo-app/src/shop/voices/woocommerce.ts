import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order, refundedOf, standingRefunds } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy, lastChange, majorText, numberedArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

const articleId = numberedArticle(90);

/**
 * WooCommerce: https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/. Each delivery tells the whole order as it
 * now stands, all its refunds in it.
 */
export const woocommerce: ShopVoice = {
  name: "WooCommerce",
  remark: "It has no event for a dispute.",
  tellsLines: true,
  refundsByLine: false,
  articleId,
  newSecret: () => newTextSecret(),
  newOrderId: () => String(randomInt(10_000, 1_000_000)),
  paid: (order) => asItStands(order, "order.created"),
  refunded: (order) => asItStands(order, "order.updated"),
  refundFailed: (order) => asItStands(order, "order.updated"), // The gateway deletes the refund from the order.
  sign: ({ id, type, text }, secret) => ({
    "x-wc-webhook-topic": type,
    "x-wc-webhook-delivery-id": id,
    "x-wc-webhook-signature": signText(secret, text, "base64"),
  }),
};

function asItStands(order: Order, type: string): ShopEvent {
  const { reference, ...carried } = carriedBy(order);
  const payload = {
    id: Number(order.id),
    number: order.id,
    status: refundedOf(order) === grossOf(order) ? "refunded" : "processing",
    currency,
    total: majorText(grossOf(order)),
    total_tax: majorText(order.taxMinor),
    date_paid_gmt: gmtText(order.paidAt),
    date_modified_gmt: gmtText(lastChange(order)),
    billing: { first_name: "A.", last_name: "Painter", email: order.email },
    meta_data: [
      ...Object.entries(carried).map(([key, value]) => ({ key, value })),
      ...(reference === undefined ? [] : [{ key: "_wc_order_attribution_utm_content", value: reference }]),
    ],
    coupon_lines: order.coupon === undefined ? [] : [{ code: order.coupon, discount: "0.00" }],
    line_items: order.lines.map(({ number, article, quantity, netMinor, taxMinor }) => ({
      id: Number(order.id) * 10 + number,
      name: `Acme Paint, ${article.name.toLowerCase()}`,
      product_id: Number(articleId(article)),
      variation_id: 0,
      quantity,
      subtotal: majorText(netMinor),
      total: majorText(netMinor),
      total_tax: majorText(taxMinor),
      meta_data: [],
    })),
    refunds: standingRefunds(order).map((refund) => ({
      id: Number(order.id) * 100 + order.refunds.indexOf(refund),
      total: `-${majorText(grossOf(refund))}`,
    })),
  };
  return { id: randomBytes(8).toString("hex"), type, text: JSON.stringify(payload) };
}

/** In UTC, and without saying so. */
const gmtText = (at: Date): string => at.toISOString().slice(0, 19);
