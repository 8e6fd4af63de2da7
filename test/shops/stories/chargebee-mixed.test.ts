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

playStories("chargebee", [
  {
    name: "an upgrade whose refund of half fails, and a fifth of which is refunded",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 90, { recurring: false }),
      back(100, { id: "txn_2", invoice: "INV-2", amountMinor: 5950 }),
      failed(105, { id: "txn_2", invoice: "INV-2", amountMinor: 5950 }),
      back(110, { id: "txn_3", invoice: "INV-2", amountMinor: 2380 }),
    ],
    ends: [...order(1000), of("INV-2", 800, { cycle: "renewal" })],
  },
  {
    name: "a term that is charged back, paid again, and charged back for good",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365),
      reversed(370, "txn_9", "INV-2"),
      further("INV-2", 380, { invoiceFields: { linked_payments: again("txn_2") } }),
      reversed(400, "txn_10", "INV-2"),
    ],
    ends: [...order(1000), of("INV-2", 0, { cycle: "renewal" })],
  },
  {
    name: "a term of which credits paid half, a part of it refunded, which fails",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365, { paidMinor: 5950 }),
      back(370, { id: "txn_2", invoice: "INV-2", amountMinor: 2380 }),
      failed(372, { id: "txn_2", invoice: "INV-2", amountMinor: 2380 }),
      back(380, { id: "txn_3", invoice: "INV-2", amountMinor: 1190 }),
    ],
    ends: [...order(1000), of("INV-2", 400, { netMinor: 5000, taxMinor: 950 })],
  },
  {
    name: "the tax alone of an invoice of two lines, then the rest of it",
    tells: (ref) => [
      sold(ref, { invoiceFields: { line_items: items } }),
      back(2, {
        ...{ id: "txn_2", amountMinor: 1900 },
        note: { id: "CN-1", total: 1900, sub_total: 0, taxes: [{ amount: 1900 }] },
      }),
      back(9, {
        ...{ id: "txn_3", amountMinor: 10_000 },
        note: { id: "CN-2", total: 10_000, sub_total: 10_000, taxes: [] },
      }),
    ],
    ends: order(0, { lostOfLines: [6000, 4000] }),
  },
  {
    name: "a refund in another currency that fails beside one that is done",
    tells: (ref) => [
      sold(ref),
      back(2, { id: "txn_2", currency: "USD", amountMinor: 1190 }),
      failed(5, { id: "txn_2", currency: "USD", amountMinor: 1190 }),
      back(6, { id: "txn_3", amountMinor: 2380 }),
    ],
    ends: order(800),
  },
  {
    name: "a refund that failed before its payment is told, and an invoice that is unpaid and paid again, by its own word alone",
    tells: (ref) => [
      failed(9, { id: "txn_2" }),
      back(2, { id: "txn_2" }),
      sold(ref),
      invoice(20, { status: "payment_due" }),
      invoice(30, { status: "paid", linked_payments: again("txn_3") }),
    ],
    ends: order(1000),
  },
  {
    name: "a subscription that goes to another customer, whose term is refunded in part",
    tells: (ref) => [
      sold(ref),
      further("INV-2", 365, { invoiceFields: { customer_id: "other" } }),
      back(370, { id: "txn_2", invoice: "INV-2", amountMinor: 5950, note: { customer_id: "merged" } }),
    ],
    ends: [...order(1000), of("INV-2", 500, { cycle: "renewal" })],
  },
  {
    name: "the same events under new ids years later",
    tells: (ref) => [
      sold(ref),
      back(2, { id: "txn_2", amountMinor: 5950 }),
      sold(ref, at(900, "again")),
      back(901, { id: "txn_2", amountMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "a refund that is done, fails and is done after all, and another by a clock a day behind",
    tells: (ref) => [
      sold(ref),
      back(2, { id: "txn_2", amountMinor: 5950 }),
      failed(3, { id: "txn_2", amountMinor: 5950, eventId: "ev_failed" }),
      back(4, { id: "txn_2", amountMinor: 5950 }),
      back(-1, { id: "txn_3", amountMinor: 2380 }),
    ],
    ends: order(300),
  },
  {
    name: "a refund that is done and fails in one second",
    tells: (ref) => [
      sold(ref),
      back(2, { id: "txn_2", amountMinor: 5950 }),
      failed(2, { id: "txn_2", amountMinor: 5950, eventId: "ev_at_once" }),
    ],
    ends: order(1000),
  },
]);
