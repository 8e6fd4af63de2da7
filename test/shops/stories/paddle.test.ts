import { paddleAdjustment, paddleTransactionCompleted } from "../paddle-fixtures.ts";
import { playStories } from "./story.ts";

const on = (day: number) => ({
  eventId: `evt_${day}`,
  occurredAt: new Date(Date.UTC(2025, 10, 19) + day * 86_400_000).toISOString(),
});

const sold = (reference: string, more: object = {}) =>
  paddleTransactionCompleted({ ...on(0), id: "txn_1", customData: { reference }, ...more });
const adjusted = (day: number, id: string, more: object) =>
  paddleAdjustment({ ...on(day), id, transaction: "txn_1", ...more });
const order = (earnedMinor: number, more: object = {}) => [{ order: "txn_1", earnedMinor, ...more }];

/** A cart of two lines of 60.00 and 40.00, each with 19 % of tax. */
const cart = (reference: string) => {
  const line = (id: string, price_id: string, net: number) => ({
    id,
    price_id,
    quantity: 1,
    totals: {
      subtotal: String(net),
      discount: "0",
      tax: String((net * 19) / 100),
      total: String((net * 119) / 100),
    },
    product: { id: `pro_${price_id}` },
  });
  const event = sold(reference);
  const data = event.data as { details: { line_items: unknown } };
  data.details.line_items = [line("txnitm_1", "pri_1", 6000), line("txnitm_2", "pri_2", 4000)];
  return event;
};

playStories("paddle", [
  { name: "a purchase", tells: (reference) => [sold(reference)], ends: order(1000, { netMinor: 10_000 }) },
  {
    name: "the tax is refunded, then the product",
    tells: (reference) => [
      sold(reference),
      adjusted(3, "adj_1", { totalMinor: 1900, subtotalMinor: 0 }),
      adjusted(9, "adj_2", { totalMinor: 10_000, subtotalMinor: 10_000 }),
    ],
    ends: order(0),
  },
  {
    name: "the tax is refunded, then half of the net",
    tells: (reference) => [
      sold(reference),
      adjusted(3, "adj_1", { totalMinor: 1900, subtotalMinor: 0 }),
      adjusted(9, "adj_2", { totalMinor: 5000, subtotalMinor: 5000 }),
    ],
    ends: order(500),
  },
  {
    name: "a refund of one line",
    tells: (reference) => {
      const refund = adjusted(3, "adj_1", { totalMinor: 4760, subtotalMinor: 4000 });
      const data = refund.data as { items: { item_id: string }[] };
      for (const item of data.items) item.item_id = "txnitm_2";
      return [cart(reference), refund];
    },
    ends: order(600, { lostOfLines: [0, 4000] }),
  },
  {
    name: "a refund that is approved and later reversed",
    tells: (reference) => [
      sold(reference),
      adjusted(3, "adj_1", { status: "approved" }),
      adjusted(5, "adj_1", { status: "reversed" }),
    ],
    ends: order(1000),
  },
  {
    name: "a refund that is rejected",
    tells: (reference) => [
      sold(reference),
      adjusted(3, "adj_1", { status: "pending_approval" }),
      adjusted(5, "adj_1", { status: "rejected" }),
    ],
    ends: order(1000),
  },
  {
    name: "a chargeback, reversed, and charged back again",
    tells: (reference) => [
      sold(reference),
      adjusted(10, "adj_1", { action: "chargeback" }),
      adjusted(20, "adj_2", { action: "chargeback_reverse" }),
      adjusted(30, "adj_3", { action: "chargeback" }),
    ],
    ends: order(0),
  },
  {
    name: "a chargeback whose status and an adjustment both say that it was reversed",
    tells: (reference) => [
      sold(reference),
      adjusted(10, "adj_1", { action: "chargeback" }),
      adjusted(20, "adj_1", { action: "chargeback", status: "reversed" }),
      adjusted(21, "adj_2", { action: "chargeback_reverse" }),
      adjusted(30, "adj_3", { action: "chargeback", totalMinor: 5950 }),
    ],
    ends: order(500),
  },
  {
    name: "two partial chargebacks, of which one is reversed",
    tells: (reference) => [
      sold(reference),
      adjusted(10, "adj_1", { action: "chargeback", totalMinor: 5950 }),
      adjusted(11, "adj_2", { action: "chargeback", totalMinor: 2380 }),
      adjusted(20, "adj_3", { action: "chargeback_reverse", totalMinor: 2380 }),
    ],
    ends: order(500),
  },
  {
    name: "a credit balance pays a part",
    tells: (reference) => [sold(reference, { creditMinor: 5950 })],
    ends: order(500, { netMinor: 5000, taxMinor: 950 }),
  },
  {
    name: "an upgrade within a term inherits its subscription",
    tells: (reference) => [
      sold(reference, { subscription: "sub_1" }),
      paddleTransactionCompleted({
        ...on(100),
        id: "txn_2",
        origin: "subscription_update",
        subscription: "sub_1",
        totalMinor: 5000,
      }),
    ],
    ends: [...order(1000), { order: "txn_2", earnedMinor: 500, cycle: "renewal" as const }],
  },
  {
    name: "a trial, then the first payment",
    tells: (reference) => [
      sold(reference, { totalMinor: 0, subscription: "sub_1" }),
      paddleTransactionCompleted({
        ...on(14),
        id: "txn_2",
        origin: "subscription_recurring",
        subscription: "sub_1",
      }),
    ],
    ends: [
      ...order(0, { netMinor: 0 }),
      { order: "txn_2", earnedMinor: 1000, netMinor: 10_000, cycle: "renewal" },
    ],
  },
  {
    name: "a refund that waits, and a warning of a chargeback",
    tells: (reference) => [
      sold(reference),
      adjusted(3, "adj_1", { totalMinor: 11_900, status: "pending_approval" }),
      adjusted(4, "adj_2", { totalMinor: 11_900, action: "chargeback_warning" }),
    ],
    ends: order(1000),
  },
  {
    name: "a refund of a half, then a chargeback of the rest, which is reversed by its status",
    tells: (reference) => [
      sold(reference),
      adjusted(3, "adj_1", { totalMinor: 5950, subtotalMinor: 5000 }),
      adjusted(9, "adj_2", { totalMinor: 5950, subtotalMinor: 5000, action: "chargeback" }),
      adjusted(40, "adj_2", {
        totalMinor: 5950,
        subtotalMinor: 5000,
        action: "chargeback",
        status: "reversed",
      }),
    ],
    ends: order(500),
  },
]);
