import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openSerialWorld } from "./serial-world.ts";

const file = "PAINT-0001-Q7W3\nPAINT-0002-M4K9\nPAINT-0003-Z2X8\n";

onEveryEngine("an order that came in before its serial was imported", (bench) => {
  it("is decided by the import, with both decisions on record", async () => {
    const world = await openSerialWorld(bench);
    await world.buy("cs_1", "PAINT-0001-Q7W3");
    await world.buy("cs_2", " PAINT-0002-M4K9 ");
    await world.buy("cs_3", "ELSE-0001");
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "unattributed" });
    world.pass(1);
    expect(await world.import(file, { partner: "north" })).toMatchObject({ added: 3, ordersDecided: 2 });
    for (const order of ["cs_1", "cs_2"]) {
      const { history, ...decided } = await world.explain(order);
      expect(decided).toMatchObject({
        outcome: "credited",
        partner: "north",
        reason: "order_field",
        evidence: [{ kind: "serial", partner: "north", verdict: "won" }],
      });
      expect(history.filter(({ what }) => what === "decision")).toMatchObject([
        { detail: { outcome: "unattributed", cause: "sale" } },
        { detail: { outcome: "credited", cause: "late_evidence" } },
      ]);
    }
    expect(await world.explain("cs_3")).toMatchObject({ outcome: "unattributed" });
    expect(world.logged("order.credited")).toMatchObject([{ evidence: "serial" }, { evidence: "serial" }]);
    world.pass(1);
    expect(await world.import(file, { partner: "north" })).toMatchObject({ known: 3, ordersDecided: 0 });
    await world.expectSoundLedger();
  });

  it("is decided once the batch is assigned, when it was imported for nobody", async () => {
    const world = await openSerialWorld(bench);
    await world.buy("cs_1", "PAINT-0001-Q7W3");
    world.pass(1);
    expect(await world.import(file)).toMatchObject({ ordersDecided: 0 });
    world.pass(1);
    expect(await world.assign("south")).toMatchObject({ ordersDecided: 1 });
    expect(await world.explain("cs_1")).toMatchObject({ partner: "south" });
  });

  it("stays with whom it was credited to, and as it is after a dry run", async () => {
    const world = await openSerialWorld(bench);
    await world.buy("cs_1", "PAINT-0001-Q7W3");
    expect(await world.import(file, { partner: "north", dryRun: true })).toMatchObject({ ordersDecided: 0 });
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "unattributed" });
    await world.admin("POST", "/v1/orders/stripe/cs_1/resolution", {
      partner: "south",
      note: "sold by hand",
    });
    world.pass(1);
    expect(await world.import(file, { partner: "north" })).toMatchObject({ ordersDecided: 0 });
    expect(await world.explain("cs_1")).toMatchObject({ partner: "south", reason: "ruling" });
  });
});
