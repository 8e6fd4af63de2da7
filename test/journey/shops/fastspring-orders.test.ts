import { afterEach, expect, it } from "vitest";
import { retryWaiting } from "../../../server/src/intake/waiting-room.ts";
import { explainOrder } from "../../../server/src/orders/explain/explain-order.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { fastspringDelivery } from "../../shops/deliveries.ts";
import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringEvent,
  fastspringOrderCompleted,
} from "../../shops/fastspring-fixtures.ts";
import { openShopApis } from "../../shops/shop-apis.ts";
import { openJourney } from "../journey.ts";
import { secretName } from "../receiver-world.ts";

type Json = Record<string, unknown>;

const subscription = "sub-1";
const renewed = { id: "order-2", reference: "ACM-2", subscription };
/** The renewal's order as the API tells it: what it belongs to by its id alone. */
const told = (fastspringChargeCompleted(renewed).data as Json).order as Json;
const asOfApi = { ...told, account: "abCdE1FGH2Hij3KLMnOpqR" };
/** The renewal as it is sent without webhook expansion. */
const bare = (eventId: string, live = true): Json =>
  fastspringEvent(
    "subscription.charge.completed",
    { order: "order-2", currency: "EUR", total: 119, status: "successful", account: "a", subscription },
    { eventId, live },
  );

let api: ReturnType<typeof openShopApis> | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

onEveryEngine("a renewal of FastSpring's that names its order alone", (bench) => {
  const open = async (access: object, answer: () => { status?: number; body: unknown }) => {
    api = openShopApis(["https://api.fastspring.com"], answer);
    const journey = await openJourney(bench, {
      shops: {
        fastspring: { kind: "fastspring", secrets: [{ env: secretName("fastspring") }], ...access },
        stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
      },
    });
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const first = fastspringOrderCompleted({
      id: "order-1",
      reference: "ACM-1",
      tags: { reference },
      subscription,
    });
    const send = (...events: Json[]) =>
      journey.deliver("fastspring", fastspringDelivery(fastspringBatch(...events)));
    return { journey, first, send };
  };
  const token = { env: "GUMROAD_API_TOKEN" };
  const access = { api: { username: token, password: token } };

  it("counts for nothing without the API, and the log says what to do", async () => {
    const { journey, first, send } = await open({}, () => ({ body: asOfApi }));
    expect(await send(first, bare("e2"))).toEqual({ code: 200, status: "recorded" });
    expect(await send(bare("e2"))).toEqual({ code: 200, status: "ignored" });
    expect(journey.logged("webhook.rejected")).toMatchObject([
      { reason: "incomplete", detail: expect.stringMatching(/order-2 .*enable webhook expansion/) },
      { reason: "incomplete" },
    ]);
    expect(api?.asked).toEqual([]);
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
  });

  it.each([
    ["by itself", asOfApi],
    ["in a list", { orders: [asOfApi] }],
  ])("is asked for, and counts once, told %s", async (_, body) => {
    const { journey, first, send } = await open(access, () => ({ body }));
    expect(await send(first, bare("e2"))).toMatchObject({ code: 200, status: "recorded" });
    expect(await send(bare("e3"))).toEqual({ code: 200, status: "duplicate" });
    expect(await send(fastspringChargeCompleted({ ...renewed, eventId: "e4" }))).toMatchObject({
      status: "duplicate",
    });
    const [asked] = api?.asked ?? [];
    expect(asked?.path).toBe("/orders/order-2");
    expect(asked?.authorization).toMatch(/^Basic /);
    expect(await explainOrder(journey.deps, "fastspring", "ACM-2")).toMatchObject({
      cycle: "renewal",
      netMinor: 10_000,
      taxMinor: 1900,
      outcome: "credited",
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 4000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("waits while the API fails, and keeps nobody else of its delivery waiting", async () => {
    let status = 503;
    const { journey, first, send } = await open(access, () => ({ status, body: asOfApi }));
    expect(await send(bare("e2"), first)).toEqual({ code: 200, status: "waiting" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    status = 401;
    journey.pass(1 / 24);
    expect(await retryWaiting(journey.intake)).toBe(1);
    status = 200;
    journey.pass(1 / 24);
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(await journey.balance("north")).toEqual({ heldMinor: 4000, payableMinor: 0 });
    journey.pass(1);
    expect(await retryWaiting(journey.intake)).toBe(0);
    await journey.expectSoundLedger();
  });

  it("is no matter of a test", async () => {
    const { journey, send } = await open(access, () => ({ body: asOfApi }));
    expect(await send(bare("e2", false))).toEqual({ code: 200, status: "ignored" });
    expect(journey.logged("webhook.rejected")).toMatchObject([{ reason: "test_mode" }]);
    expect(api?.asked).toEqual([]);
  });
});
