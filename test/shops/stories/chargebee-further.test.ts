import {
  chargebeeEvent,
  chargebeeInvoiceEvent,
  chargebeePaymentRefunded,
  chargebeePaymentSucceeded,
} from "../chargebee-fixtures.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

const at = (day: number, name = "") => ({
  occurredAtSeconds: 1_763_561_590 + day * 86_400,
  eventId: `ev_${name}${day}`,
});
const sold = (reference: string, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(0), fields: { cf_reference: reference }, ...more });
const back = (day: number, more: object = {}) => chargebeePaymentRefunded({ ...at(day, "back"), ...more });
const invoice = (day: number, more: Json) =>
  chargebeeInvoiceEvent("invoice_updated", more, at(day, "invoice"));
const order = (earnedMinor: number, more: object = {}) => [{ order: "INV-1042", earnedMinor, ...more }];
const of = (id: string, earnedMinor: number, more: object = {}) => ({ order: id, earnedMinor, ...more });
const further = (id: string, day: number, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(day, id), invoice: id, first: false, ...more });
const reversed = (day: number, id: string, type = "transaction_created") =>
  back(day, { id, name: type, invoice: null, transaction: reversedOn(day) });
const name = "transaction_updated";
const reversedOn = (day: number) => ({
  type: "payment_reversal",
  date: at(day).occurredAtSeconds,
  linked_credit_notes: [],
  linked_invoices: [{ invoice_id: "INV-1042" }],
});
const twice = [
  { txn_id: "txn_169vvoU3YUvpz75l", txn_status: "success" },
  { txn_id: "txn_2", txn_status: "success" },
];

playStories("chargebee", [
  {
    name: "a payment that the bank reverses, and one that is made in its place",
    tells: (ref) => [
      sold(ref),
      reversed(9, "txn_9"),
      invoice(9.1, { status: "payment_due" }),
      sold(ref, { ...at(20, "again"), invoiceFields: { linked_payments: twice } }),
      invoice(20.1, { linked_payments: twice }),
    ],
    ends: order(1000),
  },
  {
    name: "a payment that the bank reverses, made again and paid back in part",
    tells: (ref) => [
      sold(ref),
      reversed(9, "txn_9"),
      sold(ref, { ...at(20, "again"), invoiceFields: { linked_payments: twice } }),
      back(30, { amountMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "a payment that the bank reverses twice, since the second failed as well",
    tells: (ref) => [
      sold(ref),
      reversed(9, "txn_9"),
      sold(ref, { ...at(20, "again"), invoiceFields: { linked_payments: twice } }),
      reversed(40, "txn_10"),
    ],
    ends: order(0),
  },
  {
    name: "the older catalogue: a plan, an addon and a charge of no article, half of it given back",
    tells: (ref) => [
      sold(ref, {
        invoiceFields: {
          line_items: [
            { id: "li_1", entity_type: "plan", entity_id: "basic", amount: 6000, tax_amount: 1140 },
            { id: "li_2", entity_type: "addon", entity_id: "seats", amount: 3000, tax_amount: 570 },
            { id: "li_3", entity_type: "adhoc", amount: 1000, tax_amount: 190 },
          ],
        },
      }),
      back(3, { amountMinor: 5950, note: { total: 5950, sub_total: 5000 } }),
    ],
    ends: order(500, { netMinor: 10_000 }),
  },
  {
    name: "one refund of two invoices, which fails after all",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365),
      ...[1, 2].map((step) =>
        back(370 + step, {
          id: "txn_5",
          name: step === 1 ? "payment_refunded" : name,
          invoice: null,
          amountMinor: 8330,
          transaction: {
            status: step === 1 ? "success" : "failure",
            linked_credit_notes: [
              { cn_id: "CN-1", applied_amount: 2380, cn_reference_invoice_id: "INV-1042" },
              { cn_id: "CN-2", applied_amount: 5950, cn_reference_invoice_id: "INV-2" },
            ],
          },
        }),
      ),
      back(380, { id: "txn_6", invoice: "INV-2", amountMinor: 1190 }),
    ],
    ends: [...order(1000), of("INV-2", 900, { cycle: "renewal" })],
  },
  {
    name: "dinars of three digits and forint of two, refunded in parts",
    tells: (ref) => [
      sold(ref, { currency: "KWD" }),
      back(1, { currency: "KWD", amountMinor: 1190 }),
      sold(ref, { ...at(2), invoice: "INV-2", currency: "HUF" }),
      back(3, { id: "txn_3", invoice: "INV-2", currency: "HUF", amountMinor: 5950 }),
    ],
    ends: [...order(900, { currency: "KWD" }), of("INV-2", 500, { currency: "HUF" })],
  },
  {
    name: "a refund in another currency",
    tells: (ref) => [sold(ref), back(1, { currency: "USD", amountMinor: 1190 })],
    ends: order(0, { outcome: "held" }),
  },
  {
    name: "a quantity raised, a smaller plan at the next term, and a subscription that is reactivated",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 90, { recurring: false, totalMinor: 23_800, taxMinor: 3800 }),
      chargebeeEvent("subscription_changed", { subscription: { id: "169vvoU3YUvoI75i" } }, at(100, "sub")),
      further("INV-3", 365, { totalMinor: 5950, taxMinor: 950 }),
      chargebeeEvent("subscription_cancelled", { subscription: { id: "169vvoU3YUvoI75i" } }, at(400, "sub")),
      chargebeeEvent(
        "subscription_reactivated",
        { subscription: { id: "169vvoU3YUvoI75i" } },
        at(500, "sub"),
      ),
      further("INV-4", 500),
    ],
    ends: [
      ...order(1000),
      of("INV-2", 2000, { cycle: "renewal" }),
      of("INV-3", 500, { cycle: "renewal" }),
      of("INV-4", 1000, { cycle: "renewal" }),
    ],
  },
  {
    name: "events and states that nobody knows yet",
    tells: (ref) => [
      sold(ref),
      chargebeeEvent("brand_new", { thing: {} }, at(1, "new")),
      chargebeeEvent(
        "payment_failed",
        { transaction: { id: "txn_f", type: "payment", status: "failure" } },
        at(1, "failed"),
      ),
      sold(ref, { ...at(2), invoice: "INV-9", status: "brand_new" }),
      back(3, { name, transaction: { status: "brand_new" } }),
      back(4, { name, transaction: { type: "brand_new" } }),
      invoice(5, { status: "brand_new" }),
    ],
    ends: [...order(1000), of("INV-9", 0, { unknown: true })],
  },
  {
    name: "with the least that a payment and a refund have",
    tells: (ref) => [
      chargebeeEvent(
        "payment_succeeded",
        {
          transaction: { id: "txn_1", amount: 11_900, currency_code: "EUR" },
          invoice: {
            id: "INV-1042",
            status: "paid",
            currency_code: "EUR",
            total: 11_900,
            tax: 1900,
            amount_paid: 11_900,
            cf_reference: ref,
          },
        },
        at(0),
      ),
      chargebeeEvent(
        "payment_refunded",
        {
          transaction: {
            id: "txn_2",
            amount: 5950,
            currency_code: "EUR",
            linked_credit_notes: [
              { cn_id: "CN-1", applied_amount: 5950, cn_reference_invoice_id: "INV-1042" },
            ],
          },
        },
        at(2),
      ),
    ],
    ends: order(500, { netMinor: 10_000, cycle: "new" }),
  },
]);
