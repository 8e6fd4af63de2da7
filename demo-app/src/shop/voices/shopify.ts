import { randomInt, randomUUID } from "node:crypto";
import { grossOf, type Order, type OrderLine, type Refund } from "../order.ts";
import { currency, taxPercent } from "../plan.ts";
import { carriedBy, lastChange, majorText, numberedArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

const articleId = numberedArticle(44_850_317_033_700);

/**
 * Shopify: https://shopify.dev/docs/api/admin-rest/latest/resources/order. Amounts are texts in major units; what
 * happened is told by a header, ids are numbers.
 */
export const shopify: ShopVoice = {
  name: "Shopify",
  remark: "Its disputes do not say that they are a test, so a shop for tests has none.",
  settings: { testMode: true },
  tellsLines: true,
  refundsByLine: true,
  articleId,
  newSecret: () => newTextSecret("shpss_"),
  newOrderId: () => String(randomInt(5_400_000_000_000, 5_500_000_000_000)),
  paid: (order) => shopifyEvent("orders/paid", payloadOf(order)),
  refunded: (order, refund) => shopifyEvent("refunds/create", refundOf(order, refund)),
  refundFailed: (order) => shopifyEvent("orders/updated", payloadOf(order)),
  sign: ({ id, type, text }, secret) => ({
    "x-shopify-topic": type,
    "x-shopify-event-id": id,
    "x-shopify-hmac-sha256": signText(secret, text, "base64"),
  }),
};

function payloadOf(order: Order): Record<string, unknown> {
  const total = majorText(grossOf(order));
  const tax = majorText(order.taxMinor);
  return {
    id: Number(order.id),
    name: `#${order.number}`,
    test: true,
    financial_status: "paid",
    currency,
    total_price: total,
    total_tax: tax,
    total_price_set: moneySet(total),
    total_tax_set: moneySet(tax),
    processed_at: order.paidAt.toISOString(),
    updated_at: lastChange(order).toISOString(),
    source_name: "web",
    email: order.email,
    note_attributes: Object.entries(carriedBy(order)).map(([name, value]) => ({ name, value })),
    discount_codes: order.coupon === undefined ? [] : [{ code: order.coupon, amount: "0.00" }],
    line_items: order.lines.map(lineItem(order)),
    refunds: order.refunds.map((refund) => refundOf(order, refund)),
  };
}

const lineId = (order: Order, { number }: OrderLine): number => Number(order.id) * 10 + number;

const lineItem = (order: Order) => (line: OrderLine) => ({
  id: lineId(order, line),
  title: "Acme Paint",
  variant_title: line.article.name,
  product_id: 8_000_000_000_001,
  variant_id: Number(articleId(line.article)),
  sku: `ACME-${line.article.id.toUpperCase()}`,
  quantity: line.quantity,
  price: majorText(line.article.netMinor),
  tax_lines: [{ title: "VAT", rate: taxPercent / 100, price: majorText(line.taxMinor) }],
  properties: [],
});

/** A refund as its own webhook and every later telling of its order have it. */
function refundOf(order: Order, { id, line, netMinor, taxMinor, at, failedAt }: Refund) {
  const transaction = {
    kind: "refund",
    status: failedAt === undefined ? "success" : "failure",
    amount: majorText(netMinor + taxMinor),
    currency,
    test: true,
  };
  return {
    id: Number.parseInt(id.slice(0, 12), 16),
    order_id: Number(order.id),
    created_at: at.toISOString(),
    refund_line_items:
      line === undefined
        ? []
        : [
            {
              line_item_id: lineId(order, line),
              quantity: line.quantity,
              subtotal: majorText(netMinor),
              total_tax: majorText(taxMinor),
            },
          ],
    transactions: [transaction],
  };
}

/** An amount in the shop's currency and in the customer's, which are one here. */
function moneySet(amount: string) {
  const money = { amount, currency_code: currency };
  return { shop_money: money, presentment_money: money };
}

const shopifyEvent = (type: string, payload: Record<string, unknown>): ShopEvent => ({
  id: randomUUID(),
  type,
  text: JSON.stringify(payload),
});
