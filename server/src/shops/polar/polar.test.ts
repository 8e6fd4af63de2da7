import { webhooks } from "@polar-sh/sdk/2026-10";
import { describe, expect, it } from "vitest";
import {
  deliveredAtSeconds,
  ownDelivery,
  polarDelivery,
  polarSecret,
} from "../../../../test/shops/deliveries.ts";
import { polarEvent, polarOrderPaid, polarOrderRefunded } from "../../../../test/shops/polar-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("polar");
const open = (secret: string) => openShops(new Map([[name, { kind: "polar", secrets: [secret] }]])).get(name);
const shop = open(polarSecret);
const now = instant(deliveredAtSeconds * 1000);
const read = (payload: unknown) => shop?.read(polarDelivery(payload), now);

function onlyEvent(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

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
      eventId: "msg_1",
      objectId: "o_1",
      occurredAt: Date.parse("2025-11-19T14:13:10.123Z"),
      order: "o_1",
      providerIds: ["o_1", "67107b74-8400-4d80-a2fc-54c2b4239cb4"],
      cycle: "new",
      netMinor: 10000,
      taxMinor: 1900,
      currency: "EUR",
      reference: "r_abc-DEF",
      licence: "AAAA-BBBB",
      product: "acme-paint",
      email: "customer@example.com",
      coupons: ["SUMMER"],
    });
  });

  it.each([
    ["purchase", "new"],
    ["subscription_create", "new"],
    ["subscription_cycle", "renewal"],
    ["subscription_update", "renewal"],
    ["subscription_meter_cycle", "renewal"],
  ])("reads the billing reason %s as %s", (billingReason, cycle) => {
    expect(onlyEvent(polarOrderPaid({ billingReason, subscription: "s_1" }))).toMatchObject({
      cycle,
      subscription: "s_1",
    });
  });

  it("counts what the customer's balance paid no second time", () => {
    expect(onlyEvent(polarOrderPaid({ balanceMinor: -4000 }))).toMatchObject({ netMinor: 6000 });
    expect(onlyEvent(polarOrderPaid({ balanceMinor: -90000 }))).toMatchObject({ netMinor: 0 });
  });

  it("finds the product in the metadata of Polar's own where the checkout does not name it", () => {
    const productMetadata = { product: "acme-paint" };
    expect(onlyEvent(polarOrderPaid({ productMetadata }))).toMatchObject(productMetadata);
  });

  it("reads a refund as all that was refunded so far, its tax added", () => {
    const refund = { id: "o_1", refundedMinor: 3000, refundedTaxMinor: 570 };
    expect(onlyEvent(polarOrderRefunded(refund))).toMatchObject({
      effect: "refund",
      objectId: "o_1:3570",
      target: ["o_1"],
      amountMinor: 3570,
      cumulative: true,
    });
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
