import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

/**
 * FastSpring: https://developer.fastspring.com/reference/webhooks-overview. One delivery holds several events; amounts
 * are JSON numbers in major units. A chargeback comes as a return.
 */
export const fastspring: ShopVoice = {
  name: "FastSpring",
  remark: "A chargeback comes as a return: it has no event for a dispute.",
  settings: { testMode: true },
  newSecret: () => newTextSecret(),
  newOrderId: () => `ACM261122-${randomInt(1000, 10_000)}-${randomInt(10_000, 100_000)}`,
  paid: (order) =>
    batchOf("order.completed", {
      order: internalId(order),
      id: internalId(order),
      reference: order.id,
      completed: true,
      live: false,
      currency,
      total: grossOf(order) / 100,
      tax: order.taxMinor / 100,
      subtotal: order.netMinor / 100,
      customer: { first: "A.", last: "Painter", email: order.email },
      tags: carriedBy(order),
      coupons: order.coupon === undefined ? [] : [order.coupon],
      items: [{ product: "acme-paint", quantity: 1, subtotal: order.netMinor / 100, attributes: {} }],
    }),
  refunded: (order, amountMinor) =>
    batchOf("return.created", {
      return: fastspringId(),
      reference: `${order.id}D`,
      completed: true,
      live: false,
      currency,
      totalReturn: amountMinor / 100,
      original: { id: internalId(order), order: internalId(order), reference: order.id },
      type: "RETURN",
    }),
  sign: ({ text }, secret) => ({ "x-fs-signature": signText(secret, text, "base64") }),
};

/** An order has a second id, which people do not see. */
const internalId = (order: Order): string => `i${Buffer.from(order.id).toString("base64url")}`;

const fastspringId = (): string => randomBytes(16).toString("base64url");

function batchOf(type: string, data: Record<string, unknown>): ShopEvent {
  const id = fastspringId();
  const event = { id, processed: false, created: Date.now(), type, live: false, data };
  return { id, type, text: JSON.stringify({ events: [event] }) };
}
