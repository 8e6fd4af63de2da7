import {
  chargebeeInvoiceEvent,
  chargebeePaymentRefunded,
  chargebeePaymentSucceeded,
} from "../chargebee-fixtures.ts";

/** The envelope of the event that happens so many days after the first. */
export const at = (day: number, name = "") => ({
  occurredAtSeconds: 1_763_561_590 + day * 86_400,
  eventId: `ev_${name}${day}`,
});
/** The first sale: an invoice of 100.00 without tax. */
export const sold = (reference: string, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(0), fields: { cf_reference: reference }, ...more });
/** A later invoice of the same subscription. */
export const further = (id: string, day: number, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(day, id), invoice: id, first: false, ...more });
/** A refund, of the first invoice by default. */
export const back = (day: number, more: object = {}) =>
  chargebeePaymentRefunded({ ...at(day, "back"), ...more });
/** The first invoice as it now stands. */
export const invoice = (day: number, more: Record<string, unknown>) =>
  chargebeeInvoiceEvent("invoice_updated", more, at(day, "invoice"));
/** The first invoice, by what it still earns. */
export const order = (earnedMinor: number, more: object = {}) => [
  { order: "INV-1042", earnedMinor, ...more },
];
/** A later one, by what it still earns. */
export const of = (id: string, earnedMinor: number, more: object = {}) => ({
  order: id,
  earnedMinor,
  ...more,
});
