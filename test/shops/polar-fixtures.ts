/**
 * Polar's events as Polar sends them. Members follow https://polar.sh/docs/api-reference/webhooks/order.paid and the
 * types of `@polar-sh/sdk`.
 */

type Json = Record<string, unknown>;

/** What an order is about. Amounts are minor units; what was refunded is all so far. */
export interface PolarOrder {
  at?: string;
  id?: string;
  billingReason?: string;
  netMinor?: number;
  taxMinor?: number;
  balanceMinor?: number;
  refundedMinor?: number;
  refundedTaxMinor?: number;
  currency?: string;
  subscription?: string | null;
  metadata?: Json;
  productMetadata?: Json;
  email?: string | null;
  code?: string | null;
  more?: Json;
}

/** `order.paid`: a purchase of 119.00 EUR, 19.00 of it tax by default. */
export const polarOrderPaid = (order: PolarOrder = {}): Json => polarEvent("order.paid", order);

/** `order.refunded`: all of 119.00 EUR by default. */
export const polarOrderRefunded = (order: PolarOrder = {}): Json =>
  polarEvent("order.refunded", { refundedMinor: 10000, refundedTaxMinor: 1900, ...order });

/** What a refund of an order is about. Amounts are minor units, `at` is when its event was made. */
export interface PolarRefund {
  at?: string;
  id?: string;
  order?: string;
  status?: string;
  amountMinor?: number;
  taxMinor?: number;
  currency?: string;
}

/** `refund.updated`: all of 119.00 EUR has gone back by default. */
export function polarRefundUpdated(refund: PolarRefund = {}, type = "refund.updated"): Json {
  const created_at = "2025-11-20T14:13:05.123456Z";
  const data = {
    created_at,
    modified_at: null,
    metadata: {},
    id: refund.id ?? "a1b2c3d4-8400-4d80-a2fc-54c2b4239cb3",
    status: refund.status ?? "succeeded",
    reason: "customer_request",
    amount: refund.amountMinor ?? 10000,
    tax_amount: refund.taxMinor ?? 1900,
    currency: refund.currency ?? "eur",
    organization_id: "1dbfc517-0bbf-4301-9ba8-555ca42b9737",
    order_id: refund.order ?? "57107b74-8400-4d80-a2fc-54c2b4239cb3",
    subscription_id: null,
    customer_id: "992fae2a-2a17-4b7a-8d9e-e287cf90131b",
    revoke_benefits: false,
    dispute: null,
  };
  return { type, timestamp: refund.at ?? created_at, data };
}

/** An event of any type about an order. */
export function polarEvent(type: string, order: PolarOrder = {}): Json {
  return { type, timestamp: order.at ?? "2025-11-19T14:13:10.123456Z", data: polarOrder(order) };
}

function polarOrder(order: PolarOrder): Json {
  const net = order.netMinor ?? 10000;
  const tax = order.taxMinor ?? 1900;
  const created_at = "2025-11-19T14:13:05.123456Z";
  const product_id = "9b5a2f0e-6c0d-4f6f-8d7e-0b2a5f1f3c11";
  const customer_id = "992fae2a-2a17-4b7a-8d9e-e287cf90131b";
  const subscription_id = order.subscription ?? null;
  return {
    created_at,
    modified_at: null,
    id: order.id ?? "57107b74-8400-4d80-a2fc-54c2b4239cb3",
    status: order.refundedMinor ? "refunded" : "paid",
    paid: true,
    subtotal_amount: net,
    discount_amount: 0,
    net_amount: net,
    tax_amount: tax,
    total_amount: net + tax,
    applied_balance_amount: order.balanceMinor ?? 0,
    due_amount: 0,
    refunded_amount: order.refundedMinor ?? 0,
    refunded_tax_amount: order.refundedTaxMinor ?? 0,
    currency: order.currency ?? "eur",
    billing_reason: order.billingReason ?? "purchase",
    billing_name: "A. Customer",
    billing_address: { country: "DE", line1: null, line2: null, postal_code: "10115", city: null },
    invoice_number: "ACME-AB12-0001",
    is_invoice_generated: true,
    customer_id,
    product_id,
    discount_id: null,
    subscription_id,
    checkout_id: "67107b74-8400-4d80-a2fc-54c2b4239cb4",
    metadata: order.metadata ?? {},
    custom_field_data: {},
    platform_fee_amount: 500,
    platform_fee_currency: "eur",
    customer: {
      id: customer_id,
      created_at,
      modified_at: null,
      metadata: {},
      external_id: null,
      email: order.email === undefined ? "customer@example.com" : order.email,
      email_verified: true,
      name: "A. Customer",
      organization_id: "1dbfc517-0bbf-4301-9ba8-555ca42b9737",
      deleted_at: null,
    },
    product: {
      metadata: order.productMetadata ?? {},
      id: product_id,
      created_at,
      modified_at: null,
      name: "Acme Paint",
      is_recurring: subscription_id !== null,
      is_archived: false,
      organization_id: "1dbfc517-0bbf-4301-9ba8-555ca42b9737",
    },
    discount: order.code ? { id: "d9b1", name: "Summer", code: order.code, type: "percentage" } : null,
    subscription: null,
    items: [
      {
        created_at,
        id: "i1",
        label: "One year",
        amount: net,
        tax_amount: tax,
        proration: false,
        product_price_id: "price_1",
      },
    ],
    description: "Acme Paint",
    refundable_amount: net - (order.refundedMinor ?? 0),
    refundable_tax_amount: tax - (order.refundedTaxMinor ?? 0),
    ...order.more,
  };
}
