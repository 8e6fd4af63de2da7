/**
 * Stripe events as Stripe sends them, in both generations of its API. Members follow the object reference of
 * https://docs.stripe.com/api and the types of the `stripe` package; members nobody here reads are kept where they make
 * a body of a real one's size and shape.
 */

/** `acacia` stands for every API version before 2025-03-31, `basil` for that one and all later ones. */
export type StripeGeneration = "acacia" | "basil";

type Json = Record<string, unknown>;

/** What surrounds the object of an event. */
export interface StripeEnvelope {
  eventId?: string;
  createdSeconds?: number;
  generation?: StripeGeneration;
}

/** An event around an object. */
export function stripeEvent(type: string, object: Json, envelope: StripeEnvelope = {}): Json {
  return {
    id: envelope.eventId ?? "evt_1SVC8JHOQNg4XnOM2WgGoBj8",
    object: "event",
    api_version: envelope.generation === "acacia" ? "2025-02-24.acacia" : "2025-08-27.basil",
    created: envelope.createdSeconds ?? 1_763_561_590,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: "req_Xyz", idempotency_key: "0b1a7c62-8d5b-4f4e-9d2e-0c9a3f1d1f10" },
    type,
  };
}

/** What a Checkout Session is about. Amounts are minor units. */
export interface StripeSession extends StripeEnvelope {
  type?: "checkout.session.completed" | "checkout.session.async_payment_succeeded";
  id?: string;
  mode?: "payment" | "subscription" | "setup";
  paymentStatus?: "paid" | "unpaid" | "no_payment_required";
  totalMinor?: number | null;
  taxMinor?: number;
  currency?: string | null;
  reference?: string | null;
  email?: string | null;
  paymentIntent?: string | Json | null;
  invoice?: string | Json | null;
  subscription?: string | Json | null;
  metadata?: Json | null;
  discounts?: Json[] | null;
  /** Members that replace or add to those of the session. */
  more?: Json;
}

/** `checkout.session.completed`: one renewal of 119.00 EUR, 19.00 of it tax, paid by card, unless told otherwise. */
export function stripeCheckoutCompleted(session: StripeSession = {}): Json {
  const total = session.totalMinor === undefined ? 11900 : session.totalMinor;
  const tax = session.taxMinor ?? (total === 11900 ? 1900 : 0);
  const object = {
    id: session.id ?? "cs_test_a1QFLXZqOWxmolFgTrTbRywllLMKKCXtFVqWqlmjYNvd5A3sF4UztRNdAA",
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: true,
    amount_subtotal: total === null ? null : total - tax,
    amount_total: total,
    automatic_tax: { enabled: true, liability: { type: "self" }, provider: "stripe", status: "complete" },
    billing_address_collection: "auto",
    cancel_url: null,
    client_reference_id: session.reference ?? null,
    consent: null,
    created: 1_763_561_400,
    currency: session.currency === undefined ? "eur" : session.currency,
    custom_fields: [],
    customer: "cus_TS6KX04w045BN9",
    customer_creation: "if_required",
    customer_details: {
      address: { city: null, country: "DE", line1: null, line2: null, postal_code: "10115", state: null },
      email: session.email === undefined ? "customer@example.com" : session.email,
      name: "A. Customer",
      phone: null,
      tax_exempt: "none",
      tax_ids: [],
    },
    customer_email: null,
    discounts: session.discounts ?? [],
    expires_at: 1_763_647_800,
    invoice: session.invoice ?? null,
    invoice_creation: { enabled: false, invoice_data: { metadata: {} } },
    livemode: false,
    locale: "auto",
    metadata: session.metadata === undefined ? {} : session.metadata,
    mode: session.mode ?? "payment",
    payment_intent:
      session.paymentIntent === undefined ? "pi_3SVC8GHOQNg4XnOM0abcdEFG" : session.paymentIntent,
    payment_link: "plink_1SVBzzHOQNg4XnOMshared",
    payment_method_types: ["card"],
    payment_status: session.paymentStatus ?? "paid",
    setup_intent: null,
    shipping_cost: null,
    shipping_options: [],
    status: "complete",
    submit_type: "auto",
    subscription: session.subscription ?? null,
    success_url: "https://acme.example/thanks",
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: tax },
    ui_mode: "hosted_page",
    url: null,
    ...session.more,
  };
  return stripeEvent(session.type ?? "checkout.session.completed", object, session);
}

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

/** `invoice.paid`: a year's renewal of 119.00 EUR, 19.00 of it tax, unless told otherwise. */
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
    customer_email: invoice.email === undefined ? "customer@example.com" : invoice.email,
    customer_name: "A. Customer",
    customer_tax_exempt: "none",
    discounts: [],
    ending_balance: 0,
    livemode: false,
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
  payment: StripeEnvelope & { id?: string; invoice?: string; paymentIntent?: string; payment?: Json } = {},
): Json {
  const object = {
    id: payment.id ?? "inpay_1SVC8HHOQNg4XnOMpayment",
    object: "invoice_payment",
    amount_paid: 11900,
    amount_requested: 11900,
    created: 1_763_561_586,
    currency: "eur",
    invoice: payment.invoice ?? "in_1SVC87HOQNg4XnOMdHAlqDva",
    is_default: true,
    livemode: false,
    payment: payment.payment ?? {
      payment_intent: payment.paymentIntent ?? "pi_3SVC8GHOQNg4XnOM0renewal",
      type: "payment_intent",
    },
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: 1_763_561_589 },
  };
  return stripeEvent("invoice_payment.paid", object, payment);
}

/** `charge.refunded`: all of 119.00 EUR, unless told otherwise. `refundedMinor` is all that was refunded so far. */
export function stripeChargeRefunded(
  charge: StripeEnvelope & {
    id?: string;
    amountMinor?: number;
    refundedMinor?: number;
    currency?: string;
    paymentIntent?: string | Json | null;
    invoice?: string | null;
    more?: Json;
  } = {},
): Json {
  const amount = charge.amountMinor ?? 11900;
  const refundedMinor = charge.refundedMinor ?? amount;
  const object = {
    id: charge.id ?? "ch_3SVC8GHOQNg4XnOM0hijkLMN",
    object: "charge",
    amount,
    amount_captured: amount,
    amount_refunded: refundedMinor,
    billing_details: { address: null, email: "customer@example.com", name: "A. Customer", phone: null },
    captured: true,
    created: 1_763_561_588,
    currency: charge.currency ?? "eur",
    customer: "cus_TS6KX04w045BN9",
    disputed: false,
    livemode: false,
    metadata: {},
    paid: true,
    payment_intent: charge.paymentIntent === undefined ? "pi_3SVC8GHOQNg4XnOM0abcdEFG" : charge.paymentIntent,
    refunded: refundedMinor >= amount,
    status: "succeeded",
    ...(charge.generation === "acacia" ? { invoice: charge.invoice ?? null } : {}),
    ...charge.more,
  };
  return stripeEvent("charge.refunded", object, charge);
}

/** `charge.dispute.created`, `.closed` or `.funds_withdrawn`: a chargeback of 119.00 EUR, unless told otherwise. */
export function stripeDispute(
  dispute: StripeEnvelope & {
    type?: `charge.dispute.${"created" | "closed" | "funds_withdrawn" | "updated"}`;
    id?: string;
    status?: string;
    amountMinor?: number;
    currency?: string;
    charge?: string | Json | null;
    paymentIntent?: string | null;
  } = {},
): Json {
  const amount = dispute.amountMinor ?? 11900;
  const object = {
    id: dispute.id ?? "du_1SWxYzHOQNg4XnOMdispute",
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: dispute.charge === undefined ? "ch_3SVC8GHOQNg4XnOM0hijkLMN" : dispute.charge,
    created: 1_763_900_000,
    currency: dispute.currency ?? "eur",
    evidence: { customer_name: null, uncategorized_text: null },
    evidence_details: { due_by: 1_764_600_000, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    network_reason_code: "10.4",
    payment_intent:
      dispute.paymentIntent === undefined ? "pi_3SVC8GHOQNg4XnOM0abcdEFG" : dispute.paymentIntent,
    reason: "fraudulent",
    status: dispute.status ?? "needs_response",
  };
  return stripeEvent(dispute.type ?? "charge.dispute.created", object, dispute);
}
