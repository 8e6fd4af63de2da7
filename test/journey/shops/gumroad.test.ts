import { afterAll, beforeAll, expect, it } from "vitest";
import { findDueWaiting } from "../../../server/src/intake/rows/waiting-deliveries.ts";
import { retryWaiting, waitingRoomOn } from "../../../server/src/intake/waiting-room.ts";
import { instant } from "../../../server/src/words/clock.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { gumroadDelivery } from "../../shops/deliveries.ts";
import { openGumroadApi } from "../../shops/gumroad-api.ts";
import { gumroadPing } from "../../shops/gumroad-fixtures.ts";
import { openJourney } from "../journey.ts";
import { tellShopStory } from "./shop-story.ts";

const order = "sale-1==";
const subscription = "GazW4_NBcQy-o7Gjjng7lw==";
let api: ReturnType<typeof openGumroadApi>;
beforeAll(() => {
  api = openGumroadApi();
});
afterAll(() => api.close());

const unsold = { refunded: false, partially_refunded: false, disputed: false, dispute_won: false };

tellShopStory({
  kind: "gumroad",
  order,
  taxMinor: 0,
  sale: ({ at, reference, subscription: recurring }) => {
    api.tell({ id: order, created_at: at, ...unsold });
    const began = recurring ? { subscription } : {};
    return [gumroadPing({ id: order, at, params: { reference }, ...began })];
  },
  renewal: {
    order: "sale-2==",
    event: ({ at }) => {
      api.tell({ id: "sale-2==", created_at: at, recurring_charge: true });
      return gumroadPing({ id: "sale-2==", at, subscription, recurring: true });
    },
  },
  partialRefund: () => {
    api.tell({ id: order, partially_refunded: true, amount_refundable_in_currency: "70" });
    return gumroadPing({ id: order, resource: "refund" });
  },
  fullRefund: () => {
    api.tell({ id: order, refunded: true, partially_refunded: false });
    return gumroadPing({ id: order, resource: "refund", more: { refunded: "true" } });
  },
  dispute: {
    opened: () => {
      api.tell({ id: order, disputed: true });
      return gumroadPing({ id: order, resource: "dispute" });
    },
    won: () => {
      api.tell({ id: order, dispute_won: true });
      return gumroadPing({ id: order, resource: "dispute_won" });
    },
  },
  asTest: (ping) => ({ ...ping, test: "true" }),
});

onEveryEngine("a ping of Gumroad's", (bench) => {
  it("counts as the API tells of the sale, not as the ping does", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const send = (ping: object) => journey.deliver("gumroad", gumroadDelivery(ping));

    expect(await send(gumroadPing({ id: "made-up", params: { reference } }))).toMatchObject({ status: 400 });
    api.tell({ id: "sale-3", price: 5_000 });
    const inflated = gumroadPing({ id: "sale-3", priceCents: 999_999, params: { reference } });
    expect(await send(inflated)).toMatchObject({ code: 200 });
    expect(await journey.balance("north")).toEqual({ heldMinor: 1000, payableMinor: 0 });
    const refund = gumroadPing({ id: "sale-3", resource: "refund", more: { refunded: "true" } });
    expect(await send(refund)).toMatchObject({ status: 400 });
    const dispute = gumroadPing({ id: "sale-3", resource: "dispute" });
    expect(await send(dispute)).toMatchObject({ status: 400 });
    expect(await journey.balance("north")).toEqual({ heldMinor: 1000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("is durable before the API is asked, and counts once the API answers", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const retry = () => retryWaiting(journey.intake);
    api.tell({ id: "sale-4" });
    const ping = gumroadDelivery(gumroadPing({ id: "sale-4", params: { reference } }));
    for (const status of [500, 401, 302, 429]) {
      api.status = status;
      expect(await journey.deliver("gumroad", ping)).toEqual({ code: 200, status: "waiting" });
    }
    journey.pass(1 / 24);
    expect(await retry()).toBe(4);
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    // A try that failed waits before the next one.
    expect(await retry()).toBe(0);

    api.status = 200;
    journey.pass(1 / 24);
    expect(await retry()).toBe(4);
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    journey.pass(1);
    expect(await retry()).toBe(0);
    const lines = JSON.stringify(journey.logged("webhook.failed"));
    expect(lines).toContain("not_confirmed");
    expect(lines).not.toMatch(/gumroad-(path-key|access-token)/);
    await journey.expectSoundLedger();
  });

  it("is refused later too, when the API knows no such sale", async () => {
    const journey = await openJourney(bench);
    api.status = 500;
    await journey.deliver("gumroad", gumroadDelivery(gumroadPing({ id: "never-sold" })));
    api.status = 200;
    journey.pass(1 / 24);
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(journey.logged("webhook.rejected")).toMatchObject([{ reason: "event_malformed" }]);
    journey.pass(1);
    expect(await retryWaiting(journey.intake)).toBe(0);
  });

  it("is answered before a slow API is, and recorded when it answers", async () => {
    const journey = await openJourney(bench);
    const deps = journey.intake;
    const room = waitingRoomOn(deps, { within: 1 });
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const delivery = { shop: "gumroad", ...gumroadDelivery(gumroadPing({ id: "slow" })) };
    let taken: Promise<unknown> = Promise.resolve();
    const result = await room.hold(delivery, () => {
      const took = answered.then(() => ({ status: "recorded" as const }));
      taken = took;
      return took;
    });
    expect(result).toEqual({ status: "waiting" });
    const row = () => deps.store.read((tx) => findDueWaiting(tx, { now: instant(8.64e15), limit: 9 }));
    // What is kept holds no address in clear.
    const [kept] = await row();
    expect(Buffer.from(kept?.sealed ?? []).includes("customer@example.com")).toBe(false);
    answer();
    await taken;
    await expect.poll(async () => (await row()).length).toBe(0);
  });

  it("is refused without the key in its address, before the API is asked", async () => {
    const journey = await openJourney(bench);
    const { headers, body } = gumroadDelivery(gumroadPing());
    const asked = api.asked.length;
    for (const key of ["", "x".repeat(24), "a/b"]) {
      const delivery = { headers, body, ...(key === "" ? {} : { key }) };
      const answer: Record<string, unknown> = await journey.deliver("gumroad", delivery);
      expect([401, 404]).toContain(answer.status);
    }
    expect(api.asked.length).toBe(asked);
  });
});
