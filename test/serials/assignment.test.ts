import { expect, it } from "vitest";
import { revokeSerialBatch, showSerialBatch } from "../../server/src/serials/batches.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openSerialWorld } from "./serial-world.ts";

const boxes = ["open,serial", ...[0, 1, 2, 3, 4].map((n) => `${1000 + n},BOX-${n}-SECRET`)].join("\n");

onEveryEngine("a batch that is assigned", (bench) => {
  it("and moves on counts, for each copy, for whoever had it when the copy was activated", async () => {
    const world = await openSerialWorld(bench);
    await world.import(boxes, { partner: "distributor" });
    world.pass(10);
    await world.activate("BOX-1-SECRET", { licence: "L1" });
    world.pass(10);
    await world.assign("north", { note: "pallet 7" });
    await world.activate("BOX-2-SECRET", { licence: "L2" });
    world.pass(365);
    await world.buy("cs_1", "L1");
    await world.buy("cs_2", "L2");
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "distributor" });
    expect(await world.explain("cs_2")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "licence_binding",
      evidence: [{ kind: "serial", route: "licence_binding", verdict: "won" }],
    });
    expect((await showSerialBatch(world.deps, "batch")).assignments).toMatchObject([
      { partner: "north", open: null, note: "pallet 7" },
      { partner: "distributor", open: null, note: null },
    ]);
    await world.expectSoundLedger();
  });

  it("may be given away in ranges of the numbers on its boxes", async () => {
    const world = await openSerialWorld(bench);
    await world.import(boxes, { partner: "distributor" });
    await world.assign("north", { open: "1001..1002" });
    await world.assign("south", { open: "1003" });
    const partners = [];
    for (const n of [0, 1, 2, 3, 4]) partners.push((await world.activate(`BOX-${n}-SECRET`)).body.partner);
    expect(partners).toEqual(["distributor", "north", "north", "south", "distributor"]);
  });

  it("is assigned by consecutive numbers that are the serials themselves", async () => {
    const world = await openSerialWorld(bench);
    await world.importOpen("1000000..1004999");
    await world.assign("north", { batch: "open", open: "1000000..1002499" });
    await world.assign("south", { batch: "open", open: "1002500..1004999" });
    expect((await world.activate("1002499")).body).toMatchObject({ status: "bound", partner: "north" });
    expect((await world.activate("001002500")).body).toMatchObject({ status: "bound", partner: "south" });
    expect((await world.activate("1005000")).status).toBe(404);
    await world.buy("cs_1", "1000777");
    expect(await world.explain("cs_1")).toMatchObject({
      partner: "north",
      reason: "order_field",
      evidence: [{ kind: "serial", route: "order_field" }],
    });
  });

  it("late decides anew the orders that nobody was credited for, once", async () => {
    const world = await openSerialWorld(bench);
    await world.import(boxes);
    expect((await world.activate("BOX-1-SECRET", { licence: "L1" })).body).toEqual({
      product: "acme-paint",
      partner: null,
      status: "unassigned",
      boundAt: new Date(world.now).toISOString(),
    });
    await world.buy("cs_1", "L1");
    // This one names its serial, which nobody registered.
    await world.buy("cs_2", "box 2 secret");
    await world.buy("cs_3", "no serial at all");
    for (const id of ["cs_1", "cs_2", "cs_3"])
      expect(await world.explain(id)).toMatchObject({ outcome: "unattributed", reason: "no_evidence" });
    world.pass(3);
    expect(await world.assign("north")).toMatchObject({ isNew: true, ordersDecided: 2 });
    expect(await world.assign("north")).toMatchObject({ isNew: false, ordersDecided: 0 });
    const record = await world.explain("cs_1");
    expect(record).toMatchObject({ outcome: "credited", partner: "north" });
    const decisions = record.history.filter(({ what }) => what === "decision").map(({ detail }) => detail);
    expect(decisions).toMatchObject([
      { seq: 1, outcome: "unattributed", cause: "sale" },
      { seq: 2, outcome: "credited", cause: "late_evidence" },
    ]);
    expect(await world.explain("cs_2")).toMatchObject({ outcome: "credited", reason: "order_field" });
    expect(await world.explain("cs_3")).toMatchObject({ outcome: "unattributed" });
    expect(world.logged("order.credited")).toHaveLength(2);
    expect(await world.balance("north")).toEqual({ heldMinor: 4000, payableMinor: 0 });
    expect((await world.activate("BOX-1-SECRET", { licence: "L1" })).body).toMatchObject({
      status: "already_bound",
      partner: "north",
      token: expect.stringContaining("."),
    });
    await world.expectSoundLedger();
  });

  it("to another with a date in the past moves no order that was credited", async () => {
    const world = await openSerialWorld(bench);
    await world.import(boxes, { partner: "distributor" });
    world.pass(5);
    await world.activate("BOX-1-SECRET", { licence: "L1" });
    await world.buy("cs_1", "L1");
    world.pass(5);
    const report = await world.assign("north", { from: world.inDays(-8) });
    expect(report).toMatchObject({ isNew: true, ordersDecided: 0 });
    await world.buy("cs_2", "L1");
    expect(await world.explain("cs_1")).toMatchObject({ partner: "distributor" });
    expect(await world.explain("cs_2")).toMatchObject({ partner: "north" });
    await world.expectSoundLedger();
  });

  it("says nothing it does not hold: unknown batch, partner, numbers, and a note that steers a terminal", async () => {
    const world = await openSerialWorld(bench);
    await world.import(boxes);
    const refusals: [() => Promise<unknown>, string][] = [
      [() => world.assign("north", { batch: "none" }), "serial_batch_unknown"],
      [() => world.assign("nobody"), "partner_unknown"],
      [() => world.assign("north", { open: "1004..1005" }), "open_numbers_unknown"],
      [() => world.assign("north", { note: "\u001b[2J" }), "request_invalid"],
      [() => world.assign("nobody", { dryRun: true }), "partner_unknown"],
    ];
    for (const [ask, code] of refusals) await expect(ask()).rejects.toMatchObject({ code });
    expect(await world.assign("north", { dryRun: true })).toMatchObject({ dryRun: true, isNew: true });
    expect((await showSerialBatch(world.deps, "batch")).assignments).toEqual([]);
  });

  it("and revoked is a reason of its own from then on, and activates nothing more", async () => {
    const world = await openSerialWorld(bench);
    await world.import(boxes, { partner: "north" });
    await world.activate("BOX-1-SECRET", { licence: "L1" });
    await world.buy("cs_1", "L1");
    world.pass(1);
    await revokeSerialBatch(world.deps, "batch");
    await world.buy("cs_2", "L1");
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "north" });
    expect(await world.explain("cs_2")).toMatchObject({
      outcome: "unattributed",
      reason: "revoked",
      evidence: [{ kind: "serial", partner: "north", verdict: "refused", reason: "revoked" }],
    });
    expect(await world.activate("BOX-2-SECRET")).toMatchObject({ status: 404 });
    await expect(world.assign("south")).rejects.toMatchObject({ code: "serial_batch_revoked" });
  });
});
