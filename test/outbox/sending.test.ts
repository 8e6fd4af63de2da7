import { Webhook } from "standardwebhooks";
import { expect, it, vi } from "vitest";
import {
  removePartnerWebhook,
  rotatePartnerWebhook,
  setPartnerWebhook,
} from "../../server/src/outbox/destinations.ts";
import { dropMessage, replayAllFailed, replayMessage } from "../../server/src/outbox/outbox.ts";
import { openSender } from "../../server/src/outbox/start-outbox.ts";
import { testPartnerWebhook } from "../../server/src/outbox/test-webhook.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import type { Arrived } from "./listener.ts";
import { openOutboxWorld } from "./outbox-world.ts";

const told = ({ body }: Arrived) => JSON.parse(body) as { type: string; data: Record<string, unknown> };

/** The package looks at the machine's clock, and the story has another. */
function verify(secret: string, { body, headers }: Arrived, now: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now });
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
  } finally {
    vi.useRealTimers();
  }
}

onEveryEngine("what is sent to a partner's webhook", (bench) => {
  it("says what became of its credit, signed, in order", async () => {
    const world = await openOutboxWorld(bench);
    await world.sell();
    await world.refund("R-1", 1190);
    await world.refund("R-2", 10_710);
    await world.sendDue();
    const { arrived } = world.listener;
    expect(arrived.map((one) => told(one).type)).toEqual([
      "credit.created",
      "credit.changed",
      "credit.reversed",
    ]);
    for (const one of arrived) verify(world.secret, one, world.now);
    expect(arrived[1] && told(arrived[1]).data).toMatchObject({
      seq: 2,
      partner: "north",
      product: "acme-paint",
      currency: "EUR",
      previousCreditMinor: 2000,
      creditMinor: 1800,
      cause: "refund",
      shop: "own",
      shopOrder: "A-1001",
      netMinor: 10_000,
      remainingNetMinor: 9000,
    });
    expect((await world.messages()).map(({ state, status }) => [state, status])).toEqual(
      Array(3).fill(["delivered", 200]),
    );
    expect(world.logged("postback.delivered")).toHaveLength(3);
    expect(world.logged("postback.delivered")[0]).toMatchObject({
      partner: "north",
      shop: "own",
      order: "A-1001",
      reason: "sale",
      evidence: "token",
      amountMinor: 2000,
      currency: "EUR",
      attempt: 1,
    });
  });

  it("keeps to the order while an earlier message fails, and to the other orders meanwhile", async () => {
    const world = await openOutboxWorld(bench);
    await world.sell("A-1");
    await world.refund("R-1", 1190, "A-1");
    await world.sell("A-2");
    const keys: string[] = [];
    world.listener.answer((one) => {
      keys.push(`${told(one).data.shopOrder} ${told(one).data.seq}`);
      return { status: told(one).data.shopOrder === "A-1" && keys.length < 4 ? 503 : 200 };
    });
    await world.sendDue();
    expect(keys.toSorted()).toEqual(["A-1 1", "A-2 1"]);
    world.pass(1);
    await world.sendDue();
    world.pass(1);
    await world.sendDue();
    expect(keys.slice(2)).toEqual(["A-1 1", "A-1 1", "A-1 2"]);
    const [first, second] = world.listener.arrived.filter((one) => told(one).data.shopOrder === "A-1");
    expect(first?.headers["webhook-id"]).toBe(second?.headers["webhook-id"]);
    expect(first?.body).toBe(second?.body);
    expect(world.logged("postback.failed")[0]).toMatchObject({
      outcome: "pending",
      reason: "http_503",
      evidence: "token",
    });
  });

  it("is given up after three days, and sent again when a person asks", async () => {
    const world = await openOutboxWorld(bench);
    world.listener.answer(() => ({ status: 500 }));
    await world.sell();
    await world.refund("R-1", 1190);
    for (let day = 0; day <= 3; day++, world.pass(1)) await world.sendDue();
    expect(await world.messages()).toMatchObject([
      { state: "failed", attempts: 4, problem: "http_500", status: 500, dueAt: null },
      { state: "pending", attempts: 0, dueAt: null },
    ]);
    expect(await replayAllFailed(world.deps, { dryRun: true })).toEqual({ dryRun: true, messages: 1 });
    world.listener.answer(() => ({ status: 204 }));
    expect(await replayAllFailed(world.deps)).toEqual({ dryRun: false, messages: 1 });
    await world.sendDue();
    expect((await world.messages()).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
    const [message] = await world.messages();
    await expect(replayMessage(world.deps, message?.id ?? "")).rejects.toMatchObject({
      code: "message_settled",
    });
  });

  it("goes on with the next message when a person drops one", async () => {
    const world = await openOutboxWorld(bench);
    world.listener.answer(() => ({ status: 410 }));
    await world.sell();
    await world.refund("R-1", 1190);
    await world.sendDue();
    const [first] = await world.messages();
    expect(first).toMatchObject({ state: "failed", problem: "http_410", attempts: 1 });
    await dropMessage(world.deps, { id: first?.id ?? "", note: "They know." });
    world.listener.answer(() => ({ status: 200 }));
    await world.sendDue();
    expect((await world.messages()).map(({ state }) => state)).toEqual(["dropped", "delivered"]);
  });

  it("is sent again under the same key when it was sent and could not be noted", async () => {
    const world = await openOutboxWorld(bench);
    const { store } = world.deps;
    await world.sell();
    // The claim is the first write; the note of what came of it is lost with the process.
    let writes = 0;
    const dying: typeof store = {
      ...store,
      write: (work) => (++writes === 2 ? Promise.reject(new Error("killed")) : store.write(work)),
    };
    await world.sendDue({ deps: { ...world.deps, store: dying } });
    expect((await world.messages())[0]).toMatchObject({ state: "pending", attempts: 1 });
    expect(world.listener.arrived).toHaveLength(1);
    world.pass(1);
    await world.sendDue();
    const [first, second] = world.listener.arrived;
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect((await world.messages())[0]).toMatchObject({ state: "delivered", attempts: 2 });
  });

  it("is signed with both secrets while they are rotated, and with the new one afterwards", async () => {
    const world = await openOutboxWorld(bench);
    const rotated = await rotatePartnerWebhook(world.deps, { partner: "north", overlapHours: 24 });
    await world.sell("A-1");
    await world.sendDue();
    const [both] = world.listener.arrived;
    if (both === undefined) throw new Error("nothing arrived");
    expect(String(both.headers["webhook-signature"]).split(" ")).toHaveLength(2);
    for (const secret of [world.secret, rotated.secret]) verify(secret, both, world.now);
    world.pass(1);
    await world.sell("A-2");
    await world.sendDue();
    const [, one] = world.listener.arrived;
    expect(String(one?.headers["webhook-signature"]).split(" ")).toHaveLength(1);
    if (one !== undefined) verify(rotated.secret, one, world.now);
  });

  it("tells a partner that is shown nothing of its customers of its credit alone", async () => {
    const world = await openOutboxWorld(bench);
    const token = await world.partnerWithToken("south");
    await setPartnerWebhook(world.deps, { partner: "south", url: world.listener.url });
    const { reference } = await world.click(`https://renew.acme.example/r/acme-paint?t=${token.token}`);
    await world.own({
      type: "purchase.completed",
      timestamp: "2026-11-21T09:00:00Z",
      data: {
        order: "A-7",
        cycle: "new",
        lines: [{ product: "acme-paint", description: "x", quantity: 1, netMinor: 500, taxMinor: 0 }],
        netMinor: 500,
        taxMinor: 0,
        currency: "EUR",
        reference,
        paidAt: "2026-11-21T09:00:00Z",
      },
    });
    await world.sendDue();
    expect(Object.keys(told(world.listener.arrived[0] as Arrived).data)).toEqual([
      "order",
      "seq",
      "partner",
      "product",
      "currency",
      "creditMinor",
      "previousCreditMinor",
      "cause",
      "occurredAt",
    ]);
  });

  it("is dropped when the webhook was removed", async () => {
    const world = await openOutboxWorld(bench);
    await world.sell("A-1");
    await world.refund("R-1", 1190, "A-1");
    await removePartnerWebhook(world.deps, "north");
    await world.sell("A-2");
    await world.sendDue();
    expect((await world.messages()).map(({ state, note }) => [state, note])).toEqual(
      Array(2).fill(["dropped", "Its destination was removed."]),
    );
    expect(world.listener.arrived).toEqual([]);
  });

  it("can be tried with a test message", async () => {
    const world = await openOutboxWorld(bench);
    const sender = openSender(world.deps.config);
    expect(await testPartnerWebhook(world.deps, sender, "north")).toMatchObject({
      delivered: true,
      status: 200,
    });
    const [arrived] = world.listener.arrived;
    if (arrived === undefined) throw new Error("nothing arrived");
    verify(world.secret, arrived, world.now);
    expect(told(arrived)).toMatchObject({ type: "test", data: { partner: "north" } });
    world.listener.answer(() => ({ status: 302, headers: { location: world.listener.url } }));
    expect(await testPartnerWebhook(world.deps, sender, "north")).toMatchObject({
      delivered: false,
      problem: "http_302",
    });
    expect(world.listener.arrived).toHaveLength(2);
    await sender.close();
  });
});
