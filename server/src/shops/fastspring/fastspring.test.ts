import { describe, expect, it } from "vitest";
import { fastspringDelivery, fastspringSecret } from "../../../../test/shops/deliveries.ts";
import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringEvent,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../../../../test/shops/fastspring-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("fastspring");
const shop = openShops(new Map([[name, { kind: "fastspring", secrets: [fastspringSecret] }]])).get(name);
const read = (payload: unknown) => shop?.read(fastspringDelivery(payload), instant(0));

function readingOf(payload: unknown) {
  const batch = read(payload);
  if (batch?.outcome !== "batch") throw new Error(`it was ${JSON.stringify(batch)}`);
  return batch.readings;
}

function onlyEvent(event: Record<string, unknown> | string) {
  const [reading] = readingOf(typeof event === "string" ? event : fastspringBatch(event));
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

/** The delivery's text with another spelling of the amounts: a float would not keep it. */
const withTotals = (total: string, tax: string, currency = "EUR") =>
  JSON.stringify(fastspringBatch(fastspringOrderCompleted({ currency })))
    .replace('"total":119,', `"total":${total},`)
    .replace('"tax":19,', `"tax":${tax},`);

describe("a FastSpring shop", () => {
  it("reads a completed order as a new sale", () => {
    const order = fastspringOrderCompleted({
      tags: { reference: "r_abc-DEF", licence: "AAAA-BBBB" },
      attributes: { product: "acme-paint" },
      coupons: ["SUMMER"],
      subscription: "sub-1",
    });
    expect(onlyEvent(order)).toEqual({
      effect: "sale",
      eventId: "vGfK0pRcTqSw8FZr8mUo3A",
      objectId: "NRlOHP0TSM6MwxzPMoc-dg",
      occurredAt: 1_763_561_590_123,
      order: "ACM251119-7891-01112",
      providerIds: ["NRlOHP0TSM6MwxzPMoc-dg", "ACM251119-7891-01112"],
      cycle: "new",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      lines: [
        {
          line: "acme-paint-one-year",
          articles: ["acme-paint-one-year"],
          quantity: 1,
          netMinor: 10000,
          taxMinor: 1900,
          listMinor: 10000,
          kind: "new",
          period: "P1Y",
        },
      ],
      reference: "r_abc-DEF",
      licence: "AAAA-BBBB",
      product: "acme-paint",
      email: "customer@example.com",
      country: "AT",
      coupons: ["SUMMER"],
      subscription: "sub-1",
    });
  });

  it.each([
    ["an object", { reference: "r_1" }],
    ["JSON", '{"reference":"r_1"}'],
    ["pairs with colons", "campaign:spring, reference:r_1"],
    ["pairs of an address", "utm=x&reference=r_1"],
  ])("finds the reference in tags that are %s", (_, tags) => {
    expect(onlyEvent(fastspringOrderCompleted({ tags }))).toMatchObject({ reference: "r_1" });
  });

  it.each([
    ["half of JSON", '{"reference":'],
    ["a number", 5],
    ["null", null],
    ["a text without pairs", "spring"],
    ["20 kB", `reference:r_1,${"x".repeat(20_000)}`],
  ])("takes the order where tags are %s", (_, tags) => {
    const event = onlyEvent(fastspringOrderCompleted({ tags }));
    expect(event).toMatchObject({ effect: "sale", netMinor: 10000 });
    expect(event).not.toHaveProperty("reference");
  });

  it.each([
    ["0.29", "0.0", "EUR", 29, 0],
    ["1.19E2", "1.9E1", "EUR", 10000, 1900],
    ["54.980000000000004", "0", "USD", 5498, 0],
    ["1250.0", "0", "JPY", 1250, 0],
    ["1.250", "0", "KWD", 1250, 0],
    ["90071992547.41", "0", "EUR", 9_007_199_254_741, 0],
  ])("reads %s with %s of tax in %s exactly", (total, tax, currency, netMinor, taxMinor) => {
    expect(onlyEvent(withTotals(total, tax, currency))).toMatchObject({ netMinor, taxMinor, currency });
  });

  it("reads a charge of a subscription as a renewal", () => {
    const charge = fastspringChargeCompleted({ subscription: "sub-1", id: "order-2", reference: "ACM-2" });
    expect(onlyEvent(charge)).toMatchObject({
      effect: "sale",
      cycle: "renewal",
      objectId: "charge-order-2",
      order: "ACM-2",
      subscription: "sub-1",
      netMinor: 10000,
    });
  });

  it("gives each item a line, with its part of the tax and of a discount on the whole", () => {
    const items = [
      { product: "paint", sku: "P-1", quantity: 2, subtotal: 60.0, discount: 10.0 },
      { product: { product: "brush" }, sku: null, quantity: 1, subtotal: 40.0, discount: 0.0, isAddon: true },
      { product: "paint", quantity: 1, subtotal: 10.0, discount: 0 },
    ];
    const before = onlyEvent(fastspringOrderCompleted({ total: 119, tax: 19, more: { items } }));
    expect(before).toMatchObject({
      lines: [
        {
          line: "paint",
          articles: ["paint", "P-1"],
          quantity: 2,
          netMinor: 5000,
          taxMinor: 950,
          listMinor: 6000,
        },
        { line: "brush", articles: ["brush"], netMinor: 4000, taxMinor: 760, kind: "addon" },
        { line: "paint#2", netMinor: 1000, taxMinor: 190, listMinor: 1000 },
      ],
    });
    const after = onlyEvent(fastspringOrderCompleted({ total: 129, tax: 19, more: { items } }));
    expect(after).toMatchObject({ lines: [{ netMinor: 6000, listMinor: 7000 }, {}, {}] });
    const lowered = onlyEvent(fastspringOrderCompleted({ total: 55, tax: 0, more: { items } }));
    expect(lowered).toMatchObject({ lines: [{ netMinor: 3000 }, { netMinor: 2000 }, { netMinor: 500 }] });
  });

  it("reads a charge for a change in the middle of a term as an upgrade", () => {
    const items = [{ product: "pro", quantity: 1, subtotal: 100, proratedItemProratedCharge: 120.5 }];
    const charge = fastspringChargeCompleted({ subscription: "sub-1", more: { items } });
    expect(onlyEvent(charge)).toMatchObject({ cycle: "renewal", lines: [{ kind: "upgrade" }] });
  });

  it.each([
    [20, 20, 0],
    [35.7, 5.7, 3000],
    [35.7, undefined, undefined],
    [5, 19, undefined],
  ])("reads of a return of %s with %s of tax a net of %s", (total, tax, netMinor) => {
    const event = onlyEvent(fastspringReturnCreated({ total, ...(tax === undefined ? {} : { tax }) }));
    expect(event).toHaveProperty("amountMinor", Math.round(total * 100));
    expect((event as { netMinor?: number }).netMinor).toBe(netMinor);
  });

  it("reads what a return took of each item, where the items sum to it", () => {
    const items = [
      { product: "paint", subtotal: 20 },
      { product: "brush", subtotal: 10 },
    ];
    const lines = [
      { line: "paint", netMinor: 2000, taxMinor: 380 },
      { line: "brush", netMinor: 1000, taxMinor: 190 },
    ];
    expect(onlyEvent(fastspringReturnCreated({ total: 35.7, tax: 5.7, items }))).toMatchObject({ lines });
    expect(onlyEvent(fastspringReturnCreated({ total: 25.7, tax: 5.7, items }))).not.toHaveProperty("lines");
  });

  it("reads a return with its own amount, by the order's id and what people call it", () => {
    expect(onlyEvent(fastspringReturnCreated({ id: "return-1", total: 35.7 }))).toMatchObject({
      effect: "refund",
      objectId: "return-1",
      target: ["NRlOHP0TSM6MwxzPMoc-dg", "ACM251119-7891-01112"],
      amountMinor: 3570,
      cumulative: false,
    });
  });

  it("takes each event of a delivery for itself", () => {
    const readings = readingOf(
      fastspringBatch(
        fastspringOrderCompleted(),
        fastspringOrderCompleted({ total: -1 }),
        fastspringOrderCompleted({ live: false }),
        fastspringEvent("account.created", {}),
        fastspringReturnCreated(),
      ),
    );
    expect(readings.map(({ outcome }) => outcome)).toEqual([
      "events",
      "refused",
      "ignored",
      "ignored",
      "events",
    ]);
  });

  it("ignores a return that has not gone through", () => {
    const [reading] = readingOf(fastspringBatch(fastspringReturnCreated({ completed: false })));
    expect(reading).toMatchObject({ outcome: "ignored", type: "return.created" });
  });

  it.each([
    ["an order that is an id alone", fastspringEvent("order.completed", "NRlOHP0TSM6MwxzPMoc-dg")],
    ["a charge that names no order", fastspringEvent("subscription.charge.completed", { currency: "EUR" })],
    ["an amount as text that is none", fastspringOrderCompleted({ more: { total: "much" } })],
    ["more tax than the total", fastspringOrderCompleted({ total: 1, tax: 2 })],
    ["no word on whether it is live", { ...fastspringOrderCompleted(), live: undefined }],
    ["a return below zero", fastspringReturnCreated({ total: -5 })],
  ])("refuses %s", (_, event) => {
    expect(readingOf(fastspringBatch(event))).toMatchObject([
      { outcome: "refused", because: "event_malformed" },
    ]);
  });

  it("refuses a body that is no list of events, or too long a one", () => {
    expect(read({ events: {} })).toMatchObject({ outcome: "refused", because: "event_malformed" });
    expect(read({ events: Array(1001).fill({}) })).toMatchObject({ outcome: "refused" });
  });
});
