import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, paddleDelivery, paddleSecret } from "../../../../test/shops/deliveries.ts";
import {
  paddleAdjustment,
  paddleEvent,
  paddleTransactionCompleted,
} from "../../../../test/shops/paddle-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("paddle");
const shop = openShops(new Map([[name, { kind: "paddle", secrets: [paddleSecret] }]])).get(name);
const read = (payload: unknown) => shop?.read(paddleDelivery(payload), instant(deliveredAtSeconds * 1000));

function onlyEvent(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

describe("a Paddle shop", () => {
  it("reads a completed transaction as a new sale", () => {
    const customData = { reference: "r_abc-DEF", licence: " AAAA-BBBB ", product: "acme-paint" };
    const event = paddleTransactionCompleted({ id: "txn_1", customData, discount: "dsc_1" });
    expect(onlyEvent(event)).toEqual({
      effect: "sale",
      eventId: "evt_01hv8x2acma2gz7he8kg2s0hna",
      objectId: "txn_1",
      occurredAt: Date.parse("2025-11-19T14:13:10.621Z"),
      order: "txn_1",
      providerIds: ["txn_1"],
      cycle: "new",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      reference: "r_abc-DEF",
      licence: "AAAA-BBBB",
      product: "acme-paint",
      coupons: ["dsc_1"],
      lines: [],
    });
  });

  it("reads its lines, after discounts, with the price's and the product's id, and what a balance paid taken off", () => {
    const event = paddleTransactionCompleted({ creditMinor: 1190 });
    const data = event.data as {
      details: { line_items: Record<string, unknown>[] };
      items: [{ price: object }];
    };
    const totals = { subtotal: "12000", discount: "2000", tax: "1900", total: "11900" };
    data.details.line_items = data.details.line_items.map((line) => ({ ...line, totals }));
    Object.assign(data.items[0].price, { billing_cycle: { interval: "year", frequency: 1 } });
    expect(onlyEvent(event)).toMatchObject({
      netMinor: 9000,
      taxMinor: 1710,
      lines: [
        {
          line: "txnitm_01hv8wt98jahpbm1t1tzr06z6n",
          articles: ["pro_01gsz4t5hdjse780zja8vvr7jg", "pri_01gsz8x8sawmvhz1pv30nge1ke"],
          quantity: 1,
          netMinor: 9000,
          taxMinor: 1710,
          listMinor: 12_000,
          kind: "new",
          period: "P1Y",
        },
      ],
    });
  });

  it.each([
    ["web", "new"],
    ["api", "new"],
    ["subscription_recurring", "renewal"],
    ["subscription_update", "renewal"],
    ["subscription_charge", "renewal"],
  ])("reads the origin %s as %s", (origin, cycle) => {
    const event = paddleTransactionCompleted({ origin, subscription: "sub_1" });
    expect(onlyEvent(event)).toMatchObject({ cycle, subscription: "sub_1" });
  });

  it("counts what the customer's credit balance paid no second time, and takes the tax in proportion", () => {
    const event = onlyEvent(paddleTransactionCompleted({ creditMinor: 5950 }));
    expect(event).toMatchObject({ netMinor: 5000, taxMinor: 950 });
    const free = onlyEvent(paddleTransactionCompleted({ totalMinor: 0 }));
    expect(free).toMatchObject({ netMinor: 0, taxMinor: 0 });
  });

  it("takes minor units as they are, of a currency that has none too", () => {
    const event = onlyEvent(paddleTransactionCompleted({ currency: "JPY", totalMinor: 1190, taxMinor: 190 }));
    expect(event).toMatchObject({ netMinor: 1000, taxMinor: 190, currency: "JPY" });
  });

  it("finds the product in the catalogue where the checkout does not name it", () => {
    const priceData = { product: "acme-paint" };
    expect(onlyEvent(paddleTransactionCompleted({ priceData }))).toMatchObject(priceData);
  });

  it.each([
    ["null", null],
    ["a list", []],
    ["a number for a reference", { reference: 5 }],
  ])("takes the sale where custom data is %s", (_, customData) => {
    const event = onlyEvent(paddleTransactionCompleted({ customData }));
    expect(event).toMatchObject({ effect: "sale", netMinor: 10000 });
    expect(event).not.toHaveProperty("reference");
  });

  it("reads an approved refund, created or updated, with its own amount", () => {
    const refund = { id: "adj_1", transaction: "txn_1", totalMinor: 3570 };
    const event = onlyEvent(paddleAdjustment(refund));
    expect(event).toMatchObject({
      effect: "refund",
      objectId: expect.stringMatching(/^adj_1:approved@\d+$/),
      movement: "adj_1",
      status: "done",
      target: ["txn_1"],
      amountMinor: 3570,
      cumulative: false,
      currency: "EUR",
    });
    expect(onlyEvent(paddleAdjustment({ ...refund, type: "adjustment.created" }))).toEqual(event);
  });

  it.each([
    ["chargeback", "approved", "dispute_opened"],
    ["chargeback", "reversed", "dispute_won"],
    ["chargeback_reverse", "approved", "dispute_reversed"],
  ])("reads a %s that is %s as %s", (action, status, effect) => {
    const event = onlyEvent(paddleAdjustment({ id: "adj_1", action, status, transaction: "txn_1" }));
    expect(event).toMatchObject({ effect, target: ["txn_1"], amountMinor: 11900, netMinor: 10000 });
    if (effect !== "dispute_reversed") expect(event).toMatchObject({ dispute: "adj_1" });
  });

  it("reads a refund of tax alone as one that takes nothing of the net", () => {
    const event = onlyEvent(paddleAdjustment({ totalMinor: 1900, subtotalMinor: 0 }));
    expect(event).toMatchObject({ effect: "refund", amountMinor: 1900, netMinor: 0 });
  });

  it("reads a refund that was rejected or reversed as one that did not happen", () => {
    expect(onlyEvent(paddleAdjustment({ status: "rejected" }))).toMatchObject({ status: "failed" });
    expect(onlyEvent(paddleAdjustment({ status: "reversed" }))).toMatchObject({ status: "cancelled" });
  });

  it.each([
    ["a refund that waits for approval", paddleAdjustment({ status: "pending_approval" })],
    ["a credit", paddleAdjustment({ action: "credit" })],
    ["a warning", paddleAdjustment({ action: "chargeback_warning" })],
    [
      "a new payment method",
      paddleTransactionCompleted({ origin: "subscription_payment_method_change", totalMinor: 0 }),
    ],
    [
      "a change of plan that cost nothing",
      paddleTransactionCompleted({ origin: "subscription_update", totalMinor: 0 }),
    ],
    ["a type it does not know", paddleEvent("customer.created", { id: "ctm_1" })],
  ])("ignores %s", (_, event) => {
    expect(read(event)).toEqual({ outcome: "ignored", eventId: event.event_id, type: event.event_type });
  });

  it("takes what the simulator sends for a test", () => {
    const event = paddleTransactionCompleted({ eventId: "ntfsimevt_1" });
    expect(read(event)).toMatchObject({ outcome: "ignored", because: "test_mode" });
  });

  it.each([
    ["no id", { ...paddleTransactionCompleted(), event_id: undefined }],
    ["a time without a zone", paddleTransactionCompleted({ occurredAt: "2025-11-19T14:13:10" })],
    ["no data", { ...paddleTransactionCompleted(), data: null }],
    ["an amount with a fraction", paddleTransactionCompleted({ totalMinor: 119.5 })],
    ["a negative amount", paddleTransactionCompleted({ totalMinor: -1 })],
    ["an amount beyond what is exact", paddleTransactionCompleted({ totalMinor: 2 ** 53 })],
    ["an amount as a number", paddleTransactionCompleted({ more: { details: { totals: { total: 1 } } } })],
    ["more tax than the total", paddleTransactionCompleted({ totalMinor: 100, taxMinor: 101 })],
    ["more to pay than the total", paddleTransactionCompleted({ creditMinor: -1 })],
    ["a currency of four letters", paddleTransactionCompleted({ currency: "euro" })],
    ["an adjustment of no transaction", paddleAdjustment({ transaction: "" })],
    ["a list around it", [paddleTransactionCompleted()]],
  ])("refuses an event with %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });
});
