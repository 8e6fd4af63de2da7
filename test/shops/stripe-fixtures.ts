/** Builders of every Stripe event the receiver reads; `stripe-event-fixture.ts` tells where their shapes come from. */

import { type Json, type StripeEnvelope, stripeEvent } from "./stripe-event-fixture.ts";

export * from "./stripe-event-fixture.ts";
export * from "./stripe-invoice-fixtures.ts";

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

/** `checkout.session.completed`: one renewal of 119.00 EUR, 19.00 of it tax, paid by card by default. */
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
    livemode: true,
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

/** `charge.refunded`: all of 119.00 EUR by default. `refundedMinor` is all that was refunded so far. */
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
    livemode: true,
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

/** `charge.dispute.created`, `.closed` or another: a chargeback of 119.00 EUR by default. */
export function stripeDispute(
  dispute: StripeEnvelope & {
    type?: `charge.dispute.${"created" | "closed" | "funds_withdrawn" | "funds_reinstated" | "updated"}`;
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
    livemode: true,
    metadata: {},
    network_reason_code: "10.4",
    payment_intent:
      dispute.paymentIntent === undefined ? "pi_3SVC8GHOQNg4XnOM0abcdEFG" : dispute.paymentIntent,
    reason: "fraudulent",
    status: dispute.status ?? "needs_response",
  };
  return stripeEvent(dispute.type ?? "charge.dispute.created", object, dispute);
}
