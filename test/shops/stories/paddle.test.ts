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

/** A line with 19 % of tax. */
const line = (id: string, price_id: string, net: number) => ({
  id,
  price_id,
  quantity: net < 0 ? -1 : 1,
  totals: {
    subtotal: String(net),
    discount: "0",
    tax: String((net * 19) / 100),
    total: String((net * 119) / 100),
  },
  product: { id: `pro_${price_id}` },
});

const withLines = (event: Record<string, unknown>, lines: object[]) => {
  const data = event.data as { details: { line_items: unknown } };
  data.details.line_items = lines;
  return event;
};

/** A cart of two lines of 60.00 and 40.00. */
const cart = (reference: string) =>
  withLines(sold(reference), [line("txnitm_1", "pri_1", 6000), line("txnitm_2", "pri_2", 4000)]);

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
  {
    name: "a discount of all",
    tells: (reference) => [sold(reference, { totalMinor: 0, discount: "dsc_1" })],
    ends: order(0, { netMinor: 0, outcome: "credited" }),
  },
  {
    name: "a renewal that a change of plan in the customer's favour made cheaper, half of it refunded",
    tells: (reference) => [
      sold(reference, { subscription: "sub_1" }),
      withLines(
        sold(reference, {
          ...on(365),
          id: "txn_2",
          origin: "subscription_recurring",
          subscription: "sub_1",
          totalMinor: 7140,
          taxMinor: 1140,
        }),
        [line("txnitm_1", "pri_1", 10_000), line("txnitm_2", "pri_1", -4000)],
      ),
      paddleAdjustment({
        ...on(370),
        id: "adj_1",
        transaction: "txn_2",
        totalMinor: 3570,
        subtotalMinor: 3000,
      }),
    ],
    ends: [...order(1000), { order: "txn_2", earnedMinor: 300, netMinor: 6000, cycle: "renewal" }],
  },
  {
    name: "a smaller plan in mid-term, whose balance pays half of the next term",
    tells: (reference) => [
      sold(reference, { subscription: "sub_1" }),
      sold(reference, {
        ...on(90),
        id: "txn_2",
        origin: "subscription_update",
        subscription: "sub_1",
        totalMinor: -5950,
        taxMinor: -950,
        creditMinor: -5950,
      }),
      sold(reference, {
        ...on(365),
        id: "txn_3",
        origin: "subscription_recurring",
        subscription: "sub_1",
        creditMinor: 5950,
      }),
    ],
    ends: [
      ...order(1000),
      { order: "txn_2", earnedMinor: 0, unknown: true },
      { order: "txn_3", earnedMinor: 500, netMinor: 5000, cycle: "renewal" },
    ],
  },
  {
    name: "a credit on an invoice, which is no money that goes back",
    tells: (reference) => [
      sold(reference, { creditMinor: 2380 }),
      adjusted(1, "adj_1", { action: "credit", totalMinor: 2380, subtotalMinor: 2000 }),
    ],
    ends: order(800, { netMinor: 8000, taxMinor: 1520 }),
  },
  {
    name: "a chargeback after all was refunded, which is reversed",
    tells: (reference) => [
      sold(reference),
      adjusted(2, "adj_1", { totalMinor: 11_900, subtotalMinor: 10_000 }),
      adjusted(9, "adj_2", { totalMinor: 11_900, subtotalMinor: 10_000, action: "chargeback" }),
      adjusted(30, "adj_3", { totalMinor: 11_900, subtotalMinor: 10_000, action: "chargeback_reverse" }),
    ],
    ends: order(0),
  },
  {
    name: "yen, refunded in parts of which one is rejected, each told twice",
    tells: (reference) => [
      sold(reference, { currency: "JPY" }),
      { ...sold(reference, { currency: "JPY" }), event_id: "evt_again" },
      ...["evt_2", "evt_2b"].map((eventId) =>
        adjusted(2, "adj_1", { eventId, currency: "JPY", totalMinor: 1190, subtotalMinor: 1000 }),
      ),
      adjusted(3, "adj_2", { currency: "JPY", totalMinor: 1190, subtotalMinor: 1000, status: "rejected" }),
      adjusted(4, "adj_3", { currency: "JPY", totalMinor: 2380, subtotalMinor: 2000 }),
    ],
    ends: order(700, { currency: "JPY" }),
  },
  {
    name: "a subscription that was paused, and resumed with another payment method and another address",
    tells: (reference) => [
      sold(reference, { subscription: "sub_1" }),
      sold("", {
        ...on(400),
        id: "txn_2",
        origin: "subscription_payment_method_change",
        subscription: "sub_1",
        totalMinor: 0,
      }),
      sold("", {
        ...on(401),
        id: "txn_3",
        origin: "subscription_recurring",
        subscription: "sub_1",
        customData: null,
        more: { customer_id: "ctm_2" },
      }),
    ],
    ends: [...order(1000), { order: "txn_3", earnedMinor: 1000, cycle: "renewal" }],
  },
]);
