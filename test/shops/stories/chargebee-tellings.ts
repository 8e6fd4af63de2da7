import {
  chargebeeInvoiceEvent,
  chargebeePaymentRefunded,
  chargebeePaymentSucceeded,
} from "../chargebee-fixtures.ts";

export const at = (day: number, name = "") => ({
  ...{ occurredAtSeconds: 1_763_561_590 + day * 86_400, eventId: `ev_${name}${day}` },
});
export const sold = (reference: string, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(0), fields: { cf_reference: reference }, ...more });
export const further = (id: string, day: number, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(day, id), invoice: id, first: false, ...more });
export const back = (day: number, more: object = {}) =>
  chargebeePaymentRefunded({ ...at(day, "back"), ...more });
export const failed = (day: number, more: object = {}) =>
  back(day, { name: "transaction_updated", transaction: { status: "failure" }, ...more });
export const invoice = (day: number, more: Record<string, unknown>) =>
  chargebeeInvoiceEvent("invoice_updated", more, at(day, "invoice"));
/** A chargeback, which takes the payment of an invoice back. */
export const reversed = (day: number, id: string, invoice_id: string, more: object = {}) =>
  back(day, {
    ...{ id, name: "transaction_created", invoice: null },
    transaction: {
      ...{ type: "payment_reversal", date: at(day).occurredAtSeconds, linked_credit_notes: [] },
      linked_invoices: [{ invoice_id }],
    },
    ...more,
  });
export const again = (id: string) => [
  { txn_id: "txn_169vvoU3YUvpz75l", txn_status: "success" },
  { txn_id: id, txn_status: "success" },
];
export const order = (earnedMinor: number, more: object = {}) => [
  { order: "INV-1042", earnedMinor, ...more },
];
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});
export const items = [
  { id: "li_a", entity_type: "plan_item_price", entity_id: "plan", amount: 6000, tax_amount: 1140 },
  { id: "li_b", entity_type: "addon_item_price", entity_id: "seats", amount: 4000, tax_amount: 760 },
];
