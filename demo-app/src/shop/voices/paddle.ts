import { randomBytes } from "node:crypto";
import { grossOf, type Order, type OrderLine, type Refund } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy, settledAt, textArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, nowSeconds, signText } from "./text-signature.ts";

const articleId = textArticle("pri_");

/** Paddle Billing: https://developer.paddle.com/webhooks/overview. Amounts are texts, in minor units. */
export const paddle: ShopVoice = {
  name: "Paddle",
  remark: "Its events name no e-mail address, so a registered one cannot speak for anybody.",
  cannotTell: ["email"],
  tellsLines: true,
  refundsByLine: true,
  articleId,
  newSecret: () => newTextSecret("pdl_ntfset_"),
  newOrderId: () => paddleId("txn"),
  couponName: (code) => `dsc_${code.toLowerCase()}`,
  paid: (order) =>
    paddleEvent("transaction.completed", {
      id: order.id,
      status: "completed",
      origin: "web",
      currency_code: currency,
      subscription_id: null,
      discount_id: order.coupon === undefined ? null : paddle.couponName?.(order.coupon),
      custom_data: carriedBy(order),
      billed_at: order.paidAt.toISOString(),
      items: order.lines.map(({ quantity, article }) => ({
        quantity,
        price: { id: articleId(article), product_id: "pro_acme", name: article.name, custom_data: null },
      })),
      details: { totals: totalsOf(order), line_items: order.lines.map(lineItem(order)) },
    }),
  refunded: (order, refund) =>
    adjusted(order, { ...refund, id: `adj_${refund.id}`, action: "refund", status: "approved" }),
  refundFailed: (order, refund) =>
    adjusted(order, { ...refund, id: `adj_${refund.id}`, action: "refund", status: "reversed" }),
  disputed(order, { status }) {
    if (status === "lost") return undefined; // The chargeback stands, and nothing more is said.
    const action = status === "won" ? "chargeback_reverse" : "chargeback";
    const { netMinor, taxMinor } = order;
    return adjusted(order, {
      id: paddleId("adj"),
      action,
      status: "approved",
      netMinor,
      taxMinor,
      at: new Date(),
    });
  },
  sign({ text }, secret) {
    const timestamp = nowSeconds();
    return { "paddle-signature": `ts=${timestamp};h1=${signText(secret, `${timestamp}:${text}`, "hex")}` };
  },
};

function totalsOf(order: Order): Record<string, string> {
  const total = String(grossOf(order));
  return {
    subtotal: String(order.netMinor),
    discount: "0",
    tax: String(order.taxMinor),
    total,
    credit: "0",
    grand_total: total,
    currency_code: currency,
  };
}

const itemId = (order: Order, { number }: OrderLine): string =>
  `${order.id.replace("txn", "txnitm")}${number}`;

const lineItem = (order: Order) => (line: OrderLine) => ({
  id: itemId(order, line),
  price_id: articleId(line.article),
  quantity: line.quantity,
  proration: null,
  tax_rate: "0.2",
  totals: {
    subtotal: String(line.netMinor),
    discount: "0",
    tax: String(line.taxMinor),
    total: String(grossOf(line)),
  },
  product: { id: "pro_acme", name: "Acme Paint", custom_data: null },
});

interface Adjustment extends Refund {
  action: string;
  status: string;
}

/** https://developer.paddle.com/webhooks/adjustments/adjustment-updated */
function adjusted(order: Order, adjustment: Adjustment): ShopEvent {
  const { id, action, status, line, netMinor, taxMinor } = adjustment;
  const totals = {
    subtotal: String(netMinor),
    tax: String(taxMinor),
    total: String(netMinor + taxMinor),
  };
  const data = {
    id,
    action,
    status,
    transaction_id: order.id,
    currency_code: currency,
    items: line === undefined ? [] : [{ item_id: itemId(order, line), type: "full", totals }],
    totals: { ...totals, currency_code: currency },
  };
  return paddleEvent("adjustment.updated", data, settledAt(adjustment));
}

function paddleEvent(type: string, data: Record<string, unknown>, at = new Date()): ShopEvent {
  const id = paddleId("evt");
  const event = { event_id: id, event_type: type, occurred_at: at.toISOString(), data };
  return { id, type, text: JSON.stringify({ ...event, notification_id: paddleId("ntf") }) };
}

const paddleId = (prefix: string): string => `${prefix}_01${randomBytes(12).toString("hex")}`;
