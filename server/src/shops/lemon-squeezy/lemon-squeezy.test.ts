import { describe, expect, it } from "vitest";
import { lemonSqueezyDelivery, lemonSqueezySecret } from "../../../../test/shops/deliveries.ts";
import {
  lemonEvent,
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../../../../test/shops/lemon-squeezy-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { currencyOf } from "../kit/members.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("lemon");
const shop = openShops(new Map([[name, { kind: "lemon-squeezy", secrets: [lemonSqueezySecret] }]])).get(name);
const read = (payload: unknown) => shop?.read(lemonSqueezyDelivery(payload), instant(0));

function onlyEvent(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

/** What an event of a refund tells beside the sale. */
function refundIn(payload: unknown) {
  const reading = read(payload);
  return reading?.outcome === "events" ? reading.events.find(({ effect }) => effect === "refund") : undefined;
}

describe("a Lemon Squeezy shop", () => {
  it("reads an order as a new sale", () => {
    const customData = { ref: "r_abc-DEF", licence: "AAAA-BBBB", product: "acme-paint" };
    expect(onlyEvent(lemonOrderCreated({ id: "17", customData }))).toEqual({
      effect: "sale",
      eventId: "sale-17",
      objectId: "17",
      occurredAt: Date.parse("2025-11-19T14:13:05Z"),
      order: "17",
      providerIds: ["17"],
      cycle: "new",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      amounts: "paid",
      lines: [
        {
          line: "1",
          articles: ["1"],
          quantity: 1,
          netMinor: 10000,
          taxMinor: 1900,
          listMinor: 10000,
          kind: "new",
        },
      ],
      reference: "r_abc-DEF",
      licence: "AAAA-BBBB",
      product: "acme-paint",
      email: "customer@example.com",
    });
  });

  it("tells the same of an order whatever the links in its body", () => {
    const first = onlyEvent(lemonOrderCreated());
    expect(onlyEvent(lemonOrderCreated({ linkSignature: "other" }))).toEqual(first);
  });

  const item = { id: 7, product_id: 11, variant_id: 12, price_id: 13, quantity: 3 };
  const list = { subtotal: 12000, discount_total: 2000, first_order_item: item };
  const articles = ["11", "12", "13"];

  it("gives the article a line with its ids, its number and its price before the discount", () => {
    expect(onlyEvent(lemonOrderCreated({ more: list }))).toMatchObject({
      lines: [{ line: "7", articles, quantity: 3, netMinor: 10000, taxMinor: 1900, listMinor: 12000 }],
    });
    expect(onlyEvent(lemonOrderCreated({ more: { first_order_item: null } }))).not.toHaveProperty("lines");
  });

  it.each([
    ["beside the subtotal", { ...list, subtotal: 9000, setup_fee: 3000 }],
    ["as a part of the subtotal", { ...list, setup_fee: 3000 }],
    ["with the tax in the prices", { ...list, subtotal: 13900, setup_fee: 3475, tax_inclusive: true }],
  ])("gives a fee for setting up a line of its own, told %s", (_, more) => {
    expect(onlyEvent(lemonOrderCreated({ more }))).toMatchObject({
      netMinor: 10000,
      lines: [
        { line: "7", articles, netMinor: 7500, taxMinor: 1425, kind: "new" },
        { line: "setup", articles: [], netMinor: 2500, taxMinor: 475, kind: "other" },
      ],
    });
  });

  it("reads the invoice of a change of plan as an upgrade", () => {
    expect(onlyEvent(lemonSubscriptionPayment({ reason: "updated" }))).toMatchObject({
      cycle: "renewal",
      lines: [{ kind: "upgrade", netMinor: 10000, taxMinor: 1900 }],
    });
  });

  it("tells each total with the time the order became so", () => {
    const at = (updated_at: string, refundedMinor: number) =>
      refundIn(lemonOrderRefunded({ id: "17", refundedMinor, more: { updated_at } }));
    const first = at("2025-11-20T10:00:00.000000Z", 11900);
    const second = at("2025-11-21T10:00:00.000000Z", 100);
    expect(second?.occurredAt).toBe(Date.parse("2025-11-21T10:00:00Z"));
    expect(first?.occurredAt).toBe(Date.parse("2025-11-20T10:00:00Z"));
    expect(at("2025-11-22T10:00:00.000000Z", 11900)?.objectId).not.toBe(first?.objectId);
  });

  it("reads the start of a subscription as a word on its order that sorts after the order's own", () => {
    const order = onlyEvent(lemonOrderCreated({ id: "4903117" }));
    const start = onlyEvent(lemonSubscriptionCreated({ id: "1126309", order: 4903117 }));
    expect(start).toMatchObject({
      effect: "sale",
      order: "4903117",
      subscription: "1126309",
      netMinor: 0,
      currency: currencyOf("xxx"),
      amounts: "part",
    });
    expect((start?.objectId ?? "") > (order?.objectId ?? "")).toBe(true);
  });

  it.each(["subscription_payment_success", "subscription_payment_recovered"])(
    "reads %s as a renewal under a name that no order has",
    (name) => {
      expect(onlyEvent(lemonSubscriptionPayment({ name, id: "17", subscription: 5 }))).toMatchObject({
        effect: "sale",
        cycle: "renewal",
        objectId: "subscription-invoice-17",
        order: "subscription-invoice-17",
        subscription: "5",
        netMinor: 10000,
      });
    },
  );

  it("reads refunds as all that was refunded so far", () => {
    expect(refundIn(lemonOrderRefunded({ id: "17", refundedMinor: 3570 }))).toMatchObject({
      effect: "refund",
      objectId: `17:3570:${Date.parse("2025-11-19T14:13:05Z")}`,
      target: ["17"],
      amountMinor: 3570,
      cumulative: true,
    });
    expect(refundIn(lemonOrderRefunded({ refundedMinor: null }))).toMatchObject({ amountMinor: 11900 });
    const name = "subscription_payment_refunded";
    expect(refundIn(lemonSubscriptionPayment({ name, id: "17", refundedMinor: 100 }))).toMatchObject({
      target: ["subscription-invoice-17"],
      amountMinor: 100,
    });
  });

  it.each([
    ["the first payment of a subscription", lemonSubscriptionPayment({ reason: "initial" })],
    [
      "the refund of a subscription's first payment",
      lemonSubscriptionPayment({ name: "subscription_payment_refunded", reason: "initial" }),
    ],
    ["a change of plan that cost nothing", lemonSubscriptionPayment({ reason: "updated", totalMinor: 0 })],
    ["an order that is not paid", lemonOrderCreated({ status: "pending" })],
    ["a refund of nothing", lemonOrderRefunded({ refundedMinor: 0, status: "pending" })],
    [
      "a type it does not know",
      lemonEvent("license_key_created", { type: "license-keys", id: "1", attributes: {} }),
    ],
  ])("ignores %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "ignored", type: expect.any(String) });
  });

  it.each([
    ["no name", { ...lemonOrderCreated(), meta: {} }],
    ["no object", { ...lemonOrderCreated(), data: null }],
    ["an amount as text", lemonOrderCreated({ more: { total: "11900" } })],
    ["an amount with a fraction", lemonOrderCreated({ totalMinor: 1.5 })],
    ["more tax than the total", lemonOrderCreated({ totalMinor: 1, taxMinor: 2 })],
    ["a subscription of no order", lemonSubscriptionCreated({ order: 0 })],
    ["a time that is none", lemonOrderCreated({ at: "yesterday" })],
  ])("refuses an event with %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });
});
