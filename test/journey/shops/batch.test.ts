import { expect, it } from "vitest";
import { findDueWaiting } from "../../../server/src/intake/rows/waiting-deliveries.ts";
import { createApp } from "../../../server/src/receiver/routes/app.ts";
import type { Shop } from "../../../server/src/shops/shop.ts";
import { instant } from "../../../server/src/words/clock.ts";
import { as } from "../../../server/src/words/ids.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { fastspringDelivery } from "../../shops/deliveries.ts";
import {
  fastspringBatch,
  fastspringEvent,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../../shops/fastspring-fixtures.ts";
import { openJourney } from "../journey.ts";
import { adminToken } from "../receiver-world.ts";

const events = (...given: Record<string, unknown>[]) => fastspringDelivery(fastspringBatch(...given));

onEveryEngine("a delivery of several events", (bench) => {
  it("has each of them recorded, noted or passed over for itself", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const sale = fastspringOrderCompleted({ eventId: "one", tags: { reference } });
    const back = fastspringReturnCreated({ eventId: "two", total: 59.5 });
    const other = fastspringEvent("account.created", {}, { eventId: "three" });
    const send = (...given: Record<string, unknown>[]) => journey.deliver("fastspring", events(...given));

    expect(await send(back, other, sale)).toEqual({ code: 200, status: "recorded" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 1000, payableMinor: 0 });
    expect(journey.logged("webhook.rejected")).toMatchObject([
      {
        shop: "fastspring",
        outcome: "ignored",
        reason: "not_used",
        type: "account.created",
        eventId: "three",
      },
    ]);
    expect(await send(back, other, sale)).toEqual({ code: 200, status: "duplicate" });
    expect(await send(other)).toEqual({ code: 200, status: "ignored" });
    expect(await send()).toEqual({ code: 200, status: "ignored" });
    await journey.expectSoundLedger();
  });

  it("with one that makes no sense is refused, its others recorded, and counts once when it is mended", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const sale = fastspringOrderCompleted({ eventId: "one", tags: { reference } });
    const back = fastspringReturnCreated({ eventId: "two", total: 59.5 });
    const broken = { ...back, data: {} };
    expect(await journey.deliver("fastspring", events(broken, sale))).toMatchObject({
      code: "event_invalid",
      status: 400,
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    expect(journey.logged("webhook.rejected")).toMatchObject([
      { shop: "fastspring", reason: "event_malformed", detail: expect.stringContaining("return") },
    ]);
    expect(await journey.deliver("fastspring", events(back, sale))).toEqual({
      code: 200,
      status: "recorded",
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 1000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });
});

onEveryEngine("a shop that asks its API before an event counts", (bench) => {
  it("records what the API says, and keeps what was told while it gives no answer", async () => {
    const journey = await openJourney(bench);
    let answer: "down" | "fake" | "true" = "down";
    const shop: Shop = {
      kind: "any",
      read: () => ({
        outcome: "events",
        live: true,
        events: [
          {
            effect: "link",
            eventId: "one",
            objectId: "o",
            occurredAt: journey.now,
            target: [as.provider("o")],
          },
        ],
      }),
      confirm: async (reading) => {
        if (answer === "down") throw new Error("the API gives no answer");
        return answer === "fake" ? { outcome: "refused", because: "event_malformed" } : reading;
      },
    };
    const app = createApp(journey.deps, { adminToken, shops: new Map([[as.shop("any"), shop]]) });
    const send = async () => {
      return (await app.request("/webhooks/any", { method: "POST", body: "{}" })).status;
    };
    const waiting = () =>
      journey.deps.store.read((tx) => findDueWaiting(tx, { now: instant(journey.now + 60_000), limit: 9 }));
    expect(await send()).toBe(200);
    expect(journey.logged("webhook.failed")).toMatchObject([{ shop: "any", reason: "not_confirmed" }]);
    expect(await waiting()).toHaveLength(1);
    answer = "fake";
    expect(await send()).toBe(400);
    answer = "true";
    expect(await send()).toBe(200);
    expect(await waiting()).toHaveLength(1);
    expect(journey.logged("webhook.duplicate")).toEqual([]);
  });
});
