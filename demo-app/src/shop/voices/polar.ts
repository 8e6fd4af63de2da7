import { randomBytes, randomUUID } from "node:crypto";
import { grossOf, type Order, refundedOf, standingRefunds } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy, lastChange, textArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, standardHeaders } from "./text-signature.ts";

const articleId = textArticle("price_");

/**
 * Polar: https://polar.sh/docs/api-reference/webhooks/order.paid. Signed by Standard Webhooks, with the bytes of the whole
 * secret's text as the key.
 */
export const polar: ShopVoice = {
  name: "Polar",
  remark: "It has no event for a dispute.",
  tellsLines: true,
  refundsByLine: false,
  articleId,
  newSecret: () => newTextSecret("polar_whs_"),
  newOrderId: () => randomUUID(),
  paid: (order) => polarEvent("order.paid", order, "paid"),
  refunded: (order) => polarEvent("order.refunded", order, statusOf(order)),
  refundFailed: (order) => polarEvent("order.updated", order, statusOf(order)),
  sign: (event, secret) => standardHeaders(Buffer.from(secret), event),
};

function statusOf(order: Order): string {
  const refundedMinor = refundedOf(order);
  if (refundedMinor === 0) return "paid";
  return refundedMinor === grossOf(order) ? "refunded" : "partially_refunded";
}

/** What was refunded is told of the order so far, tax apart. */
function polarEvent(type: string, order: Order, status: string): ShopEvent {
  const refundedTaxMinor = standingRefunds(order).reduce((sum, { taxMinor }) => sum + taxMinor, 0);
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
    refunded_amount: refundedOf(order) - refundedTaxMinor,
    refunded_tax_amount: refundedTaxMinor,
    currency: currency.toLowerCase(),
    subscription_id: null,
    checkout_id: null,
    metadata: carriedBy(order),
    customer: { email: order.email, name: order.name },
    product_id: "prod_acme",
    product: { id: "prod_acme", name: "Acme Paint", metadata: {} },
    items: order.lines.map(({ number, article, netMinor, taxMinor }) => ({
      id: `${order.id}-${number}`,
      label: article.name,
      amount: netMinor,
      tax_amount: taxMinor,
      proration: false,
      product_price_id: articleId(article),
    })),
    discount: order.coupon === undefined ? null : { code: order.coupon },
    created_at: order.paidAt.toISOString(),
    modified_at: lastChange(order).toISOString(),
  };
  const id = `msg_${randomBytes(12).toString("hex")}`;
  return { id, type, text: JSON.stringify({ type, timestamp: lastChange(order).toISOString(), data }) };
}
