/**
 * Shopify's webhooks as Shopify sends them. Members follow https://shopify.dev/docs/api/admin-rest/latest/resources/order
 * and its neighbours; members nobody here reads are kept where they make a body of a real one's shape. Ids are written as
 * numbers, as Shopify writes them.
 */

type Json = Record<string, unknown>;

/** The topic goes in a header. It stays with a copy that is made by spreading. */
const topic = Symbol("x-shopify-topic");

/** The topic of a payload that was made here. */
export const topicOf = (payload: unknown): string =>
  typeof payload === "object" && payload !== null && topic in payload
    ? String(payload[topic])
    : "orders/paid";

/** A payload with its topic. */
export const shopifyEvent = (name: string, payload: Json): Json => ({ ...payload, [topic]: name });

/** What an order is about. Amounts are major units, as text. */
export interface ShopifyOrder {
  id?: number;
  at?: string;
  total?: string;
  tax?: string;
  currency?: string;
  attributes?: Record<string, unknown>;
  properties?: Record<string, unknown>;
  codes?: string[];
  email?: string | null;
  source?: string;
  test?: boolean;
  status?: string;
  more?: Json;
}

const listOf = (bag: Record<string, unknown>) =>
  Object.entries(bag).map(([name, value]) => ({ name, value }));

/** An amount in the shop's currency and in the customer's. */
export const moneySet = (amount: string, currency_code: string): Json => ({
  shop_money: { amount, currency_code },
  presentment_money: { amount, currency_code },
});

/** `orders/paid`: a purchase of 119.00 EUR, 19.00 of it tax by default. */
export function shopifyOrderPaid(order: ShopifyOrder = {}): Json {
  const id = order.id ?? 5_421_877_985_512;
  const at = order.at ?? "2025-11-19T09:13:10-05:00";
  const total = order.total ?? "119.00";
  const tax = order.tax ?? (total === "119.00" ? "19.00" : "0.00");
  const currency = order.currency ?? "EUR";
  const email = order.email === undefined ? "customer@example.com" : order.email;
  return shopifyEvent("orders/paid", {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    app_id: 580_111,
    browser_ip: "203.0.113.7",
    buyer_accepts_marketing: false,
    cancelled_at: null,
    cart_token: "c1-3f2c9d1d0bd2f6a0e1f0a2c4",
    checkout_id: 35_958_475_587_816,
    confirmation_number: "XPAV284CT",
    confirmed: true,
    contact_email: email,
    created_at: at,
    currency,
    current_total_price: total,
    current_total_tax: tax,
    billing_address: {
      city: "Wien",
      zip: "1010",
      country: "Austria",
      country_code: "AT",
      name: "A. Customer",
    },
    customer_locale: "de-DE",
    discount_codes: (order.codes ?? []).map((code) => ({ code, amount: "0.00", type: "percentage" })),
    email,
    financial_status: order.status ?? "paid",
    fulfillment_status: null,
    gateway: "shopify_payments",
    landing_site: "/products/acme-paint",
    name: "#1001",
    note: null,
    note_attributes: listOf(order.attributes ?? {}),
    number: 1,
    order_number: 1001,
    payment_gateway_names: ["shopify_payments"],
    presentment_currency: currency,
    processed_at: at,
    source_name: order.source ?? "web",
    subtotal_price: total,
    taxes_included: true,
    test: order.test ?? false,
    token: "f2d5a1b0c9e84d7fa6b3c2d1e0f9a8b7",
    total_discounts: "0.00",
    total_price: total,
    total_price_set: moneySet(total, currency),
    total_tax: tax,
    total_tax_set: moneySet(tax, currency),
    updated_at: at,
    user_id: null,
    customer: { id: 7_021_455_507_688, email, verified_email: true, tags: "" },
    fulfillments: [],
    line_items: [
      {
        id: 13_883_210_539_240,
        product_id: 8_216_351_572_200,
        variant_id: 44_850_317_033_704,
        title: "Acme Paint, one year",
        name: "Acme Paint, one year",
        sku: "PAINT-1Y",
        price: total,
        tax_lines: [{ title: "VAT", rate: 0.19, price: tax }],
        quantity: 1,
        properties: listOf(order.properties ?? {}),
        requires_shipping: false,
        taxable: true,
        vendor: "Acme",
      },
    ],
    payment_terms: null,
    refunds: [],
    shipping_lines: [],
    ...order.more,
  });
}

/** `refunds/create`: all of 119.00 EUR by default. */
export function shopifyRefundCreated(
  refund: {
    id?: number;
    order?: number;
    at?: string;
    amount?: string;
    currency?: string;
    status?: string;
    test?: boolean;
    transactions?: Json[];
  } = {},
): Json {
  const id = refund.id ?? 929_361_465_640;
  const order_id = refund.order ?? 5_421_877_985_512;
  const at = refund.at ?? "2025-11-20T04:00:00-05:00";
  const transaction = {
    id: 6_783_402_213_608,
    order_id,
    kind: "refund",
    gateway: "shopify_payments",
    status: refund.status ?? "success",
    message: "Transaction approved",
    created_at: at,
    processed_at: at,
    test: refund.test ?? false,
    parent_id: 6_783_402_213_000,
    amount: refund.amount ?? "119.00",
    currency: refund.currency ?? "EUR",
    payment_id: "c35958475587816.2",
  };
  return shopifyEvent("refunds/create", {
    id,
    order_id,
    created_at: at,
    note: "requested by the customer",
    user_id: 101_000_000_000,
    processed_at: at,
    restock: false,
    duties: [],
    admin_graphql_api_id: `gid://shopify/Refund/${id}`,
    refund_line_items: [],
    transactions: refund.transactions ?? [transaction],
    order_adjustments: [],
  });
}

/** `disputes/create` or `disputes/update`: a chargeback of 119.00 EUR by default. */
export function shopifyDispute(
  dispute: {
    topic?: "disputes/create" | "disputes/update";
    order?: number | null;
    type?: string;
    status?: string;
    amount?: string;
    at?: string;
    finalizedOn?: string | null;
  } = {},
): Json {
  return shopifyEvent(dispute.topic ?? "disputes/create", {
    id: 285_332_461_850,
    order_id: dispute.order === undefined ? 5_421_877_985_512 : dispute.order,
    type: dispute.type ?? "chargeback",
    amount: dispute.amount ?? "119.00",
    currency: "EUR",
    reason: "fraudulent",
    network_reason_code: "4827",
    status: dispute.status ?? "needs_response",
    evidence_due_by: "2025-12-05T19:00:00-05:00",
    evidence_sent_on: null,
    finalized_on: dispute.finalizedOn ?? null,
    initiated_at: dispute.at ?? "2025-11-25T04:00:00-05:00",
  });
}

/** `subscription_contracts/create`: which subscription an order began. */
export const shopifyContractCreated = (order: number | null = 5_421_877_985_512): Json =>
  shopifyEvent("subscription_contracts/create", {
    admin_graphql_api_id: "gid://shopify/SubscriptionContract/9998878778",
    id: 9_998_878_778,
    billing_policy: { interval: "year", interval_count: 1 },
    currency_code: "EUR",
    customer_id: 7_021_455_507_688,
    delivery_policy: { interval: "year", interval_count: 1 },
    status: "active",
    origin_order_id: order,
    revision_id: "9998878778",
  });

/** `subscription_billing_attempts/success`: which subscription a renewal's order belongs to. */
export const shopifyBillingAttempt = (order: number | null): Json =>
  shopifyEvent("subscription_billing_attempts/success", {
    id: 48_277_160_152,
    admin_graphql_api_id: "gid://shopify/SubscriptionBillingAttempt/48277160152",
    idempotency_key: "9998878778-2026",
    order_id: order,
    subscription_contract_id: 9_998_878_778,
    ready: true,
    error_message: null,
    error_code: null,
  });
