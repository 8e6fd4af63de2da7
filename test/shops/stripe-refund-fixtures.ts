import { type Json, type StripeEnvelope, stripeEvent } from "./stripe-event-fixture.ts";

/** `refund.updated`, or another event of one refund: all of 119.00 EUR, done by default. */
export function stripeRefund(
  refund: StripeEnvelope & {
    type?: "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated";
    id?: string;
    charge?: string | null;
    paymentIntent?: string | null;
    amountMinor?: number;
    currency?: string;
    status?: string;
    createdAtSeconds?: number;
  } = {},
): Json {
  const object = {
    id: refund.id ?? "re_1",
    object: "refund",
    amount: refund.amountMinor ?? 11900,
    balance_transaction: "txn_1",
    charge: refund.charge === undefined ? "ch_1" : refund.charge,
    created: refund.createdAtSeconds ?? 1_763_561_500,
    currency: refund.currency ?? "eur",
    metadata: {},
    payment_intent:
      refund.paymentIntent === undefined ? (refund.charge === null ? null : "pi_1") : refund.paymentIntent,
    reason: "requested_by_customer",
    status: refund.status ?? "succeeded",
  };
  return stripeEvent(refund.type ?? "refund.updated", object, refund);
}

/** `credit_note.created`: 119.00 EUR of an invoice, given back by bank transfer by default. */
export function stripeCreditNote(
  note: StripeEnvelope & {
    type?: "credit_note.created" | "credit_note.updated" | "credit_note.voided";
    outsideMinor?: number;
    status?: string;
  } = {},
): Json {
  const object = {
    id: "cn_1",
    object: "credit_note",
    invoice: "in_1",
    currency: "eur",
    amount: 11900,
    total: 11900,
    total_excluding_tax: 10000,
    total_taxes: [{ amount: 1900 }],
    out_of_band_amount: note.outsideMinor ?? 11900,
    refunds: [],
    status: note.status ?? "issued",
    type: "post_payment",
  };
  return stripeEvent(note.type ?? "credit_note.created", object, note);
}
