/**
 * Gumroad's pings as Gumroad sends them, and its API's answers. Fields follow https://app.gumroad.com/ping and
 * https://app.gumroad.com/api; fields nobody here reads are kept where they make a body of a real one's shape.
 */

type Json = Record<string, unknown>;

/** What a ping is about. Amounts are US cents. */
export interface GumroadPing {
  resource?: string;
  id?: string;
  at?: string;
  priceCents?: number;
  params?: Record<string, string>;
  code?: string;
  subscription?: string;
  recurring?: boolean;
  test?: boolean;
  more?: Record<string, string>;
}

/** A sale of 100.00 USD by default, as the fields of a form. */
export function gumroadPing(ping: GumroadPing = {}): Record<string, string> {
  const params = Object.entries(ping.params ?? {}).map(([name, value]) => [`url_params[${name}]`, value]);
  return {
    seller_id: "kL0paVL2SdmJSYsNs-OCMg==",
    product_id: "32-nPainqpLj1B_WIwVlMw==",
    product_name: "Acme Paint",
    permalink: "acme-paint",
    product_permalink: "https://acme.gumroad.com/l/acme-paint",
    short_product_id: "XCBbJ",
    email: "customer@example.com",
    price: String(ping.priceCents ?? 10_000),
    gumroad_fee: "1050",
    currency: "usd",
    quantity: "1",
    discover_fee_charged: "false",
    can_contact: "true",
    referrer: "direct",
    "card[visual]": "**** **** **** 4242",
    "card[type]": "visa",
    order_number: "524459995",
    sale_id: ping.id ?? "FO8TXN-dvxYabdavG97Y-Q==",
    sale_timestamp: ping.at ?? "2025-11-19T14:13:10Z",
    ...(ping.subscription === undefined ? {} : { subscription_id: ping.subscription, recurrence: "yearly" }),
    ...Object.fromEntries(params),
    ...(ping.code === undefined ? {} : { offer_code: ping.code }),
    ...(ping.test ? { test: "true" } : {}),
    ...(ping.recurring ? { is_recurring_charge: "true" } : {}),
    license_key: "83DB262A-C19D3B06-A5235A6B-8C079166",
    ip_country: "Germany",
    is_gift_receiver_purchase: "false",
    refunded: "false",
    resource_name: ping.resource ?? "sale",
    disputed: "false",
    dispute_won: "false",
    ...ping.more,
  };
}

/** What the API says of the same sale. */
export const gumroadSale = (sale: Json = {}): Json => ({
  id: "FO8TXN-dvxYabdavG97Y-Q==",
  email: "customer@example.com",
  seller_id: "kL0paVL2SdmJSYsNs-OCMg==",
  timestamp: "about 2 months ago",
  daystamp: "19 Nov 2025 2:13 PM",
  created_at: "2025-11-19T14:13:10Z",
  product_name: "Acme Paint",
  price: 10_000,
  gumroad_fee: 1_050,
  formatted_display_price: "$100",
  formatted_total_price: "$100",
  currency_symbol: "$",
  amount_refundable_in_currency: "100",
  product_id: "32-nPainqpLj1B_WIwVlMw==",
  product_permalink: "XCBbJ",
  refunded: false,
  partially_refunded: false,
  chargedback: false,
  purchase_email: "customer@example.com",
  paid: true,
  order_id: 524_459_995,
  is_recurring_billing: false,
  disputed: false,
  dispute_won: false,
  recurring_charge: false,
  license_key: "83DB262A-C19D3B06-A5235A6B-8C079166",
  quantity: 1,
  ...sale,
});
