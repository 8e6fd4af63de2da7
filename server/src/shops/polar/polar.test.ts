import { webhooks } from "@polar-sh/sdk/2026-10";
import { describe, expect, it } from "vitest";
import {
  deliveredAtSeconds,
  ownDelivery,
  polarDelivery,
  polarSecret,
} from "../../../../test/shops/deliveries.ts";
import {
  polarEvent,
  polarOrderPaid,
  polarOrderRefunded,
  polarRefundUpdated,
} from "../../../../test/shops/polar-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("polar");
const open = (secret: string) => openShops(new Map([[name, { kind: "polar", secrets: [secret] }]])).get(name);
const shop = open(polarSecret);
const now = instant(deliveredAtSeconds * 1000);
const read = (payload: unknown) => shop?.read(polarDelivery(payload), now);

function eventsOf(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events;
}
const onlyEvent = (payload: unknown) => eventsOf(payload)[0];
const lastEvent = (payload: unknown) => eventsOf(payload).at(-1);
const item = { id: "i1", amount: 10000, tax_amount: 1900, product_price_id: "price_1" };

describe("a Polar shop", () => {
  it.each([polarSecret, `whsec_${Buffer.from("thirty-two bytes of pure secret!").toString("base64")}`])(
    "takes what Polar's own package takes, signed with the whole text of %s",
    async (secret) => {
      const timestamp = Math.floor(Date.now() / 1000);
      const { headers, body } = polarDelivery(polarOrderPaid(), { secret, timestamp });
      const text = Buffer.from(body).toString();
      const event = await webhooks.validateEvent(text, Object.fromEntries(headers), secret);
      expect(event).toMatchObject({ type: "order.paid" });
      expect(open(secret)?.read({ headers, body }, instant(timestamp * 1000))).toMatchObject({
        outcome: "events",
      });
    },
  );

  it("takes no signature by what stands in base64 after whsec_, as Standard Webhooks has it", () => {
    const secret = `whsec_${Buffer.from("thirty-two bytes of pure secret!").toString("base64")}`;
    expect(open(secret)?.read(ownDelivery(polarOrderPaid(), { secret }), now)).toMatchObject({
      because: "signature_mismatch",
    });
  });

  it("reads a paid order as a new sale", () => {
    const metadata = { reference_id: "r_abc-DEF", licence: "AAAA-BBBB", product: "acme-paint" };
    expect(onlyEvent(polarOrderPaid({ id: "o_1", metadata, code: "SUMMER" }))).toEqual({
      effect: "sale",
      eventId: "order-o_1",
      objectId: "o_1",
      occurredAt: Date.parse("2025-11-19T14:13:05.123Z"),
      order: "o_1",
      providerIds: ["o_1", "67107b74-8400-4d80-a2fc-54c2b4239cb4"],
      cycle: "new",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      amounts: "paid",
      lines: [
        {
          line: "i1",
          articles: ["9b5a2f0e-6c0d-4f6f-8d7e-0b2a5f1f3c11", "price_1"],
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
      country: "DE",
      coupons: ["SUMMER"],
    });
  });

  it.each([
    ["purchase", "new"],
    ["subscription_create", "new"],
    ["subscription_cycle", "renewal"],
    ["subscription_cycle_after_trial", "renewal"],
    ["subscription_update", "renewal"],
    ["subscription_meter_cycle", "renewal"],
  ])("reads the billing reason %s as %s", (billingReason, cycle) => {
    expect(onlyEvent(polarOrderPaid({ billingReason, subscription: "s_1" }))).toMatchObject({
      cycle,
      subscription: "s_1",
    });
  });

  it("counts what the customer's balance paid no second time", () => {
    const half = onlyEvent(polarOrderPaid({ balanceMinor: -5950 }));
    expect(half).toMatchObject({ netMinor: 5000, taxMinor: 950, lines: [{ netMinor: 5000, taxMinor: 950 }] });
    const all = { netMinor: 0, taxMinor: 0 };
    expect(onlyEvent(polarOrderPaid({ balanceMinor: -90000 }))).toMatchObject(all);
    expect(onlyEvent(polarOrderPaid({ netMinor: 0, taxMinor: 0 }))).toMatchObject(all);
  });

  it.each([
    ["isk", 1_000_000, 10_000],
    ["ugx", 1_000_000, 10_000],
    ["mga", 30_000, 3_000_000],
    ["jpy", 1_250, 1_250],
    ["kwd", 1_250, 1_250],
  ])("reads amounts in %s as Stripe counts them", (currency, told, netMinor) => {
    const sale = polarOrderPaid({ currency, netMinor: told, taxMinor: 0 });
    expect(onlyEvent(sale)).toMatchObject({ netMinor, lines: [{ netMinor, listMinor: netMinor }] });
    const refund = polarOrderRefunded({ currency, refundedMinor: told, refundedTaxMinor: 0 });
    expect(lastEvent(refund)).toMatchObject({ amountMinor: netMinor, netMinor });
    const movement = polarRefundUpdated({ currency, amountMinor: told, taxMinor: 0 });
    expect(onlyEvent(movement)).toMatchObject({ amountMinor: netMinor, netMinor });
  });

  it("lets the lines of a discounted order bear the discount", () => {
    const items = [item, { ...item, id: "i2", amount: 5000, tax_amount: 0, product_price_id: "price_2" }];
    const event = onlyEvent(polarOrderPaid({ netMinor: 12000, more: { items, discount_amount: 3000 } }));
    expect(event).toMatchObject({
      netMinor: 12000,
      lines: [
        { line: "i1", netMinor: 8000, taxMinor: 1900, listMinor: 10000 },
        { line: "i2", netMinor: 4000, taxMinor: 0, listMinor: 5000 },
      ],
    });
  });

  it("tells a change of plan by its prorated lines, and the term by the subscription", () => {
    const items = [
      { ...item, amount: 15000, proration: true },
      { ...item, id: "i2", amount: -5000, tax_amount: 0, proration: true },
    ];
    const subscription = { recurring_interval: "month", recurring_interval_count: 3 };
    const event = onlyEvent(
      polarOrderPaid({ billingReason: "subscription_update", more: { items, subscription } }),
    );
    expect(event).toMatchObject({
      cycle: "renewal",
      lines: [
        { netMinor: 15000, kind: "upgrade", period: "P3M" },
        { netMinor: -5000, kind: "upgrade", period: "P3M" },
      ],
    });
  });

  it("finds the product in the metadata of Polar's own where the checkout does not name it", () => {
    const productMetadata = { product: "acme-paint" };
    expect(onlyEvent(polarOrderPaid({ productMetadata }))).toMatchObject(productMetadata);
  });

  it("reads a refund as all that was refunded so far, its tax added", () => {
    const refund = { id: "o_1", refundedMinor: 3000, refundedTaxMinor: 570 };
    const at = "2025-11-20T10:00:00Z";
    expect(lastEvent(polarOrderRefunded({ ...refund, at }))).toMatchObject({
      effect: "refund",
      objectId: `o_1:3570:${Date.parse(at)}`,
      occurredAt: Date.parse(at),
      target: ["o_1"],
      amountMinor: 3570,
      netMinor: 3000,
      cumulative: true,
    });
  });

  it("tells the total anew whenever the order changed, since a refund may be reverted", () => {
    const at = (day: string) => polarEvent("order.updated", { at: `2025-11-${day}T10:00:00Z` });
    const [first, second] = [lastEvent(at("20")), lastEvent(at("21"))];
    expect([first, second]).toMatchObject([{ amountMinor: 0 }, { amountMinor: 0 }]);
    expect(first?.eventId).not.toBe(second?.eventId);
  });

  it("takes the sale of an order that changed, as its own event may be lost", () => {
    expect(eventsOf(polarEvent("order.updated", { id: "o_1" }))).toMatchObject([
      { effect: "sale", eventId: "order-o_1" },
      { effect: "refund" },
    ]);
  });

  it.each(["pending", "void", "draft"])("ignores an order that is %s", (status) => {
    expect(read(polarEvent("order.updated", { more: { status } }))).toMatchObject({ outcome: "ignored" });
  });

  it.each([
    ["pending", "pending"],
    ["succeeded", "done"],
    ["failed", "failed"],
    ["canceled", "cancelled"],
  ])("reads a refund that is %s as %s", (status, told) => {
    const at = "2025-11-22T10:00:00Z";
    expect(onlyEvent(polarRefundUpdated({ id: "r_1", order: "o_1", status, at }))).toEqual({
      effect: "refund",
      eventId: "msg_1",
      objectId: `r_1:${told}@${Date.parse(at)}`,
      occurredAt: Date.parse(at),
      // One that is under way is in no total of its order yet.
      ...(status === "pending" ? {} : { createdAt: Date.parse("2025-11-20T14:13:05.123Z") }),
      target: ["o_1"],
      cumulative: false,
      movement: "r_1",
      status: told,
      amountMinor: 11900,
      netMinor: 10000,
      currency: "EUR",
    });
  });

  it("ignores a refund in a state it does not know", () => {
    expect(read(polarRefundUpdated({ status: "toString" }))).toMatchObject({ outcome: "ignored" });
  });

  it("ignores a type it does not know", () => {
    expect(read(polarEvent("order.created"))).toEqual({
      outcome: "ignored",
      eventId: "msg_1",
      type: "order.created",
    });
  });

  it.each([
    ["no time", { ...polarOrderPaid(), timestamp: null }],
    ["no order", { ...polarOrderPaid(), data: null }],
    ["an amount as text", polarOrderPaid({ more: { net_amount: "10000" } })],
    ["a negative amount", polarOrderPaid({ netMinor: -1 })],
    ["an amount beyond what is exact", polarOrderPaid({ netMinor: 2 ** 53 })],
    ["an id of 300 characters", polarOrderPaid({ id: "o".repeat(300) })],
    ["a currency of four letters", polarOrderPaid({ currency: "euro" })],
  ])("refuses an event with %s", (_, event) => {
    expect(read(event)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });
});
