import { describe, expect, it } from "vitest";
import { openStore } from "../../server/src/store/open-store.ts";
import { as } from "../../server/src/words/ids.ts";
import { openBlackHole } from "../postgres/black-hole.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { click, insert, statement } from "./rows.ts";

describe("a PostgreSQL whose connections go silent", () => {
  const bench = benchOf("postgres");

  /** A store that reaches its database through a black hole, with all of its connections in use once. */
  async function openBeyond(answerWithinMs: number) {
    const database = await bench.database();
    await bench.open({ database });
    if (database.engine !== "postgres") throw new Error("the bench gave another engine");
    const hole = await openBlackHole(database.url);
    const store = await openStore(
      { engine: "postgres", url: hole.url },
      { poolSize: 4, answerWithinMs, closeWithinMs: 100 },
    );
    const write = (name: string) =>
      store.write((tx) => tx.run(insert.clicks, click({ reference: as.reference(name) })));
    await Promise.all([1, 2, 3, 4].map((index) => write(`first-${index}`)));
    return { hole, store, write };
  }

  it("fails what was asked, and takes new connections once there are any, without trying each of the old", async () => {
    const { hole, store, write } = await openBeyond(2_000);
    hole.swallow();
    const lost = await Promise.allSettled([write("lost-1"), write("lost-2")]);
    expect(lost.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    hole.reopen();
    // Two of the four connections were resting; each would fail the next write that came upon it.
    for (const index of [1, 2, 3, 4, 5]) await write(`next-${index}`);
    const clicks = statement("select count(*) as clicks from clicks");
    expect(await store.read((tx) => tx.one(clicks, {}))).toMatchObject({ clicks: 9 });
    await store.close();
  });

  it("closes although nothing answers", async () => {
    const { hole, store, write } = await openBeyond(600_000);
    hole.swallow();
    const swallowed = hole.swallowed();
    const lost = write("lost").catch((error: Error) => error);
    await swallowed;
    await store.close();
    expect(await lost).toBeInstanceOf(Error);
  });
});
