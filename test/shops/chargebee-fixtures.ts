/**
 * Chargebee's events as Chargebee sends them. Members follow https://apidocs.chargebee.com/docs/api/events and its
 * neighbours; members nobody here reads are kept where they make a body of a real one's shape.
 */

type Json = Record<string, unknown>;

/** What surrounds the content of an event. */
export interface ChargebeeEnvelope {
  eventId?: string;
  occurredAtSeconds?: number;
}

/** An event around its content. */
export const chargebeeEvent = (type: string, content: Json, envelope: ChargebeeEnvelope = {}): Json => ({
  id: envelope.eventId ?? "ev_169vvoU3YUvqS75n",
  occurred_at: envelope.occurredAtSeconds ?? 1_763_561_590,
  source: "hosted_page",
  object: "event",
  api_version: "v2",
  content,
  event_type: type,
  webhook_status: "scheduled",
  webhooks: [{ id: "whv2_169vvoU3YUvqT", webhook_status: "scheduled", object: "webhook" }],
});

/** What a payment's invoice is about. Amounts are minor units. */
export interface ChargebeePayment extends ChargebeeEnvelope {
  invoice?: string | null;
  status?: string;
  totalMinor?: number;
  taxMinor?: number;
  paidMinor?: number;
  currency?: string;
  gateway?: string;
  subscription?: string | null;
  first?: boolean;
  recurring?: boolean;
  fields?: Json;
  metaData?: Json;
  invoiceFields?: Json;
  discounts?: Json[];
}

/** `payment_succeeded`: the first invoice of a subscription, 119.00 EUR, 19.00 of it tax by default. */
export function chargebeePaymentSucceeded(payment: ChargebeePayment = {}): Json {
  const total = payment.totalMinor ?? 11_900;
  const tax = payment.taxMinor ?? (total === 11_900 ? 1_900 : 0);
  const paid = payment.paidMinor ?? total;
  const currency_code = payment.currency ?? "EUR";
  const id = payment.invoice ?? "INV-1042";
  const subscription = payment.subscription === undefined ? "169vvoU3YUvoI75i" : payment.subscription;
  const customer_id = "16CRpYTwv1YYb63b";
  const invoice = {
    id,
    customer_id,
    ...(subscription === null ? {} : { subscription_id: subscription }),
    recurring: payment.recurring ?? true,
    status: payment.status ?? "paid",
    price_type: "tax_exclusive",
    date: 1_763_561_580,
    due_date: 1_763_561_580,
    net_term_days: 0,
    exchange_rate: 1,
    total,
    amount_paid: paid,
    amount_adjusted: 0,
    write_off_amount: 0,
    credits_applied: total - paid,
    amount_due: 0,
    paid_at: 1_763_561_590,
    first_invoice: payment.first ?? true,
    currency_code,
    tax,
    sub_total: total - tax,
    line_items: [
      {
        id: "li_169vvoU3YUvpW",
        subscription_id: subscription,
        unit_amount: total - tax,
        quantity: 1,
        amount: total - tax,
        tax_amount: tax,
        entity_type: "plan_item_price",
        entity_id: "acme-paint-EUR-Yearly",
        object: "line_item",
      },
    ],
    billing_address: {
      first_name: "A.",
      city: "Wien",
      zip: "1010",
      country: "AT",
      object: "billing_address",
    },
    discounts: payment.discounts ?? [],
    taxes: [{ object: "tax", name: "VAT", amount: tax }],
    linked_payments: [{ txn_id: "txn_169vvoU3YUvpz75l", applied_amount: paid, txn_status: "success" }],
    issued_credit_notes: [],
    object: "invoice",
    ...payment.invoiceFields,
  };
  const content = {
    transaction: {
      id: "txn_169vvoU3YUvpz75l",
      customer_id,
      payment_method: "card",
      gateway: payment.gateway ?? "stripe",
      type: "payment",
      date: 1_763_561_589,
      exchange_rate: 1,
      amount: paid,
      id_at_gateway: "pi_3SVC8GHOQNg4XnOM0abcdEFG",
      status: "success",
      currency_code,
      object: "transaction",
      linked_invoices: [
        { invoice_id: id, applied_amount: paid, invoice_total: total, invoice_status: "paid" },
      ],
      linked_refunds: [],
    },
    ...(payment.invoice === null ? {} : { invoice }),
    customer: {
      id: customer_id,
      first_name: "A.",
      last_name: "Customer",
      email: "customer@example.com",
      object: "customer",
    },
    ...(subscription === null
      ? {}
      : {
          subscription: {
            id: subscription,
            billing_period: 1,
            billing_period_unit: "year",
            customer_id,
            status: "active",
            currency_code,
            object: "subscription",
            ...(payment.metaData === undefined ? {} : { meta_data: payment.metaData }),
            ...payment.fields,
          },
        }),
  };
  return chargebeeEvent("payment_succeeded", content, payment);
}

/** An event about an invoice alone, such as `invoice_updated`. Amounts as above. */
export const chargebeeInvoiceEvent = (
  type: string,
  more: Json = {},
  envelope: ChargebeeEnvelope = {},
): Json => {
  const invoice = {
    id: "INV-1042",
    status: "paid",
    currency_code: "EUR",
    total: 11_900,
    tax: 1_900,
    amount_paid: 11_900,
    paid_at: 1_763_561_590,
    linked_payments: [{ txn_id: "txn_169vvoU3YUvpz75l", txn_status: "success" }],
    object: "invoice",
    ...more,
  };
  return chargebeeEvent(type, { invoice }, envelope);
};

/** `payment_refunded`: all of 119.00 EUR by default. */
export function chargebeePaymentRefunded(
  refund: ChargebeeEnvelope & {
    id?: string;
    invoice?: string | null;
    amountMinor?: number;
    currency?: string;
    gateway?: string;
    /** Another type of event about the same transaction. */
    name?: string;
    transaction?: Json;
    note?: Json;
  } = {},
): Json {
  const amount = refund.amountMinor ?? 11_900;
  const currency_code = refund.currency ?? "EUR";
  const invoice = refund.invoice === undefined ? "INV-1042" : refund.invoice;
  const content = {
    transaction: {
      id: refund.id ?? "txn_169vvoU3YUvr976a",
      customer_id: "16CRpYTwv1YYb63b",
      gateway: refund.gateway ?? "stripe",
      type: "refund",
      date: 1_763_661_589,
      amount,
      status: "success",
      reference_transaction_id: "txn_169vvoU3YUvpz75l",
      currency_code,
      object: "transaction",
      linked_credit_notes: [
        { cn_id: "CN-17", applied_amount: amount, cn_total: amount, cn_status: "refunded" },
      ],
      ...refund.transaction,
    },
    ...(invoice === null
      ? {}
      : {
          credit_note: {
            id: "CN-17",
            customer_id: "16CRpYTwv1YYb63b",
            reference_invoice_id: invoice,
            type: "refundable",
            reason_code: "product_unsatisfactory",
            status: "refunded",
            total: amount,
            amount_refunded: amount,
            currency_code,
            object: "credit_note",
            ...refund.note,
          },
        }),
    customer: { id: "16CRpYTwv1YYb63b", email: "customer@example.com", object: "customer" },
  };
  return chargebeeEvent(refund.name ?? "payment_refunded", content, refund);
}
