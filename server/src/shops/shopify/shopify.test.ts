import { createSecretKey } from "node:crypto";
import { getHmac } from "@shopify/shopify-api/test-helpers";
import { describe, expect, it } from "vitest";
import { shopifyDelivery, shopifySecret } from "../../../../test/shops/deliveries.ts";
import {
  moneySet,
  shopifyBillingAttempt,
  shopifyContractCreated,
  shopifyDispute,
  shopifyEvent,
  shopifyOrderPaid,
  shopifyRefundCreated,
} from "../../../../test/shops/shopify-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { verifyBody } from "../kit/body-signature.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("shopify");
const shop = openShops(new Map([[name, { kind: "shopify", secrets: [shopifySecret] }]])).get(name);
const read = (payload: unknown) => shop?.read(shopifyDelivery(payload), instant(1_000));

function onlyEvent(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

describe("the X-Shopify-Hmac-Sha256 header", () => {
  it("is what Shopify's own package makes", () => {
    const { headers, body } = shopifyDelivery(shopifyOrderPaid());
    const theirs = getHmac(Buffer.from(body).toString(), shopifySecret);
    expect(headers.get("x-shopify-hmac-sha256")).toBe(theirs);
    expect(verifyBody(theirs, body, [createSecretKey(Buffer.from(shopifySecret))], "base64")).toBe("valid");
  });
});

describe("a Shopify shop", () => {
  it("reads a paid order as a new sale", () => {
    const attributes = { reference: "r_abc-DEF", licence: "AAAA-BBBB", colour: "red" };
    const properties = { product: "acme-paint" };
    expect(onlyEvent(shopifyOrderPaid({ attributes, properties, codes: ["SUMMER", "VIP"] }))).toEqual({
      effect: "sale",
      eventId: "orders/paid:msg_1",
      objectId: "5421877985512",
      occurredAt: Date.parse("2025-11-19T14:13:10Z"),
      order: "5421877985512",
      providerIds: ["5421877985512"],
      cycle: "new",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      reference: "r_abc-DEF",
      licence: "AAAA-BBBB",
      product: "acme-paint",
      email: "customer@example.com",
      country: "AT",
      coupons: ["SUMMER", "VIP"],
      changedAt: expect.any(Number),
      lines: [
        {
          line: "13883210539240",
          articles: ["8216351572200", "44850317033704", "PAINT-1Y"],
          quantity: 1,
          netMinor: 10000,
          taxMinor: 1900,
          listMinor: 11900,
          kind: "new",
        },
      ],
    });
  });

  it("keeps every digit of an id that outgrows a float", () => {
    const body = JSON.stringify(shopifyOrderPaid()).replace('"id":5421877985512', '"id":820982911946154508');
    expect(onlyEvent(body)).toMatchObject({ order: "820982911946154508" });
  });

  it("counts an order of two currencies in the customer's", () => {
    const two = (shop: string, customer: string) => ({
      ...moneySet(customer, "JPY"),
      shop_money: { amount: shop, currency_code: "EUR" },
    });
    const more = { total_price_set: two("119.00", "19500"), total_tax_set: two("19.00", "3113") };
    expect(onlyEvent(shopifyOrderPaid({ more }))).toMatchObject({
      currency: "JPY",
      netMinor: 16_387,
      taxMinor: 3113,
    });
    const older = { total_price_set: undefined, total_tax_set: undefined };
    expect(onlyEvent(shopifyOrderPaid({ more: older }))).toMatchObject({ currency: "EUR", netMinor: 10_000 });
  });

  it("takes an order whose attributes are of another shape", () => {
    const odd = [
      null,
      "reference=r_1",
      { reference: "r_1" },
      [{ name: "reference", value: { deep: true } }],
      [{ name: "__proto__", value: "r_1" }],
    ];
    for (const note_attributes of odd) {
      const event = onlyEvent(shopifyOrderPaid({ more: { note_attributes } }));
      expect(event).toMatchObject({ effect: "sale", netMinor: 10_000 });
      expect(event).not.toHaveProperty("reference");
    }
  });

  it("ignores an order that is not paid, whatever the topic says, as the signature does not cover it", () => {
    for (const status of ["pending", "authorized", "voided", "partially_paid"])
      expect(read(shopifyOrderPaid({ status }))).toMatchObject({ outcome: "ignored" });
    expect(read(shopifyEvent("orders/create", shopifyOrderPaid()))).toMatchObject({
      outcome: "ignored",
      type: "orders/create",
    });
  });

  it("reads what a subscription began with, and what it went on with, as parts of their orders", () => {
    expect(onlyEvent(shopifyContractCreated(7))).toMatchObject({
      order: "7",
      subscription: "9998878778",
      cycle: "new",
      netMinor: 0,
      currency: "xxx".toUpperCase(),
    });
    expect(onlyEvent(shopifyBillingAttempt(8))).toMatchObject({
      order: "8",
      subscription: "9998878778",
      cycle: "renewal",
    });
    expect(read(shopifyContractCreated(null))).toMatchObject({ outcome: "ignored" });
    expect(read(shopifyBillingAttempt(null))).toMatchObject({ outcome: "ignored" });
  });

  it("reads a refund as the sum of what went back", () => {
    const [transaction = {}] = shopifyRefundCreated({ amount: "30.00" }).transactions as object[];
    const transactions = [
      transaction,
      { ...transaction, amount: "5.7", status: "pending" },
      { ...transaction, status: "failure" },
      { ...transaction, kind: "void" },
    ];
    expect(onlyEvent(shopifyRefundCreated({ transactions: transactions as never }))).toMatchObject({
      effect: "refund",
      objectId: "929361465640:pending:3570",
      movement: "refund-929361465640",
      status: "pending",
      target: ["5421877985512"],
      amountMinor: 3570,
      cumulative: false,
    });
    expect(read(shopifyRefundCreated({ transactions: [] }))).toMatchObject({ outcome: "ignored" });
    expect(read(shopifyRefundCreated({ test: true }))).toMatchObject({ because: "test_mode" });
  });

  it.each([
    ["needs_response", "dispute_opened"],
    ["under_review", "dispute_opened"],
    ["lost", "dispute_lost"],
    ["accepted", "dispute_lost"],
    ["won", "dispute_won"],
    ["charge_refunded", "dispute_won"],
  ])("reads a chargeback that is %s as %s", (status, effect) => {
    const event = onlyEvent(shopifyDispute({ status }));
    expect(event).toMatchObject({ effect, dispute: "dispute-285332461850", amountMinor: 11_900 });
  });

  it("ignores an inquiry, a dispute of no order, and a state that it does not know", () => {
    for (const dispute of [{ type: "inquiry" }, { order: null }, { status: "prevented" }])
      expect(read(shopifyDispute(dispute))).toMatchObject({ outcome: "ignored" });
  });

  it.each([
    ["more tax than the total", shopifyOrderPaid({ total: "1.00", tax: "2.00" })],
    ["a total that is no number", shopifyOrderPaid({ total: "much" })],
    ["a refund below zero", shopifyRefundCreated({ amount: "-5.00" })],
    ["a dispute below zero", shopifyDispute({ amount: "-5.00" })],
    ["an order under the topic of refunds", shopifyEvent("refunds/create", shopifyOrderPaid())],
  ])("refuses %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });

  it("refuses a delivery without a topic", () => {
    const { headers, body } = shopifyDelivery(shopifyOrderPaid());
    headers.delete("x-shopify-topic");
    expect(shop?.read({ headers, body }, instant(0))).toMatchObject({ because: "event_malformed" });
  });

  it("knows a delivery without an event id by its body", () => {
    const { headers, body } = shopifyDelivery(shopifyOrderPaid());
    headers.delete("x-shopify-event-id");
    const reading = shop?.read({ headers, body }, instant(0));
    expect(reading).toMatchObject({
      events: [{ eventId: expect.stringMatching(/^orders\/paid:[0-9a-f]{64}$/) }],
    });
  });
});
