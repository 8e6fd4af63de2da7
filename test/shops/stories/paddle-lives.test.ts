import { paddleTransactionCompleted } from "../paddle-fixtures.ts";
import {
  adjusted,
  cart,
  fifth,
  further,
  half,
  of,
  ofLine,
  on,
  order,
  sold,
  totalsOf,
  withData,
} from "./paddle-tellings.ts";
import { playStories } from "./story.ts";

playStories("paddle", [
  {
    name: "a fifth refunded, a half charged back, reversed, and charged back again",
    tells: (ref) => [
      sold(ref),
      adjusted(2, "adj_1", fifth),
      adjusted(20, "adj_2", { action: "chargeback", ...half }),
      adjusted(40, "adj_3", { action: "chargeback_reverse", ...half }),
      adjusted(60, "adj_4", { action: "chargeback", ...half }),
    ],
    ends: order(300),
  },
  {
    name: "yen: a refund that is rejected, one that is reversed, and one that stays",
    tells: (ref) => [
      sold(ref, { currency: "JPY" }),
      adjusted(2, "adj_1", { ...half, currency: "JPY", status: "pending_approval" }),
      adjusted(3, "adj_1", { ...half, currency: "JPY", status: "rejected" }),
      adjusted(5, "adj_2", { ...half, currency: "JPY" }),
      adjusted(9, "adj_2", { ...half, currency: "JPY", status: "reversed" }),
      adjusted(12, "adj_3", { ...fifth, currency: "JPY" }),
    ],
    ends: order(800, { currency: "JPY", netMinor: 10_000 }),
  },
  {
    name: "a trial, its first payment, an upgrade that is refunded, and terms in another currency years later",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1", totalMinor: 0, taxMinor: 0 }),
      further("txn_2", 14),
      further("txn_3", 90, { origin: "subscription_update", totalMinor: 5950, taxMinor: 950 }),
      adjusted(95, "adj_1", { transaction: "txn_3", ...half }),
      further("txn_4", 379, { currency: "GBP" }),
      further("txn_5", 744, { currency: "GBP" }),
      adjusted(750, "adj_2", { transaction: "txn_5", currency: "GBP", ...fifth }),
    ],
    ends: [
      ...order(0),
      of("txn_2", 1000, { cycle: "renewal" }),
      of("txn_3", 0),
      of("txn_4", 1000, { currency: "GBP" }),
      of("txn_5", 800, { currency: "GBP" }),
    ],
  },
  {
    name: "a credit, the tax refunded of a renewal of which a balance paid half, then half of the rest",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      adjusted(3, "adj_1", { action: "credit", ...half }),
      further("txn_2", 365, { creditMinor: 5950 }),
      adjusted(370, "adj_2", { transaction: "txn_2", totalMinor: 950, subtotalMinor: 0 }),
      adjusted(380, "adj_3", { transaction: "txn_2", totalMinor: 2500, subtotalMinor: 2500 }),
    ],
    ends: [...order(1000), of("txn_2", 250, { netMinor: 5000, taxMinor: 950 })],
  },
  {
    name: "a clock that is a month ahead: a refund, reversed, and a chargeback that is reversed",
    tells: (ref) => [
      sold(ref, on(400)),
      adjusted(401, "adj_1", half),
      adjusted(405, "adj_1", { ...half, status: "reversed" }),
      adjusted(406, "adj_2", { action: "chargeback" }),
      adjusted(409, "adj_2", { action: "chargeback", status: "reversed" }),
    ],
    ends: order(1000),
  },
  {
    name: "half of a line refunded, all that is left charged back and reversed, then the other line refunded",
    tells: (ref) => [
      cart(sold(ref)),
      ofLine(adjusted(2, "adj_1", { totalMinor: 3570, subtotalMinor: 3000 }), "a", 3000),
      adjusted(20, "adj_2", { action: "chargeback", totalMinor: 8330, subtotalMinor: 7000 }),
      adjusted(40, "adj_2", {
        action: "chargeback",
        status: "reversed",
        totalMinor: 8330,
        subtotalMinor: 7000,
      }),
      ofLine(adjusted(50, "adj_3", { totalMinor: 4760, subtotalMinor: 4000 }), "b", 4000),
    ],
    ends: order(300, { lostOfLines: [3000, 4000] }),
  },
  {
    name: "cancelled, and bought anew years later through the product, each with terms of its own",
    tells: (ref) => [
      sold(ref, { subscription: "sub_1" }),
      further("txn_2", 365),
      paddleTransactionCompleted({
        ...on(1200, "anew"),
        id: "txn_3",
        subscription: "sub_2",
        customData: { reference: ref },
      }),
      further("txn_4", 1565, { subscription: "sub_2" }),
      adjusted(1570, "adj_1", { transaction: "txn_4", ...half }),
    ],
    ends: [
      ...order(1000, { cycle: "new" }),
      of("txn_2", 1000),
      of("txn_3", 1000),
      of("txn_4", 500, { cycle: "renewal" }),
    ],
  },
  {
    name: "seats added in mid-term at a discount, one of them refunded by its line",
    tells: (ref) => {
      const bought = further("txn_2", 90, { origin: "subscription_update", totalMinor: 4760, taxMinor: 760 });
      const { details } = (bought as { data: { details: object } }).data;
      const line = {
        ...{ id: "seats", price_id: "pri_seats", quantity: 2, product: { id: "pro_seats" } },
        totals: { ...totalsOf(4000, 760), subtotal: "5000", discount: "1000" },
        proration: { rate: "0.75" },
      };
      return [
        sold(ref, { subscription: "sub_1" }),
        withData(bought, { details: { ...details, line_items: [line] } }),
        ofLine(
          adjusted(95, "adj_1", { transaction: "txn_2", totalMinor: 2380, subtotalMinor: 2000 }),
          "seats",
          2000,
        ),
      ];
    },
    ends: [
      ...order(1000),
      of("txn_2", 200, {
        cycle: "renewal",
        lines: [
          { line: "seats", quantity: 2, netMinor: 4000, taxMinor: 760, listMinor: 5000, kind: "upgrade" },
        ],
        lostOfLines: [2000],
      }),
    ],
  },
  {
    name: "a warning of a chargeback, the refund that prevents it, and the same told under other ids years later",
    tells: (ref) => [
      sold(ref),
      adjusted(5, "adj_1", { action: "chargeback_warning" }),
      adjusted(6, "adj_2", half),
      { ...adjusted(6, "adj_2", half), event_id: "evt_other" },
      { ...sold(ref), event_id: "evt_years", occurred_at: on(900).occurredAt },
    ],
    ends: order(500),
  },
]);
