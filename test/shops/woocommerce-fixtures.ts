/**
 * WooCommerce's webhooks as WooCommerce sends them. Members follow
 * https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/; members nobody here reads are kept where they make a
 * body of a real one's shape. Ids are numbers, and times are UTC without saying so.
 */

type Json = Record<string, unknown>;

/** The topic goes in a header. It stays with a copy that is made by spreading. */
const topic = Symbol("x-wc-webhook-topic");

/** The topic of a payload that was made here. */
export const wooTopicOf = (payload: unknown): string =>
  typeof payload === "object" && payload !== null && topic in payload
    ? String(payload[topic])
    : "order.updated";

/** A payload with its topic. */
export const wooEvent = (name: string, payload: Json): Json => ({ ...payload, [topic]: name });

/** What an order is about. Amounts are major units, as text. */
export interface WooOrder {
  id?: number;
  /** When it was paid; null while it was not. */
  paidAt?: string | null;
  status?: string;
  total?: string;
  tax?: string;
  currency?: string;
  meta?: Json;
  itemMeta?: Json;
  coupons?: string[];
  email?: string;
  refunds?: { id: number; total: string }[];
  more?: Json;
}

const metaOf = (bag: Json) =>
  Object.entries(bag).map(([key, value], index) => ({ id: 9000 + index, key, value }));
const gmt = (time: string) => time.replace(/(\.\d+)?Z$/, "");

/** `order.updated`: a paid order of 119.00 EUR, 19.00 of it tax by default. */
export function wooOrderUpdated(order: WooOrder = {}): Json {
  const id = order.id ?? 727;
  const paid = order.paidAt === undefined ? "2025-11-19T14:13:10" : order.paidAt;
  const at = gmt(paid ?? "2025-11-19T14:13:10");
  const total = order.total ?? "119.00";
  const total_tax = order.tax ?? (total === "119.00" ? "19.00" : "0.00");
  return wooEvent("order.updated", {
    id,
    parent_id: 0,
    status: order.status ?? (paid === null ? "pending" : "processing"),
    currency: order.currency ?? "EUR",
    version: "10.3.5",
    prices_include_tax: true,
    date_created: at,
    date_modified: at,
    discount_total: "0.00",
    discount_tax: "0.00",
    shipping_total: "0.00",
    shipping_tax: "0.00",
    cart_tax: total_tax,
    total,
    total_tax,
    customer_id: 26,
    order_key: "wc_order_58d2d042d1d",
    billing: {
      first_name: "A.",
      last_name: "Customer",
      address_1: "Invalidenstr. 1",
      city: "Berlin",
      postcode: "10115",
      country: "DE",
      email: order.email ?? "customer@example.com",
      phone: "",
    },
    payment_method: "stripe",
    payment_method_title: "Credit card",
    transaction_id: "pi_3SVC8GHOQNg4XnOM0abcdEFG",
    customer_ip_address: "203.0.113.7",
    created_via: "checkout",
    customer_note: "",
    date_completed: null,
    date_paid: paid === null ? null : at,
    number: String(id),
    meta_data: metaOf({
      _wc_order_attribution_source_type: "utm",
      _wc_order_attribution_utm_source: "tallystick",
      ...order.meta,
    }),
    line_items: [
      {
        id: 315,
        name: "Acme Paint, one year",
        product_id: 93,
        variation_id: 0,
        quantity: 1,
        subtotal: total,
        total,
        total_tax,
        meta_data: metaOf(order.itemMeta ?? {}),
        sku: "PAINT-1Y",
        price: 100,
      },
    ],
    tax_lines: [],
    shipping_lines: [],
    fee_lines: [],
    coupon_lines: (order.coupons ?? []).map((code, index) => ({ id: 320 + index, code, discount: "0.00" })),
    refunds: (order.refunds ?? []).map((refund) => ({ reason: "", ...refund })),
    date_created_gmt: at,
    date_modified_gmt: at,
    date_completed_gmt: null,
    date_paid_gmt: paid === null ? null : at,
    currency_symbol: "€",
    ...order.more,
  });
}

/** `subscription.created`: the subscription 728, which order 727 began by default. */
export const wooSubscriptionCreated = (
  subscription: { id?: number; parent?: number; at?: string } = {},
): Json =>
  wooEvent("subscription.created", {
    id: subscription.id ?? 728,
    parent_id: subscription.parent ?? 727,
    status: "active",
    currency: "EUR",
    total: "119.00",
    total_tax: "19.00",
    billing_period: "year",
    billing_interval: "1",
    start_date_gmt: gmt(subscription.at ?? "2025-11-19T14:13:10"),
    date_created_gmt: gmt(subscription.at ?? "2025-11-19T14:13:10"),
    date_paid_gmt: gmt(subscription.at ?? "2025-11-19T14:13:10"),
    meta_data: [],
  });
