import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order, type OrderLine, type Refund } from "../order.ts";
import { brushPack, currency, type Plan } from "../plan.ts";
import { settledAt, textArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { standardHeaders } from "./text-signature.ts";

const articleId = textArticle("");

/** The vendor's own shop, as `docs/shops/own-shop.md` describes its events; signed by Standard Webhooks. */
export const ownShop: ShopVoice = {
  name: "the vendor’s own shop",
  tellsLines: true,
  refundsByLine: true,
  articleId,
  newSecret: () => `whsec_${randomBytes(32).toString("base64")}`,
  newOrderId: () => `A-${randomInt(100_000, 1_000_000)}`,
  paid: (order) =>
    happening("purchase.completed", order.paidAt, {
      order: order.id,
      cycle: cycleOf(order),
      lines: order.lines.map(lineOf(order)),
      currency,
      customer: { email: order.email },
      licence: order.licence ?? null,
      reference: order.reference ?? null,
      coupon: order.coupon ?? null,
      paidAt: order.paidAt.toISOString(),
    }),
  refunded: (order, refund) => refunded(order, refund, "done"),
  refundFailed: (order, refund) => refunded(order, refund, "failed"),
  disputed: (order, { id, status }) =>
    happening("purchase.disputed", new Date(), {
      order: order.id,
      dispute: id,
      status: status === "open" ? "opened" : status,
      amountMinor: grossOf(order),
      currency,
      disputedAt: new Date().toISOString(),
    }),
  sign: (event, secret) => standardHeaders(Buffer.from(secret.slice("whsec_".length), "base64"), event),
};

const cycleOf = ({ licence, isFirst }: Order) => (licence === undefined || isFirst ? "new" : "renewal");

const lineOf =
  (order: Order) =>
  ({ number, article, quantity, netMinor, taxMinor }: OrderLine) => ({
    line: String(number),
    product: "acme-paint",
    articles: [articleId(article)],
    description: article.name,
    quantity,
    netMinor,
    taxMinor,
    kind: article === brushPack ? "addon" : cycleOf(order),
    ...(article === brushPack ? {} : { period: `P${(article as Plan).years}Y` }),
  });

function refunded(order: Order, refund: Refund, status: "done" | "failed"): ShopEvent {
  const { id, line, netMinor, taxMinor } = refund;
  return happening("purchase.refunded", settledAt(refund), {
    order: order.id,
    refund: `R-${id}`,
    amountMinor: netMinor + taxMinor,
    netMinor,
    ...(line === undefined ? {} : { lines: [{ line: String(line.number), netMinor, taxMinor }] }),
    currency,
    status,
    refundedAt: settledAt(refund).toISOString(),
  });
}

function happening(type: string, at: Date, data: Record<string, unknown>): ShopEvent {
  const id = `msg_${randomBytes(12).toString("hex")}`;
  return { id, type, text: JSON.stringify({ type, timestamp: at.toISOString(), data }) };
}
