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
const further = (id: string, day: number, more: object = {}) =>
  chargebeePaymentSucceeded({ ...at(day, id), invoice: id, first: false, ...more });
const order = (earnedMinor: number, more: object = {}) => [{ order: "INV-1042", earnedMinor, ...more }];
const of = (id: string, earnedMinor: number, more: object = {}) => ({ order: id, earnedMinor, ...more });
const line = (id: string, amount: number, tax: number, more: Json = {}) => ({
  id,
  quantity: 1,
  amount,
  tax_amount: tax,
  entity_type: "plan_item_price",
  entity_id: `price-${id}`,
  subscription_id: "169vvoU3YUvoI75i",
  ...more,
});
const subscription = "169vvoU3YUvoI75i";

playStories("chargebee", [
  {
    name: "an invoice that names its subscription by its lines alone, and one of two subscriptions",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365, { invoiceFields: { subscription_id: null } }),
      further("INV-3", 366, {
        subscription: "sub-none",
        invoiceFields: {
          subscription_id: null,
          line_items: [line("a", 6000, 1140), line("b", 4000, 760, { subscription_id: "sub-9" })],
        },
      }),
    ],
    ends: [
      ...order(1000),
      of("INV-2", 1000, { cycle: "renewal" }),
      of("INV-3", 0, { outcome: "unattributed" }),
    ],
  },
  {
    name: "lines of every kind with their quantity and term, a part of a credit note paid back, the tax in it",
    tells: (ref) => [
      sold(ref, {
        invoiceFields: {
          line_items: [
            line("a", 6000, 950, { quantity: 3, discount_amount: 1000 }),
            line("b", 2000, 380, { entity_type: "addon_item_price", quantity: 2 }),
            line("c", 2000, 380, { entity_type: "charge_item_price" }),
            line("d", 1000, 190, { entity_type: "adhoc", entity_id: null, quantity: null, id: null }),
          ],
          total: 11_900,
          tax: 1900,
        },
      }),
      back(3, {
        amountMinor: 1190,
        note: { total: 2380, line_items: [{ reference_line_item_id: "b", amount: 2000, tax_amount: 380 }] },
      }),
    ],
    ends: order(900, {
      lines: [
        { articles: ["price-a"], quantity: 3, netMinor: 5000, listMinor: 6000, kind: "new", period: "P1Y" },
        { articles: ["price-b"], quantity: 2, netMinor: 2000, kind: "addon", period: null },
        { articles: ["price-c"], netMinor: 2000, kind: "new" },
        { line: "4", articles: [], quantity: 1, netMinor: 1000, kind: "other" },
      ],
    }),
  },
  {
    name: "codes of an invoice and a set, which are no partner's, an address of the customer's, custom fields as numbers",
    tells: (ref) => [
      sold(ref, {
        fields: { cf_reference: ref, cf_licence: 4711 },
        discounts: [
          { entity_type: "document_level_coupon", entity_id: "SPRING", coupon_set_code: "S-1" },
          { entity_type: "document_level_discount", entity_id: "by hand" },
        ],
        invoiceFields: { billing_address: null },
      }),
      further("INV-2", 800, { subscription: null, invoiceFields: { cf_licence: "4711" }, recurring: false }),
    ],
    ends: [...order(1000), of("INV-2", 1000)],
  },
  {
    name: "a refund that names its invoice alone, one that names none, and one that is under way",
    tells: (ref) => {
      const bare = (day: number, id: string, more: Json, invoice?: string) =>
        chargebeeEvent(
          "payment_refunded",
          {
            transaction: {
              id,
              type: "refund",
              amount: 2380,
              currency_code: "EUR",
              status: "success",
              ...more,
            },
            ...(invoice === undefined ? {} : { invoice: { id: invoice } }),
          },
          at(day, id),
        );
      return [
        sold(ref),
        bare(2, "txn_1", {}, "INV-1042"),
        bare(3, "txn_2", {}),
        bare(4, "txn_3", { status: "in_progress" }, "INV-1042"),
        bare(5, "txn_4", { status: "brand_new" }, "INV-1042"),
      ];
    },
    ends: order(600),
  },
  {
    name: "a term unpaid and paid again, told by its invoice, whose first invoice is voided years later",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365, {}),
      chargebeeInvoiceEvent("invoice_updated", { id: "INV-2", status: "not_paid" }, at(370, "not")),
      chargebeeInvoiceEvent(
        "invoice_updated",
        {
          id: "INV-2",
          status: "paid",
          linked_payments: [{ txn_status: "failure" }, { txn_status: "success" }],
        },
        at(380, "paid"),
      ),
      chargebeeInvoiceEvent("invoice_updated", { status: "voided" }, at(1500, "voided")),
    ],
    ends: [...order(0), of("INV-2", 0, { outcome: "unattributed" })],
  },
  {
    name: "the test gateway's refund of a real invoice, and an invoice for nothing",
    tells: (ref) => [
      sold(ref),
      back(2, { gateway: "chargebee" }),
      back(3, { id: "txn_9", amountMinor: 2380 }),
      chargebeeInvoiceEvent("invoice_updated", { id: "INV-9", status: "voided", total: 0 }, at(4)),
      further("INV-2", 365, { totalMinor: 0, taxMinor: 0 }),
    ],
    ends: [...order(800), of("INV-2", 0, { outcome: "credited", netMinor: 0 })],
  },
  {
    name: "credits that pay all but a part, lines and tax in proportion, that part given back",
    tells: (ref) => [
      sold(ref, { subscription, invoiceFields: { amount_paid: 2380, credits_applied: 9520 } }),
      back(2, { amountMinor: 1190, note: { line_items: [], total: 1190 } }),
    ],
    ends: order(100, {
      netMinor: 2000,
      taxMinor: 380,
      lines: [{ netMinor: 2000, taxMinor: 380, listMinor: 10_000 }],
    }),
  },
]);
