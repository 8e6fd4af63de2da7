import { expect, it } from "vitest";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { insertOutboxRow } from "../../server/src/outbox/rows/outbox.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { ownPurchaseDisputed } from "../shops/own-shop-fixtures.ts";
import { openOutboxWorld } from "./outbox-world.ts";

onEveryEngine("what is written to the outbox", (bench) => {
  it("follows the credit: converted, adjusted, reversed and converted again, and waits in that order", async () => {
    const world = await openOutboxWorld(bench);
    await world.sell();
    await world.refund("R-1", 1190);
    await world.own(ownPurchaseDisputed({ amountMinor: 10_710 }));
    await world.own(ownPurchaseDisputed({ amountMinor: 10_710, status: "won" }));
    const messages = await world.messages();
    expect(
      messages.map(({ seq, kind, previousCreditMinor, creditMinor, dueAt }) => [
        seq,
        kind,
        previousCreditMinor,
        creditMinor,
        dueAt !== null,
      ]),
    ).toEqual([
      [1, "convert", 0, 2000, true],
      [2, "adjust", 2000, 1800, false],
      [3, "reverse", 1800, 0, false],
      [4, "convert", 0, 1800, false],
    ]);
    expect(messages[0]).toMatchObject({ destination: "north/webhook", order: "A-1001", state: "pending" });
    await world.expectSoundLedger();
  });

  it("is nothing where nothing was booked, and once where a shop tells twice", async () => {
    const world = await openOutboxWorld(bench);
    await world.sell();
    await world.sell();
    await world.partnerWithToken("south");
    expect(await world.messages()).toHaveLength(1);
  });

  it("is undone with the booking, and the booking with it", async () => {
    const world = await openOutboxWorld(bench);
    const { deps, now } = world;
    await world.sell();
    const refund = {
      effect: "refund" as const,
      eventId: "evt_undone",
      objectId: "R-9",
      target: [as.provider("A-1001")],
      amountMinor: 1190,
      cumulative: false,
      currency: as.currency("EUR"),
      occurredAt: now,
    };
    const failing = deps.store.write(async (tx) => {
      await recordEvent(tx, deps, { shop: as.shop("own"), event: refund }, now);
      throw new Error("the power goes out");
    });
    await expect(failing).rejects.toThrow("the power goes out");
    expect(await world.messages()).toHaveLength(1);
    expect(await world.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
  });

  it("moves with the credit: a reversal to one partner, a conversion to the other", async () => {
    const world = await openOutboxWorld(bench);
    await world.partnerWithToken("south");
    await setPartnerWebhook(world.deps, { partner: "south", url: `http://${world.listener.host}/south` });
    await world.sell();
    const ruling = { shop: "own", order: "A-1001", partner: "south", note: "South installed it." };
    await resolveOrder(world.deps, ruling);
    const told = (await world.messages()).map(({ partner, kind, creditMinor }) => [
      partner,
      kind,
      creditMinor,
    ]);
    expect(told.sort()).toEqual([
      ["north", "convert", 2000],
      ["north", "reverse", 0],
      ["south", "convert", 2000],
    ]);
  });

  it("leaves out what a destination never heard the beginning of", async () => {
    const world = await openOutboxWorld(bench, { hears: false });
    await world.sell();
    await setPartnerWebhook(world.deps, { partner: "north", url: world.listener.url });
    await world.refund("R-1", 1190);
    await world.refund("R-2", 10_710);
    expect(await world.messages()).toEqual([]);
  });

  it("is nothing for a sale whose whole refund came first", async () => {
    const world = await openOutboxWorld(bench);
    await world.refund("R-1", 11_900);
    await world.sell();
    expect(await world.messages()).toEqual([]);
  });

  it("cannot be there twice for one step of one order", async () => {
    const world = await openOutboxWorld(bench);
    const { deps, now } = world;
    const row = { destination_id: "north/webhook", order_key: as.order("o"), kind: "convert" as const };
    const write = (id: string, seq: number) =>
      deps.store.write((tx) =>
        insertOutboxRow(tx, { ...row, id, seq, facts: "{}", due_at: now, created_at: now }),
      );
    await write("msg_1", 1);
    await write("msg_2", 2);
    await expect(write("msg_3", 2)).rejects.toThrow(/unique/i);
  });
});
