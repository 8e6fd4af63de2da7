import { expect, it } from "vitest";
import { listSerialBatches, revokeSerialBatch } from "../../server/src/serials/batches.ts";
import { takePooledSerial } from "../../server/src/serials/pool.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { statement } from "../store/rows.ts";
import { openSerialWorld, type SerialWorld } from "./serial-world.ts";

const take = ({ deps, now }: SerialWorld, batch?: string) =>
  deps.store.write((tx) => takePooledSerial(tx, deps, { product: as.product("acme-paint"), batch }, now));

const pool = { pool: true, batch: "pool" };
const serials = (count: number) => Array.from({ length: count }, (_, index) => `Pool-${index}-x7`);
const left = async ({ deps }: SerialWorld) => (await listSerialBatches(deps)).batches.map((one) => one.left);

onEveryEngine("a pool of serials", (bench) => {
  it("gives out each as it was written, once, and then none", async () => {
    const world = await openSerialWorld(bench);
    await world.import(serials(5).join("\n"), pool);
    expect(await left(world)).toEqual([5]);
    const taken = [];
    for (let turn = 0; turn < 6; turn++) taken.push(await take(world));
    expect(taken.map((one) => one?.serial).sort()).toEqual([...serials(5), undefined]);
    expect(await left(world)).toEqual([0]);
  });

  it("never gives one to two who take at the same time", async () => {
    const world = await openSerialWorld(bench);
    await world.import(serials(40).join("\n"), pool);
    const taken = await Promise.all(Array.from({ length: 50 }, () => take(world)));
    const given = taken.filter((one) => one !== undefined).map(({ serial }) => serial);
    expect(new Set(given).size).toBe(given.length);
    for (let one = await take(world); one !== undefined; one = await take(world)) given.push(one.serial);
    expect(given.sort()).toEqual(serials(40).sort());
  });

  it("keeps what a transaction took that was undone", async () => {
    const world = await openSerialWorld(bench);
    await world.import(serials(1).join("\n"), pool);
    const { deps, now } = world;
    const undone = deps.store.write(async (tx) => {
      await takePooledSerial(tx, deps, { product: as.product("acme-paint") }, now);
      throw new Error("changed its mind");
    });
    await expect(undone).rejects.toThrow("changed its mind");
    expect((await take(world))?.serial).toBe("Pool-0-x7");
  });

  it("does not get back what it gave, when it is imported again", async () => {
    const world = await openSerialWorld(bench);
    await world.import(serials(3).join("\n"), pool);
    await take(world);
    const again = await world.import(serials(4).join("\n"), pool);
    expect(again).toMatchObject({ added: 1, known: 3 });
    expect(await left(world)).toEqual([3]);
  });

  it("is taken from by its name, and not when it was revoked or is another product's", async () => {
    const world = await openSerialWorld(bench);
    await world.import("OLD-1\n", { pool: true, batch: "old" });
    await world.import("NEW-1\n", { pool: true, batch: "new" });
    await world.import("DRAW-1\n", { pool: true, batch: "draw", product: "acme-draw" });
    expect((await take(world, "new"))?.serial).toBe("NEW-1");
    expect(await take(world, "new")).toBeUndefined();
    expect(await take(world, "draw")).toBeUndefined();
    await revokeSerialBatch(world.deps, "old");
    expect(await take(world)).toBeUndefined();
  });

  it("opens no row that was put in another's place", async () => {
    const world = await openSerialWorld(bench);
    await world.import("AAAA-1\n", { pool: true, batch: "one" });
    await world.import("BBBB-1\n", { pool: true, batch: "two" });
    const swap = `update pooled_serials set sealed = (select other.sealed from pooled_serials as other
      where other.batch_no <> pooled_serials.batch_no)`;
    await world.deps.store.write((tx) => tx.run(statement(swap), {}));
    await expect(take(world)).rejects.toThrow();
  });

  it("gives out serials that activate a copy", async () => {
    const world = await openSerialWorld(bench);
    await world.import(serials(1).join("\n"), pool);
    const taken = await take(world);
    expect((await world.activate(taken?.serial ?? "")).body).toMatchObject({ status: "unassigned" });
  });
});
