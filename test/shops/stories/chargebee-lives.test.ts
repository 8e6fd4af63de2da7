import {
  again,
  at,
  back,
  failed,
  further,
  invoice,
  items,
  of,
  order,
  reversed,
  sold,
} from "./chargebee-tellings.ts";
import { playStories } from "./story.ts";

/** A part of a credit note of 59.50, 50.00 of it net. */
const noted = (lines: object[], total: number) => ({
  note: { total, price_type: "tax_exclusive", line_items: lines },
});

playStories("chargebee", [
  {
    name: "a refund of a fifth that fails, one that is voided, and one that stays",
    tells: (ref) => [
      sold(ref),
      back(2, { id: "txn_2", amountMinor: 2380 }),
      failed(5, { id: "txn_2", amountMinor: 2380 }),
      back(9, { id: "txn_3", amountMinor: 2380 }),
      back(12, {
        id: "txn_3",
        amountMinor: 2380,
        name: "transaction_updated",
        transaction: { status: "voided" },
      }),
      back(20, { id: "txn_4", amountMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "yen: a term refunded in two parts",
    tells: (ref) => [
      sold(ref, { currency: "JPY" }),
      further("INV-2", 365, { currency: "JPY" }),
      back(370, { id: "txn_2", invoice: "INV-2", currency: "JPY", amountMinor: 2380 }),
      back(375, { id: "txn_3", invoice: "INV-2", currency: "JPY", amountMinor: 5950 }),
    ],
    ends: [...order(1000, { currency: "JPY" }), of("INV-2", 300, { currency: "JPY", cycle: "renewal" })],
  },
  {
    name: "half of a credit note for one line, then the other half of it",
    tells: (ref) => [
      sold(ref, { invoiceFields: { line_items: items } }),
      back(2, { id: "txn_2", amountMinor: 3570, ...noted([items[0] ?? {}], 7140) }),
      back(5, { id: "txn_3", amountMinor: 3570, ...noted([items[0] ?? {}], 7140) }),
    ],
    ends: order(400),
  },
  {
    name: "two payments of a term, one of which the bank takes back, as it and the invoice say",
    tells: (ref) => {
      const linked_payments = again("txn_2");
      return [
        sold(ref),
        further("INV-2", 365, { invoiceFields: { linked_payments } }),
        reversed(370, "txn_9", "INV-2", { amountMinor: 4760 }),
        invoice(370.5, {
          id: "INV-2",
          status: "payment_due",
          amount_paid: 7140,
          amount_due: 4760,
          linked_payments,
        }),
      ];
    },
    ends: [...order(1000), of("INV-2", 600, { cycle: "renewal" })],
  },
  {
    name: "a clock that is a month ahead: a term that bounces, is paid again and refunded in part",
    tells: (ref) => [
      sold(ref, at(400)),
      further("INV-2", 420),
      reversed(423, "txn_9", "INV-2"),
      further("INV-2", 425, { eventId: "ev_again", invoiceFields: { linked_payments: again("txn_2") } }),
      back(430, { id: "txn_4", invoice: "INV-2", amountMinor: 2380 }),
    ],
    ends: [...order(1000), of("INV-2", 800, { cycle: "renewal" })],
  },
  {
    name: "an upgrade that is refunded, terms years apart, the last of which is voided",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 90, { recurring: false, totalMinor: 5950, taxMinor: 950 }),
      back(95, { id: "txn_2", invoice: "INV-2", amountMinor: 5950 }),
      further("INV-3", 365, { totalMinor: 23_800, taxMinor: 3800 }),
      further("INV-4", 1095, { totalMinor: 23_800, taxMinor: 3800 }),
      invoice(1100, { id: "INV-4", status: "voided", total: 23_800, tax: 3800 }),
    ],
    ends: [...order(1000), of("INV-2", 0), of("INV-3", 2000), of("INV-4", 0, { netMinor: 20_000 })],
  },
  {
    name: "a term of which credits paid most, what was paid refunded in part and then whole",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365, { paidMinor: 2380 }),
      back(370, { id: "txn_2", invoice: "INV-2", amountMinor: 1190 }),
      back(380, { id: "txn_3", invoice: "INV-2", amountMinor: 1190 }),
    ],
    ends: [...order(1000), of("INV-2", 0, { netMinor: 2000, taxMinor: 380 })],
  },
  {
    name: "cancelled, and bought anew years later through the product, each with terms of its own",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365),
      sold(ref, { ...at(1200, "anew"), invoice: "INV-3", subscription: "sub_2" }),
      further("INV-4", 1565, { subscription: "sub_2" }),
      back(1570, { id: "txn_2", invoice: "INV-4", amountMinor: 5950 }),
    ],
    ends: [...order(1000), of("INV-2", 1000), of("INV-3", 1000), of("INV-4", 500, { cycle: "renewal" })],
  },
  {
    name: "a refund told four times under other ids, of before its payment and of years later",
    tells: (ref) => [
      back(2, {
        id: "txn_2",
        amountMinor: 5950,
        name: "refund_initiated",
        transaction: { status: "in_progress" },
      }),
      back(3, { id: "txn_2", amountMinor: 5950 }),
      back(900, { id: "txn_2", amountMinor: 5950, name: "transaction_updated" }),
      sold(ref),
      sold(ref, { ...at(901, "again") }),
    ],
    ends: order(500),
  },
]);
