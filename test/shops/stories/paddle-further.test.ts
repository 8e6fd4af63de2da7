import { paddleAdjustment, paddleEvent, paddleTransactionCompleted } from "../paddle-fixtures.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

const on = (day: number, name = "") => ({
  eventId: `evt_${name}${day}`,
  occurredAt: new Date(Date.UTC(2025, 10, 19) + day * 86_400_000).toISOString(),
});
const sold = (reference: string, more: object = {}) =>
  paddleTransactionCompleted({ ...on(0), id: "txn_1", customData: { reference }, ...more });
const adjusted = (day: number, id: string, more: object = {}) =>
  paddleAdjustment({ ...on(day, id), id, transaction: "txn_1", ...more });
const half = { totalMinor: 5950, subtotalMinor: 5000 };
const back = { action: "chargeback_reverse" };
const order = (earnedMinor: number, more: object = {}) => [{ order: "txn_1", earnedMinor, ...more }];
const further = (id: string, day: number, more: object = {}) =>
  sold("none", {
    ...on(day, id),
    id,
    origin: "subscription_recurring",
    subscription: "sub_1",
    customData: null,
    ...more,
  });
const of = (id: string, earnedMinor: number, more: object = {}) => ({ order: id, earnedMinor, ...more });
/** The members of an event's entity replaced. */
const withData = (event: Json, more: Json): Json => ({
  ...event,
  data: { ...(event.data as Json), ...more },
});
const line = (id: string, net: number) => ({
  id,
  price_id: `pri_${id}`,
  quantity: 1,
  totals: {
    subtotal: String(net),
    discount: "0",
    tax: String((net * 19) / 100),
    total: String((net * 119) / 100),
  },
  product: { id: `pro_${id}` },
});
const cart = (reference: string) => {
  const event = sold(reference);
  const { details } = event.data as { details: Json };
  return withData(event, { details: { ...details, line_items: [line("a", 6000), line("b", 4000)] } });
};
const itemOf = (item_id: string, net: number) => ({
  item_id,
  totals: { subtotal: String(net), tax: String((net * 19) / 100), total: String((net * 119) / 100) },
});

playStories("paddle", [
  {
    name: "a line refunded in two parts, of which the second is taken back",
    tells: (ref) => [
      cart(ref),
      withData(adjusted(2, "adj_1", { totalMinor: 2380, subtotalMinor: 2000 }), {
        items: [itemOf("a", 2000)],
      }),
      withData(adjusted(3, "adj_2", { totalMinor: 1190, subtotalMinor: 1000 }), {
        items: [itemOf("a", 1000)],
      }),
      withData(adjusted(9, "adj_2", { totalMinor: 1190, subtotalMinor: 1000, status: "reversed" }), {
        items: [itemOf("a", 1000)],
      }),
    ],
    ends: order(800, { lostOfLines: [2000, 0] }),
  },
  {
    name: "the tax alone is refunded, which is rejected, and again, which is not",
    tells: (ref) => [
      sold(ref),
      adjusted(2, "adj_1", { totalMinor: 1900, subtotalMinor: 0, status: "pending_approval" }),
      adjusted(3, "adj_1", { totalMinor: 1900, subtotalMinor: 0, status: "rejected" }),
      adjusted(4, "adj_2", { totalMinor: 1900, subtotalMinor: 0 }),
    ],
    ends: order(1000),
  },
  {
    name: "charged back twice, and reversed twice, once by its status and once by an adjustment",
    tells: (ref) => [
      sold(ref),
      adjusted(5, "adj_1", { action: "chargeback" }),
      adjusted(40, "adj_1", { action: "chargeback", status: "reversed" }),
      adjusted(60, "adj_2", { action: "chargeback" }),
      adjusted(90, "adj_3", back),
    ],
    ends: order(1000),
  },
  {
    name: "a half charged back, reversed by an adjustment, and the other half charged back for good",
    tells: (ref) => [
      sold(ref),
      adjusted(5, "adj_1", { action: "chargeback", ...half }),
      adjusted(40, "adj_2", { ...back, ...half }),
      adjusted(60, "adj_3", { action: "chargeback", ...half }),
    ],
    ends: order(500),
  },
  {
    name: "a refund of a quarter, then a chargeback of half of what was paid, which stays",
    tells: (ref) => [
      sold(ref),
      adjusted(2, "adj_1", { totalMinor: 2975, subtotalMinor: 2500 }),
      adjusted(5, "adj_2", { action: "chargeback", ...half }),
    ],
    ends: order(250),
  },
  {
    name: "a chargeback in another currency",
    tells: (ref) => [sold(ref), adjusted(5, "adj_1", { action: "chargeback", currency: "USD" })],
    ends: order(0, { outcome: "held" }),
  },
  {
    name: "pesos of no digits and forint of two, refunded in parts",
    tells: (ref) => [
      sold(ref, { currency: "CLP" }),
      adjusted(2, "adj_1", { ...half, currency: "CLP" }),
      sold(ref, { ...on(1), id: "txn_2", currency: "HUF" }),
      adjusted(3, "adj_2", { transaction: "txn_2", totalMinor: 1190, subtotalMinor: 1000, currency: "HUF" }),
    ],
    ends: [...order(500, { currency: "CLP", netMinor: 10_000 }), of("txn_2", 900, { currency: "HUF" })],
  },
  {
    name: "a renewal by the subscription alone, an addition to it, and the addition refunded",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      further("txn_2", 365),
      further("txn_3", 400, { origin: "subscription_charge", totalMinor: 5950, taxMinor: 950 }),
      adjusted(410, "adj_1", { transaction: "txn_3", ...half }),
    ],
    ends: [...order(1000), of("txn_2", 1000, { cycle: "renewal" }), of("txn_3", 0, { netMinor: 5000 })],
  },
  {
    name: "a quantity raised and lowered in mid-term, and a subscription that begins anew",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      further("txn_2", 90, { origin: "subscription_update", totalMinor: 23_800, taxMinor: 3800 }),
      further("txn_3", 180, { origin: "subscription_update", totalMinor: 0 }),
      paddleEvent("subscription.canceled", { id: "sub_1", status: "canceled" }, on(200, "sub")),
      sold(ref, { ...on(300), id: "txn_4", subscription: "sub_2" }),
      further("txn_5", 665, { subscription: "sub_2" }),
    ],
    ends: [
      ...order(1000),
      of("txn_2", 2000, { cycle: "renewal" }),
      of("txn_3", 0, { unknown: true }),
      of("txn_4", 1000, { cycle: "new" }),
      of("txn_5", 1000, { cycle: "renewal" }),
    ],
  },
  {
    name: "actions, statuses and origins that nobody knows yet",
    tells: (ref) => [
      sold(ref, { origin: "brand_new" }),
      paddleEvent("brand.new", { id: "x" }, on(1, "new")),
      adjusted(2, "adj_1", { status: "brand_new" }),
      adjusted(3, "adj_2", { action: "brand_new" }),
      adjusted(4, "adj_3", { action: "chargeback_warning_reverse" }),
      adjusted(5, "adj_4", { action: "credit_reverse" }),
      adjusted(6, "adj_5", { action: "chargeback", status: "pending_approval" }),
    ],
    ends: order(1000),
  },
  {
    name: "with the least that a transaction and an adjustment have",
    tells: (ref) => [
      paddleEvent(
        "transaction.completed",
        {
          id: "txn_1",
          origin: "api",
          currency_code: "EUR",
          custom_data: { reference: ref },
          details: { totals: { tax: "1900", total: "11900", grand_total: "11900" } },
        },
        on(0),
      ),
      paddleEvent(
        "adjustment.updated",
        {
          id: "adj_1",
          action: "refund",
          status: "approved",
          transaction_id: "txn_1",
          currency_code: "EUR",
          totals: { subtotal: "5000", total: "5950" },
        },
        on(2),
      ),
    ],
    ends: order(500, { netMinor: 10_000 }),
  },
]);
