/**
 * Lemon Squeezy's events as Lemon Squeezy sends them. Members follow
 * https://docs.lemonsqueezy.com/help/webhooks/example-payloads and https://docs.lemonsqueezy.com/api/orders/the-order-object;
 * members nobody here reads are kept where they make a body of a real one's shape.
 */

type Json = Record<string, unknown>;

/** What surrounds the object of an event. */
export interface LemonEnvelope {
  testMode?: boolean;
  customData?: Json;
}

/** An event around an object. */
export function lemonEvent(
  name: string,
  object: { type: string; id: string; attributes: Json },
  { testMode = false, customData }: LemonEnvelope = {},
): Json {
  return {
    meta: {
      test_mode: testMode,
      event_name: name,
      webhook_id: "2aef1923-e089-4739-8a34-33329f73d5d3",
      ...(customData === undefined ? {} : { custom_data: customData }),
    },
    data: {
      ...object,
      relationships: { store: { links: { related: "https://api.lemonsqueezy.com/v1/stores/1" } } },
      links: { self: `https://api.lemonsqueezy.com/v1/${object.type}/${object.id}` },
    },
  };
}

/** What an order or an invoice is about. Amounts are minor units. */
export interface LemonSale extends LemonEnvelope {
  id?: string;
  at?: string;
  status?: string;
  totalMinor?: number;
  taxMinor?: number;
  refundedMinor?: number | null;
  currency?: string;
  email?: string | null;
  /** Stands in the links, which are signed anew each time. */
  linkSignature?: string;
  more?: Json;
}

function amountsOf(sale: LemonSale): Json {
  const total = sale.totalMinor ?? 11900;
  const tax = sale.taxMinor ?? (total === 11900 ? 1900 : 0);
  const refunded = sale.refundedMinor ?? 0;
  const at = sale.at ?? "2025-11-19T14:13:05.000000Z";
  return {
    store_id: 162893,
    customer_id: 5555081,
    user_name: "A. Customer",
    user_email: sale.email === undefined ? "customer@example.com" : sale.email,
    currency: sale.currency ?? "EUR",
    currency_rate: "1.00000000",
    status: sale.status ?? "paid",
    status_formatted: "Paid",
    refunded: refunded > 0,
    refunded_at: refunded > 0 ? at : null,
    subtotal: total - tax,
    discount_total: 0,
    tax,
    tax_inclusive: false,
    total,
    ...(sale.refundedMinor === null ? {} : { refunded_amount: refunded }),
    total_usd: total,
    total_formatted: `€${total / 100}`,
    urls: {
      receipt: `https://app.lemonsqueezy.com/my-orders/63428d7e?expires=1&signature=${sale.linkSignature ?? "51a2"}`,
    },
    created_at: at,
    updated_at: at,
    test_mode: sale.testMode ?? false,
  };
}

const orderOf = (sale: LemonSale) => ({
  type: "orders",
  id: sale.id ?? "4903117",
  attributes: {
    ...amountsOf(sale),
    identifier: "63428d7e-6e6c-42bf-b695-0a132e495d5f",
    order_number: 1017,
    tax_name: "VAT",
    tax_rate: "19.00",
    setup_fee: 0,
    first_order_item: { id: 1, order_id: 4903117, product_id: 1, variant_id: 1, product_name: "Acme Paint" },
    ...sale.more,
  },
});

const invoiceOf = (sale: LemonSale, invoice: { subscription: number; reason: string }) => ({
  type: "subscription-invoices",
  id: sale.id ?? "3095117",
  attributes: {
    ...amountsOf(sale),
    subscription_id: invoice.subscription,
    billing_reason: invoice.reason,
    card_brand: "visa",
    card_last_four: "4242",
    ...sale.more,
  },
});

/** `order_created`: a purchase of 119.00 EUR, 19.00 of it tax by default. */
export const lemonOrderCreated = (sale: LemonSale = {}): Json =>
  lemonEvent("order_created", orderOf(sale), sale);

/** `order_refunded`: all of 119.00 EUR by default. `refundedMinor` is all that was refunded so far. */
export const lemonOrderRefunded = (sale: LemonSale = {}): Json =>
  lemonEvent("order_refunded", orderOf({ refundedMinor: 11900, status: "refunded", ...sale }), sale);

/** `subscription_created`: which subscription an order began. */
export function lemonSubscriptionCreated(
  subscription: LemonEnvelope & { id?: string; order?: number; at?: string; email?: string } = {},
): Json {
  const at = subscription.at ?? "2025-11-19T14:13:06.000000Z";
  const attributes = {
    store_id: 162893,
    customer_id: 5555081,
    order_id: subscription.order ?? 4903117,
    order_item_id: 1,
    product_id: 1,
    variant_id: 1,
    product_name: "Acme Paint",
    user_email: subscription.email ?? "customer@example.com",
    status: "active",
    renews_at: "2026-11-19T14:13:05.000000Z",
    ends_at: null,
    created_at: at,
    updated_at: at,
    test_mode: subscription.testMode ?? false,
  };
  const object = { type: "subscriptions", id: subscription.id ?? "1126309", attributes };
  return lemonEvent("subscription_created", object, subscription);
}

/** `subscription_payment_success` and its neighbours: a further year of the same price by default. */
export const lemonSubscriptionPayment = (
  payment: LemonSale & { name?: string; subscription?: number; reason?: string } = {},
): Json => {
  const { name = "subscription_payment_success", subscription = 1126309, reason = "renewal" } = payment;
  return lemonEvent(name, invoiceOf(payment, { subscription, reason }), payment);
};
