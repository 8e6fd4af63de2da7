import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, stripeDelivery, stripeSecret } from "../../../../test/shops/deliveries.ts";
import { stripeCreditNote, stripeRefund } from "../../../../test/shops/stripe-refund-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("stripe");
const shop = openShops(new Map([[name, { kind: "stripe", secrets: [stripeSecret] }]])).get(name);

function onlyEvent(payload: unknown) {
  const reading = shop?.read(stripeDelivery(payload), instant(deliveredAtSeconds * 1000));
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

describe("a Stripe refund", () => {
  it.each([
    ["succeeded", "done"],
    ["pending", "pending"],
    ["requires_action", "pending"],
    ["failed", "failed"],
    ["canceled", "cancelled"],
  ])("that is %s is read as %s, under the charge whose total contains it", (theirs, status) => {
    expect(onlyEvent(stripeRefund({ status: theirs }))).toMatchObject({
      effect: "refund",
      cumulative: false,
      movement: "re_1",
      objectId: expect.stringMatching(`^re_1:${status}@\\d+$`),
      status,
      target: ["ch_1", "pi_1"],
      amountMinor: 11900,
      createdAt: 1_763_561_500_000,
    });
  });
});

describe("a Stripe credit note", () => {
  it("tells what was given back outside of Stripe, net apart", () => {
    expect(onlyEvent(stripeCreditNote())).toMatchObject({
      effect: "refund",
      movement: "cn_1",
      status: "done",
      target: ["in_1"],
      amountMinor: 11900,
      netMinor: 10000,
    });
    expect(onlyEvent(stripeCreditNote({ outsideMinor: 5950 }))).toMatchObject({ netMinor: 5000 });
  });

  it("that is voided gave nothing back", () => {
    expect(onlyEvent(stripeCreditNote({ type: "credit_note.voided", status: "void" }))).toMatchObject({
      movement: "cn_1",
      status: "cancelled",
    });
  });
});
