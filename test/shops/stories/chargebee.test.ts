import {
  chargebeeInvoiceEvent,
  chargebeePaymentRefunded,
  chargebeePaymentSucceeded,
} from "../chargebee-fixtures.ts";
import { playStories } from "./story.ts";

const at = (day: number) => ({ occurredAtSeconds: 1_763_561_590 + day * 86_400, eventId: `ev_${day}` });
const sold = (reference: string, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(0), fields: { cf_reference: reference }, ...more });
const back = (day: number, more: object = {}) => chargebeePaymentRefunded({ ...at(day), ...more });
const invoice = (day: number, more: Record<string, unknown>) =>
  chargebeeInvoiceEvent("invoice_updated", more, at(day));
const order = (earnedMinor: number, more: object = {}) => [{ order: "INV-1042", earnedMinor, ...more }];
const noted = (net: number, tax: number, line = "li_169vvoU3YUvpW") => ({
  amountMinor: net + tax,
  note: { total: net + tax, line_items: [{ reference_line_item_id: line, amount: net, tax_amount: tax }] },
});
const line = {
  id: "li_1",
  entity_type: "plan_item_price",
  entity_id: "paint",
  amount: 6000,
  tax_amount: 1140,
};
const line_items = [
  line,
  { ...line, id: "li_2", entity_type: "addon_item_price", amount: 4000, tax_amount: 760 },
];
const name = "transaction_updated";

playStories("chargebee", [
  { name: "a purchase", tells: (ref) => [sold(ref)], ends: order(1000, { netMinor: 10_000, cycle: "new" }) },
  {
    name: "the tax alone goes back",
    tells: (ref) => [sold(ref), back(1, noted(0, 1900))],
    ends: order(1000),
  },
  { name: "half goes back", tells: (ref) => [sold(ref), back(1, noted(5000, 950))], ends: order(500) },
  {
    name: "a refund without a credit note's lines",
    tells: (ref) => [sold(ref), back(1, { amountMinor: 5950 })],
    ends: order(500),
  },
  {
    name: "a line of a cart goes back",
    tells: (ref) => [sold(ref, { invoiceFields: { line_items } }), back(1, noted(4000, 760, "li_2"))],
    ends: order(600, { lostOfLines: [0, 4000] }),
  },
  {
    name: "a refund that fails",
    tells: (ref) => [
      sold(ref),
      back(1, { name: "refund_initiated", transaction: { status: "in_progress" } }),
      back(2, { name, transaction: { status: "failure" } }),
    ],
    ends: order(1000),
  },
  {
    name: "a refund that is voided, and another one",
    tells: (ref) => [
      sold(ref),
      back(1),
      back(2, { name, transaction: { status: "voided" } }),
      back(3, { id: "txn_2", amountMinor: 1190 }),
    ],
    ends: order(900),
  },
  {
    name: "a refund entered by hand and deleted",
    tells: (ref) => [
      sold(ref),
      back(1, { name: "transaction_created" }),
      back(2, { name: "transaction_deleted" }),
    ],
    ends: order(1000),
  },
  {
    name: "a paid invoice is voided",
    tells: (ref) => [sold(ref), invoice(1, { status: "voided" })],
    ends: order(0),
  },
  {
    name: "a payment comes back, and is made again",
    tells: (ref) => [
      sold(ref),
      invoice(1, { status: "payment_due" }),
      invoice(2, { linked_payments: [{ txn_status: "failure" }, { txn_status: "success" }] }),
    ],
    ends: order(1000),
  },
  {
    name: "credits pay half",
    tells: (ref) => [sold(ref, { paidMinor: 5950 })],
    ends: order(500, { netMinor: 5000, taxMinor: 950 }),
  },
  {
    name: "a discount by line, and one on the whole, half of it refunded",
    tells: (ref) => [
      sold(ref, {
        totalMinor: 9520,
        taxMinor: 1520,
        invoiceFields: { line_items: [{ ...line, amount: 10_000, discount_amount: 2000, tax_amount: 1520 }] },
      }),
      back(2, { ...noted(4000, 760, "li_1") }),
    ],
    ends: order(400, { netMinor: 8000, lostOfLines: [4000] }),
  },
  {
    name: "prices with their tax, a line of a cart refunded",
    tells: (ref) => [
      sold(ref, {
        invoiceFields: {
          price_type: "tax_inclusive",
          line_items: [
            { ...line, amount: 7140 },
            { ...line, id: "li_2", amount: 4760, tax_amount: 760 },
          ],
        },
      }),
      back(2, {
        amountMinor: 4760,
        note: {
          total: 4760,
          price_type: "tax_inclusive",
          line_items: [{ reference_line_item_id: "li_2", amount: 4760, tax_amount: 760 }],
        },
      }),
    ],
    ends: order(600, { netMinor: 10_000, lostOfLines: [0, 4000] }),
  },
  {
    name: "two payments for one invoice, told twice by another id",
    tells: (ref) => [
      sold(ref, { status: "payment_due", paidMinor: 5000 }),
      sold(ref, { ...at(2), eventId: "ev_2" }),
      sold(ref, { ...at(2), eventId: "ev_2_again" }),
    ],
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "a part that was written off, and a part that a credit note took off before it was paid",
    tells: (ref) => [
      sold(ref, { paidMinor: 8330, invoiceFields: { write_off_amount: 1190, credits_applied: 2380 } }),
    ],
    ends: order(700, { netMinor: 7000, taxMinor: 1330 }),
  },
  {
    name: "a chargeback after a refund of half, which takes more than is left",
    tells: (ref) => [
      sold(ref),
      back(1, noted(5000, 950)),
      back(9, { id: "txn_9", transaction: { type: "payment_reversal", linked_credit_notes: [] } }),
    ],
    ends: order(0),
  },
  {
    name: "yen, refunded in two parts of which one fails",
    tells: (ref) => [
      sold(ref, { currency: "JPY" }),
      back(1, { id: "txn_1", currency: "JPY", amountMinor: 2380 }),
      back(2, { id: "txn_2", currency: "JPY", amountMinor: 1190 }),
      back(3, {
        id: "txn_1",
        currency: "JPY",
        amountMinor: 2380,
        name,
        transaction: { status: "failure" },
      }),
    ],
    ends: order(900, { currency: "JPY" }),
  },
  {
    name: "a larger plan in mid-term, and a term after a pause, by the subscription's own note",
    tells: (ref) => [
      sold(ref),
      sold(ref, {
        ...at(90),
        invoice: "INV-2",
        recurring: false,
        first: false,
        totalMinor: 5950,
        taxMinor: 950,
      }),
      sold(ref, { ...at(500), invoice: "INV-3", first: false }),
    ],
    ends: [
      ...order(1000),
      { order: "INV-2", earnedMinor: 500, cycle: "renewal" },
      { order: "INV-3", earnedMinor: 1000, cycle: "renewal" },
    ],
  },
  {
    name: "an invoice of the test gateway, and one that credits paid alone",
    tells: (ref) => [
      sold(ref, { invoice: "INV-8", gateway: "chargebee" }),
      sold(ref, { ...at(1), paidMinor: 0 }),
    ],
    ends: [...order(0, { netMinor: 0 }), { order: "INV-8", earnedMinor: 0, unknown: true }],
  },
]);
