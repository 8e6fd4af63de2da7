/**
 * Paddle Billing's events as Paddle sends them. Members follow https://developer.paddle.com/webhooks/overview and the
 * types of `@paddle/paddle-node-sdk`; members nobody here reads are kept where they make a body of a real one's shape.
 */

type Json = Record<string, unknown>;

/** What surrounds the entity of an event. */
export interface PaddleEnvelope {
  eventId?: string;
  occurredAt?: string;
}

/** An event around an entity. */
export function paddleEvent(type: string, data: Json, { eventId, occurredAt }: PaddleEnvelope = {}): Json {
  return {
    event_id: eventId ?? "evt_01hv8x2acma2gz7he8kg2s0hna",
    event_type: type,
    occurred_at: occurredAt ?? "2025-11-19T14:13:10.621022Z",
    notification_id: "ntf_01hv8x2af1bqpqnx8nwfvfyppa",
    data,
  };
}

/** What a transaction is about. Amounts are minor units. */
export interface PaddleTransaction extends PaddleEnvelope {
  id?: string;
  origin?: string;
  subscription?: string | null;
  totalMinor?: number;
  taxMinor?: number;
  creditMinor?: number;
  currency?: string;
  customData?: unknown;
  priceData?: unknown;
  discount?: string | null;
  more?: Json;
}

/** `transaction.completed`: a purchase of 119.00 EUR, 19.00 of it tax by default. */
export function paddleTransactionCompleted(transaction: PaddleTransaction = {}): Json {
  const total = transaction.totalMinor ?? 11900;
  const tax = transaction.taxMinor ?? (total === 11900 ? 1900 : 0);
  const credit = transaction.creditMinor ?? 0;
  const currency_code = transaction.currency ?? "EUR";
  const product_id = "pro_01gsz4t5hdjse780zja8vvr7jg";
  const totals = {
    subtotal: String(total - tax),
    discount: "0",
    tax: String(tax),
    total: String(total),
    credit: String(credit),
    credit_to_balance: "0",
    balance: "0",
    grand_total: String(total - credit),
    fee: "645",
    earnings: "9355",
    currency_code,
  };
  const data = {
    id: transaction.id ?? "txn_01hv8wptq8987qeep44cyrewp9",
    status: "completed",
    customer_id: "ctm_01hv6y1jedq4p1n0yqn5ba3ky4",
    address_id: "add_01hv8gq3318ktkfengj2r75gfx",
    business_id: null,
    custom_data: transaction.customData ?? null,
    currency_code,
    origin: transaction.origin ?? "web",
    subscription_id: transaction.subscription ?? null,
    invoice_id: "inv_01hv8x29nsh54c2pgt0hnq0zkx",
    invoice_number: "325-10566",
    collection_mode: "automatic",
    discount_id: transaction.discount ?? null,
    billing_details: null,
    billing_period: { starts_at: "2025-11-19T14:13:10.1Z", ends_at: "2026-11-19T14:13:10.1Z" },
    items: [
      {
        price: {
          id: "pri_01gsz8x8sawmvhz1pv30nge1ke",
          product_id,
          description: "One year",
          custom_data: transaction.priceData ?? null,
          unit_price: { amount: String(total - tax), currency_code },
        },
        price_id: "pri_01gsz8x8sawmvhz1pv30nge1ke",
        quantity: 1,
        proration: null,
      },
    ],
    details: {
      totals,
      adjusted_totals: totals,
      payout_totals: null,
      tax_rates_used: [{ tax_rate: "0.19", totals: { tax: totals.tax, total: totals.total } }],
      line_items: [
        {
          id: "txnitm_01hv8wt98jahpbm1t1tzr06z6n",
          quantity: 1,
          price_id: "pri_01gsz8x8sawmvhz1pv30nge1ke",
          product: { id: product_id, name: "Acme Paint", custom_data: null },
        },
      ],
    },
    payments: [
      {
        payment_attempt_id: "937640dd-e3dc-40df-a16c-bb75aafd8f71",
        amount: totals.grand_total,
        status: "captured",
        method_details: { type: "card", card: { type: "visa", last4: "3184" } },
      },
    ],
    checkout: { url: "https://acme.example/pay?_ptxn=txn_01hv8wptq8987qeep44cyrewp9" },
    created_at: "2025-11-19T14:12:52.1Z",
    updated_at: "2025-11-19T14:13:10.1Z",
    billed_at: "2025-11-19T14:13:05.1Z",
    revised_at: null,
    ...transaction.more,
  };
  return paddleEvent("transaction.completed", data, transaction);
}

/** What an adjustment is about. Amounts are minor units, tax included. */
export interface PaddleAdjustment extends PaddleEnvelope {
  type?: "adjustment.created" | "adjustment.updated";
  id?: string;
  action?: string;
  status?: string;
  transaction?: string;
  totalMinor?: number;
  subtotalMinor?: number;
  currency?: string;
}

/** `adjustment.updated`: an approved refund of 119.00 EUR by default. */
export function paddleAdjustment(adjustment: PaddleAdjustment = {}): Json {
  const total = adjustment.totalMinor ?? 11900;
  const subtotal = adjustment.subtotalMinor ?? Math.round(total / 1.19);
  const currency_code = adjustment.currency ?? "EUR";
  const amounts = { subtotal: String(subtotal), tax: String(total - subtotal), total: String(total) };
  const data = {
    id: adjustment.id ?? "adj_01hvgf2s84dr6reszzg29zbvcm",
    action: adjustment.action ?? "refund",
    type: "partial",
    transaction_id: adjustment.transaction ?? "txn_01hv8wptq8987qeep44cyrewp9",
    subscription_id: null,
    customer_id: "ctm_01hv6y1jedq4p1n0yqn5ba3ky4",
    reason: "requested_by_customer",
    credit_applied_to_balance: null,
    currency_code,
    status: adjustment.status ?? "approved",
    items: [
      {
        id: "adjitm_01hvgf2s84dr6reszzg2gx70gj",
        item_id: "txnitm_01hv8wt98jahpbm1t1tzr06z6n",
        type: "partial",
        amount: amounts.total,
        proration: null,
        totals: amounts,
      },
    ],
    totals: { ...amounts, fee: "0", retained_fee: "0", earnings: amounts.subtotal, currency_code },
    payout_totals: { ...amounts, fee: "0", earnings: amounts.subtotal, currency_code },
    tax_rates_used: [{ tax_rate: "0.19", totals: amounts }],
    created_at: "2025-11-20T09:00:00.1Z",
    updated_at: "2025-11-20T09:10:00.1Z",
  };
  return paddleEvent(adjustment.type ?? "adjustment.updated", data, adjustment);
}
