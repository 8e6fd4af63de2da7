import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order } from "../order.ts";
import { brushPack, currency } from "../plan.ts";
import { carriedBy, textArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

const articleId = textArticle("");

/**
 * FastSpring: https://developer.fastspring.com/reference/webhooks-overview. One delivery holds several events; amounts
 * are JSON numbers in major units. A chargeback comes as a return.
 */
export const fastspring: ShopVoice = {
  name: "FastSpring",
  remark: "A chargeback comes as a return: it has no event for a dispute, nor for a refund that failed.",
  tellsLines: true,
  refundsByLine: true,
  articleId,
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
      items: order.lines.map(({ article, quantity, netMinor }) => ({
        product: articleId(article),
        display: article.name,
        quantity,
        subtotal: netMinor / 100,
        discount: 0,
        isAddon: article === brushPack,
        attributes: {},
      })),
    }),
  refunded: (order, { id, line, netMinor, taxMinor }) =>
    batchOf("return.created", {
      return: id,
      reference: `${order.id}D`,
      completed: true,
      live: false,
      currency,
      totalReturn: (netMinor + taxMinor) / 100,
      tax: taxMinor / 100,
      items:
        line === undefined
          ? []
          : [{ product: articleId(line.article), quantity: line.quantity, subtotal: netMinor / 100 }],
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
