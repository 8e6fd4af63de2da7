import { randomBytes, randomInt } from "node:crypto";
import { grossOf } from "../order.ts";
import { currency } from "../plan.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { standardHeaders } from "./text-signature.ts";

/** The vendor's own shop, as `docs/shops/own-shop.md` describes its events; signed by Standard Webhooks. */
export const ownShop: ShopVoice = {
  name: "the vendor’s own shop",
  newSecret: () => `whsec_${randomBytes(32).toString("base64")}`,
  newOrderId: () => `A-${randomInt(100_000, 1_000_000)}`,
  paid: (order) =>
    happening("purchase.completed", {
      order: order.id,
      cycle: order.licence === undefined ? "new" : "renewal",
      product: "acme-paint",
      netMinor: order.netMinor,
      taxMinor: order.taxMinor,
      currency,
      customer: { email: order.email },
      licence: order.licence ?? null,
      reference: order.reference ?? null,
      coupon: order.coupon ?? null,
      paidAt: order.paidAt.toISOString(),
    }),
  refunded: (order, amountMinor) =>
    happening("purchase.refunded", {
      order: order.id,
      refund: `R-${randomBytes(6).toString("hex")}`,
      amountMinor,
      currency,
      refundedAt: new Date().toISOString(),
    }),
  disputed: (order, { id, status }) =>
    happening("purchase.disputed", {
      order: order.id,
      dispute: id,
      status: status === "open" ? "opened" : status,
      amountMinor: grossOf(order),
      currency,
      disputedAt: new Date().toISOString(),
    }),
  sign: (event, secret) => standardHeaders(Buffer.from(secret.slice("whsec_".length), "base64"), event),
};

function happening(type: string, data: Record<string, unknown>): ShopEvent {
  const id = `msg_${randomBytes(12).toString("hex")}`;
  return { id, type, text: JSON.stringify({ type, timestamp: new Date().toISOString(), data }) };
}
