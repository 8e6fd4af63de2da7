import { type Json, type StripeEnvelope, stripeEvent } from "./stripe-event-fixture.ts";

/** What an invoice is about. Amounts are minor units. */
export interface StripeInvoice extends StripeEnvelope {
  id?: string;
  billingReason?: string | null;
  totalMinor?: number;
  taxMinor?: number;
  amountDueMinor?: number;
  amountPaidMinor?: number;
  currency?: string;
  email?: string | null;
  subscription?: string | null;
  paymentIntent?: string;
  charge?: string;
  metadata?: Json | null;
  subscriptionMetadata?: Json | null;
  more?: Json;
}

/** `invoice.paid`: a year's renewal of 119.00 EUR, 19.00 of it tax by default. */
export function stripeInvoicePaid(invoice: StripeInvoice = {}): Json {
  const total = invoice.totalMinor ?? 11900;
  const due = invoice.amountDueMinor ?? Math.max(total, 0);
  const object = {
    id: invoice.id ?? "in_1SVC87HOQNg4XnOMdHAlqDva",
    object: "invoice",
    account_country: "DE",
    account_name: "Acme Paint",
    amount_due: due,
    amount_paid: invoice.amountPaidMinor ?? due,
    amount_remaining: 0,
    amount_shipping: 0,
    attempt_count: 1,
    attempted: true,
    auto_advance: false,
    billing_reason: invoice.billingReason === undefined ? "subscription_cycle" : invoice.billingReason,
    collection_method: "charge_automatically",
    created: 1_763_557_980,
    currency: invoice.currency ?? "eur",
    custom_fields: null,
    customer: "cus_TS6KX04w045BN9",
    customer_address: {
      city: null,
      country: "AT",
      line1: null,
      line2: null,
      postal_code: "1010",
      state: null,
    },
    customer_email: invoice.email === undefined ? "customer@example.com" : invoice.email,
    customer_name: "A. Customer",
    customer_tax_exempt: "none",
    discounts: [],
    ending_balance: 0,
    livemode: true,
    metadata: invoice.metadata === undefined ? {} : invoice.metadata,
    number: "ACME-0007",
    period_end: 1_763_557_980,
    period_start: 1_732_021_980,
    starting_balance: 0,
    status: "paid",
    subtotal: total - (invoice.taxMinor ?? 1900),
    total,
    ...(invoice.generation === "acacia" ? olderInvoice(invoice) : newerInvoice(invoice, total)),
    ...invoice.more,
  };
  return stripeEvent("invoice.paid", object, invoice);
}

const subscriptionOf = (invoice: StripeInvoice) =>
  invoice.subscription === undefined ? "sub_1SiWhdKxWWXl12QBvneJqzRY" : invoice.subscription;

function olderInvoice(invoice: StripeInvoice): Json {
  const tax = invoice.taxMinor ?? 1900;
  const subscription = subscriptionOf(invoice);
  return {
    charge: invoice.charge ?? "ch_3SVC8GHOQNg4XnOM0hijkLMN",
    payment_intent: invoice.paymentIntent ?? "pi_3SVC8GHOQNg4XnOM0renewal",
    paid: true,
    paid_out_of_band: false,
    subscription,
    subscription_details: subscription === null ? null : { metadata: invoice.subscriptionMetadata ?? {} },
    tax,
    total_tax_amounts: [{ amount: tax, inclusive: false, tax_rate: "txr_1", taxable_amount: 10000 }],
    lines: {
      object: "list",
      data: [
        { id: "il_1", object: "line_item", amount: 10000, metadata: {}, subscription, type: "subscription" },
      ],
      has_more: false,
    },
  };
}

function newerInvoice(invoice: StripeInvoice, total: number): Json {
  const tax = invoice.taxMinor ?? 1900;
  const subscription = subscriptionOf(invoice);
  const details = { metadata: invoice.subscriptionMetadata ?? {}, subscription };
  return {
    amount_overpaid: 0,
    confirmation_secret: null,
    parent:
      subscription === null
        ? null
        : { quote_details: null, subscription_details: details, type: "subscription_details" },
    total_excluding_tax: total - tax,
    total_taxes: [
      {
        amount: tax,
        tax_behavior: "exclusive",
        tax_rate_details: { tax_rate: "txr_1" },
        taxability_reason: "standard_rated",
        taxable_amount: total - tax,
        type: "tax_rate_details",
      },
    ],
    lines: {
      object: "list",
      data: [
        {
          id: "il_1",
          object: "line_item",
          amount: total - tax,
          metadata: {},
          parent: {
            invoice_item_details: null,
            subscription_item_details: { proration: false, subscription, subscription_item: "si_1" },
            type: "subscription_item_details",
          },
        },
      ],
      has_more: false,
    },
  };
}

/** `invoice_payment.paid`, sent from the newer API on: which payment paid the invoice. */
export function stripeInvoicePaymentPaid(
  payment: StripeEnvelope & {
    id?: string;
    invoice?: string;
    paymentIntent?: string;
    payment?: Json;
    amountMinor?: number;
    currency?: string;
  } = {},
): Json {
  const object = {
    id: payment.id ?? "inpay_1SVC8HHOQNg4XnOMpayment",
    object: "invoice_payment",
    amount_paid: payment.amountMinor ?? 11900,
    amount_requested: payment.amountMinor ?? 11900,
    created: 1_763_561_586,
    currency: payment.currency ?? "eur",
    invoice: payment.invoice ?? "in_1SVC87HOQNg4XnOMdHAlqDva",
    is_default: true,
    livemode: true,
    payment: payment.payment ?? {
      payment_intent: payment.paymentIntent ?? "pi_3SVC8GHOQNg4XnOM0renewal",
      type: "payment_intent",
    },
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: 1_763_561_589 },
  };
  return stripeEvent("invoice_payment.paid", object, payment);
}
