import { expect, it } from "vitest";
import type { Tx } from "../../server/src/store/store.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { allClicks, balance, click, clickByReference, insert, partner, statement } from "./rows.ts";

const clickNamed = (name: string) => click({ reference: as.reference(name) });
const named = (name: string) => ({ reference: as.reference(name) });

onEveryEngine("a transaction", (bench) => {
  it("is committed before its promise resolves: another connection sees it", async () => {
    const database = await bench.database();
    const store = await bench.open({ database });
    const other = await bench.open({ database });
    let seenDuring: unknown = "not looked";
    await store.write(async (tx) => {
      await tx.run(insert.clicks, click());
      // A read of SQLite settles within the turn, so the writer's rule against awaiting other things allows it.
      seenDuring = await other.read((reader) => reader.one(clickByReference, named("click-1")));
    });
    expect(seenDuring).toBeUndefined();
    expect(await other.read((tx) => tx.one(clickByReference, named("click-1")))).toEqual(click());
  });

  it("that throws is undone alone and does not harm its neighbours", async () => {
    const store = await bench.open();
    const outcomes = await Promise.allSettled(
      ["a", "b", "c", "d", "e"].map((name, index) =>
        store.write(async (tx) => {
          await tx.run(insert.clicks, clickNamed(name));
          if (index % 2 === 1) throw new Error(`not ${name}`);
          return name;
        }),
      ),
    );
    expect(outcomes.map((outcome) => ("value" in outcome ? outcome.value : outcome.reason.message))).toEqual([
      "a",
      "not b",
      "c",
      "not d",
      "e",
    ]);
    const kept = await store.read((tx) => tx.all(allClicks, {}));
    expect(kept.map((row) => row.reference)).toEqual(["a", "c", "e"]);
  });

  it("is refused when a statement failed and the work hid it", async () => {
    const store = await bench.open();
    await store.write((tx) => tx.run(insert.clicks, clickNamed("first")));
    const hidden = store.write(async (tx) => {
      await tx.run(insert.clicks, clickNamed("beside"));
      await tx.run(insert.clicks, clickNamed("first")).catch(() => undefined);
    });
    await expect(hidden).rejects.toThrow(/unique/i);
    expect(await store.read((tx) => tx.one(clickByReference, named("beside")))).toBeUndefined();
  });

  it("cannot be used once its work is done", async () => {
    const store = await bench.open();
    let kept: Tx | undefined;
    await store.write(async (tx) => {
      kept = tx;
    });
    await expect(kept?.run(insert.clicks, click())).rejects.toThrow("the transaction has ended");
    expect(await store.read((tx) => tx.all(allClicks, {}))).toEqual([]);
  });

  it("answers how many rows a statement changed, and the first row", async () => {
    const store = await bench.open();
    const end = statement("update clicks set licence_hash = 'other' where reference <> 'c'");
    const answer = await store.write(async (tx) => {
      for (const name of ["a", "b", "c"]) await tx.run(insert.clicks, clickNamed(name));
      return { changed: await tx.run(end, {}), first: await tx.one(allClicks, {}) };
    });
    expect(answer).toEqual({ changed: 2, first: { reference: "a" } });
  });

  it("keeps integers exact up to 2^53-1, and sums as numbers", async () => {
    const store = await bench.open();
    const most = balance({ held_minor: Number.MAX_SAFE_INTEGER, payable_minor: Number.MIN_SAFE_INTEGER });
    await store.write((tx) => tx.run(insert.balances, most));
    const sums = statement("select sum(held_minor) as held, sum(payable_minor) as payable from balances");
    expect(await store.read((tx) => tx.one(sums, {}))).toEqual({
      held: Number.MAX_SAFE_INTEGER,
      payable: Number.MIN_SAFE_INTEGER,
    });
  });

  it("refuses to read an integer that a number cannot hold", async () => {
    const store = await bench.open();
    const max = Number.MAX_SAFE_INTEGER;
    await store.write((tx) => tx.run(insert.balances, balance({ held_minor: max })));
    await store.write((tx) => tx.run(insert.balances, balance({ shard: 1, held_minor: max })));
    const sum = statement("select sum(held_minor) as held from balances");
    await expect(store.read((tx) => tx.one(sum, {}))).rejects.toThrow(RangeError);
  });

  it("adds up when many change one row at once", async () => {
    const store = await bench.open();
    await store.write((tx) => tx.run(insert.balances, balance()));
    const add = statement("update balances set held_minor = held_minor + 1");
    await Promise.all(Array.from({ length: 200 }, () => store.write((tx) => tx.run(add, {}))));
    const [row] = await store.cold.selectFrom("balances").select("held_minor").execute();
    expect(row?.held_minor).toBe(200);
  });
});

onEveryEngine("a read", (bench) => {
  it("sees one snapshot, whatever is committed meanwhile", async () => {
    const database = await bench.database();
    const store = await bench.open({ database });
    const counts = statement("select count(*) as clicks from clicks");
    const pairs = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const read = store.read(async (tx) => [await tx.one(counts, {}), await tx.one(counts, {})]);
        await store.write((tx) => tx.run(insert.clicks, clickNamed(`click-${index}`)));
        return read;
      }),
    );
    for (const [before, after] of pairs) expect(after).toEqual(before);
  });

  it("cannot write, nor can cold queries", async () => {
    const store = await bench.open();
    await expect(store.read((tx) => tx.run(insert.clicks, click()))).rejects.toThrow(/read-?only/);
    await expect(store.cold.insertInto("partners").values(partner()).execute()).rejects.toThrow(/read-?only/);
  });

  it("that fails leaves the next one whole", async () => {
    const store = await bench.open();
    await expect(
      store.read(async () => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await store.read((tx) => tx.all(allClicks, {}))).toEqual([]);
  });
});

onEveryEngine("closing", (bench) => {
  it("waits for what is under way and refuses what comes after", async () => {
    const database = await bench.database();
    const store = await bench.open({ database, longRunning: true });
    const writes = Array.from({ length: 50 }, (_, index) =>
      store.write((tx) => tx.run(insert.clicks, clickNamed(`click-${index}`))),
    );
    await store.close();
    expect(await Promise.all(writes)).toHaveLength(50);
    await expect(store.write(async () => 1)).rejects.toThrow("the store is closed");
    await expect(store.read(async () => 1)).rejects.toThrow("the store is closed");
    await expect(store.ping()).rejects.toThrow("the store is closed");
    const again = await bench.open({ database });
    expect(await again.read((tx) => tx.all(allClicks, {}))).toHaveLength(50);
  });

  it("may be asked for twice", async () => {
    const store = await bench.open();
    await store.ping();
    await Promise.all([store.close(), store.close()]);
  });
});
