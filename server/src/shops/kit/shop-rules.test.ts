import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, stripeDelivery, stripeSecret } from "../../../../test/shops/deliveries.ts";
import { stripeCheckoutCompleted, stripeEvent } from "../../../../test/shops/stripe-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";
import type { Shop, SingleReading, WebhookReading } from "../shop.ts";
import { inOneMode } from "./shop-rules.ts";

const now = instant(deliveredAtSeconds * 1000);
const delivery = { headers: new Headers(), body: new Uint8Array() };
const events = (live: boolean): Extract<SingleReading, { outcome: "events" }> => ({
  outcome: "events",
  live,
  events: [{ effect: "link", eventId: "e", objectId: "o", occurredAt: now, target: [as.provider("a")] }],
});
const shopOf = (reading: WebhookReading): Shop => ({ kind: "any", read: () => reading });
const ignored = (because: string) => ({ outcome: "ignored", eventId: "e", type: "link", because });

describe("a shop for real money", () => {
  it("takes live events and passes over test events", () => {
    expect(inOneMode(shopOf(events(true)), false).read(delivery, now)).toEqual(events(true));
    expect(inOneMode(shopOf(events(false)), false).read(delivery, now)).toEqual(ignored("test_mode"));
  });

  it("judges each event of a batch for itself", () => {
    const batch: WebhookReading = { outcome: "batch", readings: [events(false), events(true)] };
    expect(inOneMode(shopOf(batch), false).read(delivery, now)).toEqual({
      outcome: "batch",
      readings: [ignored("test_mode"), events(true)],
    });
  });

  it("judges again what the shop's own API said", async () => {
    const shop: Shop = { ...shopOf(events(true)), confirm: async () => events(false) };
    expect(await inOneMode(shop, false).confirm?.(events(true), now)).toEqual(ignored("test_mode"));
  });
});

describe("a shop for tests", () => {
  it("takes test events alone", () => {
    expect(inOneMode(shopOf(events(false)), true).read(delivery, now)).toEqual(events(false));
    expect(inOneMode(shopOf(events(true)), true).read(delivery, now)).toEqual(ignored("live_mode"));
  });
});

describe("Stripe's test mode", () => {
  const name = as.shop("stripe");
  const secrets = [stripeSecret];
  const read = (testMode: boolean, event: unknown) =>
    openShops(new Map([[name, { kind: "stripe", secrets, testMode }]]))
      .get(name)
      ?.read(stripeDelivery(event), now);
  const inMode = (livemode: unknown) => ({ ...stripeCheckoutCompleted(), livemode });

  it.each([
    [false, true, "events"],
    [false, false, "ignored"],
    [true, true, "ignored"],
    [true, false, "events"],
    [false, undefined, "events"],
    [false, "false", "refused"],
  ])("with testMode %s reads an event of livemode %s as %s", (testMode, livemode, outcome) => {
    expect(read(testMode, inMode(livemode))).toMatchObject({ outcome });
  });

  it("leaves what is of no use either way as it is", () => {
    const event = { ...stripeEvent("customer.created", {}, { eventId: "evt_1" }), livemode: false };
    expect(read(false, event)).toEqual({ outcome: "ignored", eventId: "evt_1", type: "customer.created" });
  });
});
