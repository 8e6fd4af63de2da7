import { expect, it } from "vitest";
import { listMovements } from "../../server/src/serials/movements.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openSerialWorld } from "./serial-world.ts";

onEveryEngine("the way of a batch through the channel", (bench) => {
  it("has each step with who had it before, since when and until when", async () => {
    const world = await openSerialWorld(bench);
    const times = [world.now];
    await world.importOpen("1000..1999", { partner: "distributor", batch: "spring" });
    for (const [partner, open] of [
      ["north", "1000..1499"],
      ["south", "1200..1299"],
      ["distributor", undefined],
    ] as const) {
      world.pass(10);
      times.push(world.now);
      await world.assign(partner, {
        batch: "spring",
        ...(open === undefined ? {} : { open }),
        note: "pallet",
      });
    }
    const [first, second, third, last] = times.map((time) => new Date(time).toISOString());
    const steps = (await listMovements(world.deps, { batch: "spring" })).map(
      ({ open, from, to, since, until }) => [open, from, to, since, until],
    );
    expect(steps).toEqual([
      [null, null, "distributor", first, last],
      ["1000..1499", "distributor", "north", second, last],
      ["1200..1299", "north", "south", third, last],
      [null, "south", "distributor", last, null],
    ]);
    const ofSouth = await listMovements(world.deps, { partner: "south" });
    expect(ofSouth.map(({ from, to, note }) => [from, to, note])).toEqual([
      ["north", "south", "pallet"],
      ["south", "distributor", "pallet"],
    ]);
    await expect(listMovements(world.deps, { batch: "none" })).rejects.toMatchObject({
      code: "serial_batch_unknown",
    });
    await expect(listMovements(world.deps, { partner: "none" })).rejects.toMatchObject({
      code: "partner_unknown",
    });
  });
});
