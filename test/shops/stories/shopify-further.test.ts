import {
  moneySet,
  shopifyBillingAttempt,
  shopifyContractCreated,
  shopifyEvent,
  shopifyOrderPaid,
} from "../shopify-fixtures.ts";
import { back, disputed, id, of, on, order } from "./shopify-tellings.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

const paid = (
  reference: string,
  { day = 0, more = {}, ...order }: { day?: number; more?: Json } & Json = {},
) => shopifyOrderPaid({ attributes: { reference }, ...order, more: { updated_at: on(day), ...more } });
const paymentOf = (amount: string, status: string, currency = "EUR") => ({
  kind: "refund",
  status,
  amount,
  currency,
});

playStories("shopify", [
  {
    name: "a refund to two cards, of which one fails and is made again",
    tells: (ref) => [
      paid(ref),
      back(2, "0", { transactions: [paymentOf("59.50", "success"), paymentOf("23.80", "failure")] }),
      back(5, "23.80"),
    ],
    ends: order(300),
  },
  {
    name: "a refund to two cards that both took it, of which one gives it back days later",
    tells: (ref) => {
      const transactions = [paymentOf("59.50", "success"), paymentOf("23.80", "success")];
      const first = back(2, "0", { transactions });
      const now = { ...first, transactions: [paymentOf("59.50", "success"), paymentOf("23.80", "failure")] };
      const changed = (day: number, refund: Json) =>
        shopifyEvent("orders/updated", paid(ref, { day, more: { refunds: [refund] } }));
      return [paid(ref), first, changed(3, first), changed(6, now), changed(9, now)];
    },
    ends: order(500),
  },
  {
    name: "a half disputed and won, a fifth disputed and lost",
    tells: (ref) => [
      paid(ref),
      disputed(1, "needs_response", { amount: "59.50", at: on(5) }),
      disputed(2, "needs_response", { amount: "23.80", at: on(6) }),
      disputed(1, "under_review", { amount: "59.50", at: on(5) }),
      disputed(1, "won", { amount: "59.50", at: on(5), finalizedOn: on(40) }),
      disputed(2, "lost", { amount: "23.80", at: on(6), finalizedOn: on(41) }),
    ],
    ends: order(800),
  },
  {
    name: "a dispute that is lost, and won after all",
    tells: (ref) => [
      paid(ref),
      disputed(1, "needs_response", { at: on(5) }),
      disputed(1, "lost", { at: on(5), finalizedOn: on(40) }),
      disputed(1, "won", { at: on(5), finalizedOn: on(80) }),
    ],
    ends: order(1000),
  },
  {
    name: "an inquiry that becomes a chargeback, accepted after a part was refunded",
    tells: (ref) => [
      paid(ref),
      disputed(1, "needs_response", { type: "inquiry", at: on(3) }),
      back(4, "59.50"),
      disputed(1, "accepted", { at: on(3), amount: "35.70", finalizedOn: on(9) }),
    ],
    ends: order(200),
  },
  {
    name: "all of it taken off by an edit after it was paid, and paid back",
    tells: (ref) => [
      paid(ref),
      back(3, "119.00", {}),
      paid(ref, {
        day: 3,
        status: "refunded",
        more: {
          current_total_price: "0.00",
          current_total_price_set: moneySet("0.00", "EUR"),
          current_total_tax: "0.00",
          current_total_tax_set: moneySet("0.00", "EUR"),
          refunds: [back(3, "119.00")],
        },
      }),
    ],
    ends: order(0),
  },
  {
    name: "authorised, and cancelled before it was captured",
    tells: (ref) => [
      paid(ref, { status: "authorized" }),
      shopifyEvent("orders/updated", { ...paid(ref, { status: "voided" }), cancelled_at: on(1) }),
      shopifyEvent("orders/cancelled", { ...paid(ref, { status: "voided" }), cancelled_at: on(1) }),
    ],
    ends: [{ order: String(id), earnedMinor: 0, unknown: true }],
  },
  {
    name: "paid and cancelled, where the vendor keeps the money",
    tells: (ref) => [
      paid(ref),
      shopifyEvent("orders/updated", { ...paid(ref, { day: 2 }), cancelled_at: on(2) }),
    ],
    ends: order(1000),
  },
  {
    name: "a subscription that is told by the ids of GraphQL",
    tells: (ref) => [
      paid(ref),
      shopifyEvent("subscription_contracts/create", {
        id: "gid://shopify/SubscriptionContract/77",
        admin_graphql_api_id: "gid://shopify/SubscriptionContract/77",
        admin_graphql_api_origin_order_id: `gid://shopify/Order/${id}`,
      }),
      paid("", { id: 8, day: 365, source: "subscription_contract_checkout_one" }),
      shopifyEvent("subscription_billing_attempts/success", {
        ...shopifyBillingAttempt(8),
        subscription_contract_id: 77,
        order_id: null,
        admin_graphql_api_order_id: "gid://shopify/Order/8",
      }),
      back(370, "59.50", { order: "gid://shopify/Order/8" }),
    ],
    ends: [...order(1000), of(8, 500, { cycle: "renewal" })],
  },
  {
    name: "forint, krónur and rial, refunded in parts",
    tells: (ref) => [
      paid(ref, { currency: "HUF" }),
      back(2, "23.80", { currency: "HUF" }),
      paid(ref, { id: 2, currency: "ISK", total: "11900", tax: "1900" }),
      back(3, "5950", { order: 2, currency: "ISK" }),
      paid(ref, { id: 3, currency: "OMR", total: "11.900", tax: "1.900" }),
      back(4, "1.190", { order: 3, currency: "OMR" }),
    ],
    ends: [
      ...order(800, { currency: "HUF" }),
      of(2, 500, { currency: "ISK", netMinor: 10_000 }),
      of(3, 900, { currency: "OMR", netMinor: 10_000 }),
    ],
  },
  {
    name: "prices without their tax, shipping, and both given back, the shipping apart as newer versions tell it",
    tells: (ref) =>
      [
        paid(ref, {
          total: "119.00",
          more: {
            taxes_included: false,
            line_items: [
              { id: 1, product_id: 10, quantity: 1, price: "80.00", tax_lines: [{ price: "15.20" }] },
            ],
            shipping_lines: [{ id: 5, price: "20.00", tax_lines: [{ price: "3.80" }] }],
          },
        }),
        {
          ...back(2, "23.80"),
          refund_shipping_lines: [
            {
              id: 51,
              subtotal_amount_set: moneySet("20.00", "EUR"),
              tax_amount_set: moneySet("3.80", "EUR"),
              shipping_line: { id: 5 },
            },
          ],
        },
        {
          ...back(3, "47.60"),
          refund_line_items: [{ line_item_id: 1, subtotal: "40.00", total_tax: "7.60" }],
        },
      ].map((event, at) => (at === 0 ? event : shopifyEvent("refunds/create", event as Json))),
    ends: order(400, { lostOfLines: [4000, 2000] }),
  },
  {
    name: "states and topics that nobody knows yet",
    tells: (ref) => [
      paid(ref),
      shopifyEvent("brand/new", { id: 1 }),
      paid(ref, { id: 9, status: "brand_new" }),
      disputed(1, "brand_new"),
      disputed(2, "needs_response", { type: "brand_new" }),
      back(3, "119.00", {
        transactions: [paymentOf("119.00", "brand_new"), { ...paymentOf("1.00", "success"), kind: "void" }],
      }),
      shopifyContractCreated(null),
    ],
    ends: [...order(1000), of(9, 0, { unknown: true })],
  },
  {
    name: "with the least that an order and a refund have",
    tells: (ref) => [
      shopifyEvent("orders/paid", {
        id,
        financial_status: "paid",
        currency: "EUR",
        total_price: "119.00",
        total_tax: "19.00",
        processed_at: on(0),
        updated_at: on(0),
        note_attributes: [{ name: "reference", value: ref }],
      }),
      shopifyEvent("refunds/create", {
        id: 902,
        order_id: id,
        created_at: on(2),
        transactions: [paymentOf("59.50", "success")],
      }),
    ],
    ends: order(500, { netMinor: 10_000 }),
  },
]);
