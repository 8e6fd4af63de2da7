import { expect, it } from "vitest";
import { listSerialBatches, showSerial } from "../../server/src/serials/batches.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openSerialWorld } from "./serial-world.ts";

onEveryEngine("an import of serials", (bench) => {
  it("counts what is new, twice in the file, in the batch already and in another batch", async () => {
    const world = await openSerialWorld(bench);
    const first = await world.import("AAAA-1\nAAAA-2\naaaa 1\nAAAA-3\n");
    expect(first).toMatchObject({
      serials: 3,
      added: 3,
      duplicates: 1,
      known: 0,
      elsewhere: 0,
      dryRun: false,
    });
    const again = await world.import("AAAA-1\nAAAA-2\nAAAA-3\nAAAA-4\n");
    expect(again).toMatchObject({ serials: 4, added: 1, duplicates: 0, known: 3, elsewhere: 0 });
    const other = await world.import("BBBB-1\nAAAA-2\nBBBB-2\nAAAA-3\n", { batch: "other" });
    expect(other).toMatchObject({ serials: 4, added: 2, known: 0, elsewhere: 2, elsewhereLines: [2, 4] });
    const { batches } = await listSerialBatches(world.deps);
    expect(batches.map(({ batch, serials }) => [batch, serials])).toEqual([
      ["batch", 4],
      ["other", 2],
    ]);
    expect((await showSerial(world.deps, "aaaa2"))[0]).toMatchObject({ batch: "batch" });
  });

  it("as a dry run says the same and writes nothing", async () => {
    const world = await openSerialWorld(bench);
    const file = "AAAA-1\nAAAA-2\nAAAA-1\n";
    const said = await world.import(file, { partner: "north", dryRun: true });
    expect(said).toMatchObject({ serials: 2, added: 2, duplicates: 1, dryRun: true });
    expect((await listSerialBatches(world.deps)).batches).toEqual([]);
    expect(await world.import(file, { partner: "north" })).toEqual({ ...said, dryRun: false });
    expect(await world.import(file, { partner: "north", dryRun: true })).toMatchObject({
      added: 0,
      known: 2,
    });
  });

  it("of a file with one wrong line writes nothing at all, and names the line", async () => {
    const world = await openSerialWorld(bench);
    const good = Array.from({ length: 50 }, (_, index) => `GOOD-${index}`);
    const refused = world.import([...good, "BAD\u0007LINE", ...good, "x"].join("\n"));
    await expect(refused).rejects.toMatchObject({
      code: "serials_invalid",
      message: expect.stringMatching(
        /2 lines that cannot be taken; nothing was imported.\nLine 51 .*\nLine 102 /s,
      ),
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining("BAD") });
    expect((await listSerialBatches(world.deps)).batches).toEqual([]);
  });

  it.each([
    ["nothing in it", "\n\n"],
    ["one serial with two open numbers", "open,serial\n1,AAAA-1\n2,AAAA-1\n"],
    ["one open number with two serials", "open,serial\n1,AAAA-1\n1,AAAA-2\n"],
  ])("refuses a file with %s", async (_what, text) => {
    const world = await openSerialWorld(bench);
    await expect(world.import(text)).rejects.toMatchObject({ code: "serials_invalid" });
    expect((await listSerialBatches(world.deps)).batches).toEqual([]);
  });

  it("refuses a batch of another product or kind, an unknown partner and a product that is not sold", async () => {
    const world = await openSerialWorld(bench);
    await world.import("AAAA-1\n");
    const mismatch = { code: "serial_batch_mismatch" };
    await expect(world.import("BBBB-1\n", { product: "acme-draw" })).rejects.toMatchObject(mismatch);
    await expect(world.import("BBBB-1\n", { pool: true })).rejects.toMatchObject(mismatch);
    await expect(world.importOpen("1..9", { batch: "batch" })).rejects.toMatchObject(mismatch);
    await expect(world.import("BBBB-1\n", { partner: "nobody" })).rejects.toMatchObject({
      code: "partner_unknown",
    });
    await expect(world.import("BBBB-1\n", { batch: "new", product: "other" })).rejects.toMatchObject({
      code: "product_unknown",
    });
  });

  it("that is run again does not take back a batch that has moved on", async () => {
    const world = await openSerialWorld(bench);
    await world.import("AAAA-1\n", { partner: "distributor" });
    world.pass(1);
    await world.assign("north");
    await world.import("AAAA-1\nAAAA-2\n", { partner: "distributor" });
    expect((await listSerialBatches(world.deps)).batches[0]).toMatchObject({ partner: "north", serials: 2 });
    await expect(world.import("AAAA-3\n", { partner: "south" })).rejects.toMatchObject({
      code: "serial_batch_mismatch",
    });
  });

  it("of more than one sorted run, in many transactions, loses and doubles nothing", async () => {
    const world = await openSerialWorld(bench);
    const count = 30_000;
    const lines = Array.from(
      { length: count },
      (_, index) => `${5_000 + index},LOT7-${index.toString(36)}-QX`,
    );
    const text = ["open,serial", ...lines, ...lines.slice(0, 100)].join("\n");
    expect(await world.import(text)).toMatchObject({ serials: count, added: count, duplicates: 100 });
    expect(await world.import(text)).toMatchObject({ serials: count, added: 0, known: count });
    const [batch] = (await listSerialBatches(world.deps)).batches;
    expect(batch).toMatchObject({ serials: count, open: `5000..${4_999 + count}` });
    for (const index of [0, 1, 777, count - 1]) {
      const [found] = await showSerial(world.deps, `lot7${index.toString(36)}qx`);
      expect(found).toMatchObject({ batch: "batch", open: 5_000 + index, isPrintedNumber: false });
    }
  });
});

onEveryEngine("a range of open numbers", (bench) => {
  it("is kept as a range, grows, and never overlaps another batch's of the product", async () => {
    const world = await openSerialWorld(bench);
    const many = await world.importOpen("1000000..900000000000000", { partner: "north" });
    expect(many).toMatchObject({ added: 899_999_999_000_001, serials: 899_999_999_000_001 });
    expect(await world.importOpen("999990..1000010")).toMatchObject({ serials: 21, added: 10 });
    const taken = { code: "open_numbers_taken" };
    await expect(world.importOpen("1..999990", { batch: "other" })).rejects.toMatchObject(taken);
    await expect(world.importOpen("5000000", { batch: "other" })).rejects.toMatchObject(taken);
    await expect(world.import("open,serial\n2000000,AAAA-1\n", { batch: "other" })).rejects.toMatchObject(
      taken,
    );
    expect((await listSerialBatches(world.deps)).batches.map(({ batch }) => batch)).toEqual(["open"]);
    expect(await world.importOpen("5000000", { batch: "draw", product: "acme-draw" })).toMatchObject({
      added: 1,
    });
  });

  it("is given to one batch when two want it at once", async () => {
    const world = await openSerialWorld(bench);
    const ends = await Promise.allSettled([
      world.importOpen("100..200", { batch: "one" }),
      world.importOpen("150..250", { batch: "two" }),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("activates nothing when it only stands on boxes, whose serials are secret", async () => {
    const world = await openSerialWorld(bench);
    await world.import("open,serial\n1000,AAAA-1\n1001,AAAA-2\n", { partner: "north" });
    expect((await world.activate("1000")).status).toBe(404);
    expect((await showSerial(world.deps, "1000"))[0]).toMatchObject({
      isPrintedNumber: true,
      partner: "north",
    });
    expect((await world.activate("aaaa 1")).body).toMatchObject({ status: "bound", partner: "north" });
  });
});
