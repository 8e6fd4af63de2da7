import { moneySet, shopifyEvent, shopifyOrderPaid } from "../shopify-fixtures.ts";
import { back, on, order } from "./shopify-tellings.ts";
import { playStories } from "./story.ts";

type Json = Record<string, unknown>;

/** What the order costs: 100.00 of goods, 19.00 of tax and 30.00 of duties. */
const duties = {
  original_total_duties_set: moneySet("30.00", "EUR"),
  current_total_duties_set: moneySet("30.00", "EUR"),
};
const goods = {
  ...{ id: 1, product_id: 10, quantity: 1, price: "100.00", tax_lines: [{ price: "19.00" }] },
  duties: [{ id: 5, harmonized_system_code: "8523", ...moneySet("30.00", "EUR") }],
};
const abroad = (reference: string, more: Json = {}, total = "149.00") =>
  shopifyOrderPaid({
    ...{ attributes: { reference }, total, tax: "19.00" },
    more: { updated_at: on(0), taxes_included: false, line_items: [goods], ...duties, ...more },
  });
const withDuties = (event: Json, amount: string, more: Json = {}) =>
  shopifyEvent("refunds/create", {
    ...event,
    duties: [{ duty_id: 5, amount_set: moneySet(amount, "EUR") }],
    ...more,
  });

playStories("shopify", [
  {
    name: "customs duties are no money of the vendor's",
    tells: (ref) => [abroad(ref)],
    ends: order(1000, {
      netMinor: 10_000,
      taxMinor: 4900,
      lines: [{ line: "1", netMinor: 10_000, taxMinor: 4900 }],
    }),
  },
  {
    name: "duties alone are paid back",
    tells: (ref) => [abroad(ref), withDuties(back(2, "30.00"), "30.00")],
    ends: order(1000, { lostOfLines: [0] }),
  },
  {
    name: "goods are paid back with their tax, and their duties are kept",
    tells: (ref) => [
      abroad(ref),
      shopifyEvent("refunds/create", {
        ...back(2, "119.00"),
        refund_line_items: [{ line_item_id: 1, subtotal: "100.00", total_tax: "19.00" }],
      }),
    ],
    ends: order(0, { lostOfLines: [10_000] }),
  },
  {
    name: "half of the goods is paid back with its duties, then the order is told anew",
    tells: (ref) => {
      const refund = withDuties(back(2, "74.50"), "15.00", {
        refund_line_items: [{ line_item_id: 1, subtotal: "50.00", total_tax: "9.50" }],
      });
      const now = {
        ...{ current_total_price: "74.50", current_total_price_set: moneySet("74.50", "EUR") },
        ...{ current_total_tax: "9.50", current_total_tax_set: moneySet("9.50", "EUR") },
        current_total_duties_set: moneySet("15.00", "EUR"),
      };
      return [abroad(ref), refund, abroad(ref, { ...now, updated_at: on(2), refunds: [refund] })];
    },
    ends: order(500, { netMinor: 10_000, lostOfLines: [5000] }),
  },
  {
    name: "an order that an edit made larger, with its duties, and that was paid again",
    tells: (ref) => [
      abroad(ref),
      abroad(ref, {
        ...{ current_total_price: "298.00", current_total_price_set: moneySet("298.00", "EUR") },
        ...{ current_total_tax: "38.00", current_total_tax_set: moneySet("38.00", "EUR") },
        ...{ current_total_duties_set: moneySet("60.00", "EUR"), updated_at: on(2) },
        line_items: [goods, { ...goods, id: 2 }],
      }),
    ],
    ends: order(2000, { netMinor: 20_000, taxMinor: 9800 }),
  },
  {
    name: "duties that cannot be: beyond the total, below zero, in another currency, of another shape",
    tells: (ref) => [
      abroad(ref, { original_total_duties_set: moneySet("-30.00", "EUR"), line_items: [] }, "119.00"),
      abroad("", { id: 8, original_total_duties_set: moneySet("30.00", "USD"), line_items: [] }, "119.00"),
      abroad("", { id: 9, original_total_duties_set: "30.00", line_items: [] }, "119.00"),
      abroad("", { id: 10, original_total_duties_set: moneySet("1e9", "EUR"), line_items: [] }, "119.00"),
    ],
    ends: [
      ...order(1000, { netMinor: 10_000 }),
      { order: "8", earnedMinor: 0, netMinor: 10_000, outcome: "unattributed" },
      { order: "9", earnedMinor: 0, netMinor: 10_000, outcome: "unattributed" },
      { order: "10", earnedMinor: 0, outcome: "unattributed" },
    ],
  },
]);
