import { randomBytes } from "node:crypto";
import { grossOf, type Order } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, nowSeconds, signText } from "./text-signature.ts";

/** Paddle Billing: https://developer.paddle.com/webhooks/overview. Amounts are texts, in minor units. */
export const paddle: ShopVoice = {
  name: "Paddle",
  remark: "Its events name no e-mail address, so a registered one cannot speak for anybody.",
  cannotTell: ["email"],
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
      items: [{ quantity: 1, price: { id: "pri_acme_paint", custom_data: null } }],
      details: { totals: totalsOf(order), line_items: [] },
    }),
  refunded: (order, amountMinor) => adjusted(order, { id: paddleId("adj"), action: "refund", amountMinor }),
  disputed(order, { status }) {
    if (status === "lost") return undefined; // The chargeback stands, and nothing more is said.
    const action = status === "won" ? "chargeback_reverse" : "chargeback";
    return adjusted(order, { id: paddleId("adj"), action, amountMinor: grossOf(order) });
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

interface Adjustment {
  id: string;
  action: string;
  amountMinor: number;
}

/** https://developer.paddle.com/webhooks/adjustments/adjustment-updated */
function adjusted(order: Order, { id, action, amountMinor }: Adjustment): ShopEvent {
  const taxMinor = Math.round((amountMinor * order.taxMinor) / grossOf(order));
  return paddleEvent("adjustment.updated", {
    id,
    action,
    status: "approved",
    transaction_id: order.id,
    currency_code: currency,
    totals: {
      subtotal: String(amountMinor - taxMinor),
      tax: String(taxMinor),
      total: String(amountMinor),
      currency_code: currency,
    },
  });
}

function paddleEvent(type: string, data: Record<string, unknown>): ShopEvent {
  const id = paddleId("evt");
  const event = { event_id: id, event_type: type, occurred_at: new Date().toISOString(), data };
  return { id, type, text: JSON.stringify({ ...event, notification_id: paddleId("ntf") }) };
}

const paddleId = (prefix: string): string => `${prefix}_01${randomBytes(12).toString("hex")}`;
