import { randomInt, randomUUID } from "node:crypto";
import { grossOf } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy, majorText } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, signText } from "./text-signature.ts";

/**
 * Shopify: https://shopify.dev/docs/api/admin-rest/latest/resources/order. Amounts are texts in major units; what
 * happened is told by a header, ids are numbers.
 */
export const shopify: ShopVoice = {
  name: "Shopify",
  remark: "Its disputes do not say that they are a test, so a shop for tests has none.",
  settings: { testMode: true },
  newSecret: () => newTextSecret("shpss_"),
  newOrderId: () => String(randomInt(5_400_000_000_000, 5_500_000_000_000)),
  paid(order) {
    const total = majorText(grossOf(order));
    const tax = majorText(order.taxMinor);
    return shopifyEvent("orders/paid", {
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
      source_name: "web",
      email: order.email,
      note_attributes: Object.entries(carriedBy(order)).map(([name, value]) => ({ name, value })),
      discount_codes: order.coupon === undefined ? [] : [{ code: order.coupon, amount: "0.00" }],
      line_items: [{ title: "Acme Paint", price: total, quantity: 1, properties: [] }],
    });
  },
  refunded: (order, amountMinor) =>
    shopifyEvent("refunds/create", {
      id: randomInt(900_000_000_000, 1_000_000_000_000),
      order_id: Number(order.id),
      created_at: new Date().toISOString(),
      transactions: [
        { kind: "refund", status: "success", amount: majorText(amountMinor), currency, test: true },
      ],
    }),
  sign: ({ id, type, text }, secret) => ({
    "x-shopify-topic": type,
    "x-shopify-event-id": id,
    "x-shopify-hmac-sha256": signText(secret, text, "base64"),
  }),
};

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
