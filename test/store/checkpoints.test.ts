import { execFileSync } from "node:child_process";
import { closeSync, existsSync, openSync, readSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openStore } from "../../server/src/store/open-store.ts";
import { as } from "../../server/src/words/ids.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { click, insert, statement } from "./rows.ts";

/** Until the log has been begun anew this often, the load goes on. */
const wantedLogs = 4;

/** More than any disk needs for that: the load of a checkpointer that never empties the log would never end. */
const rowsAtMost = 1_000_000;

/** The 4 bytes of the log's header that count how often it was begun anew (https://sqlite.org/fileformat2.html#walformat). */
function logNumber(path: string): number {
  const file = openSync(`${path}-wal`, "r");
  try {
    const header = Buffer.alloc(4);
    readSync(file, header, 0, 4, 12);
    return header.readUInt32BE();
  } finally {
    closeSync(file);
  }
}

describe("the write-ahead log", () => {
  const bench = benchOf("sqlite");

  it.each(["its own connection", "one beside it"])(
    "is begun anew again and again under a load that never ends, written by %s",
    async (writer) => {
      const database = await bench.database();
      if (database.engine !== "sqlite") throw new Error("the bench gave another engine");
      const store = await bench.open({ database, longRunning: true, checkpointAtPages: 4_000 });
      const { sharedTurn: beside = new SharedArrayBuffer(0) } = store;
      const written = writer === "its own connection" ? store : await openStore(database, { beside });
      const filler = "x".repeat(2_000);
      const firstLog = logNumber(database.path);
      let logs = 0;
      let count = 0;
      const client = async () => {
        while (logs < wantedLogs && count < rowsAtMost) {
          const index = count++;
          const row = click({ reference: as.reference(`click-${index}`), product: as.product(filler) });
          await written.write((tx) => tx.run(insert.clicks, row));
          if (index % 100 === 0) logs = logNumber(database.path) - firstLog;
        }
      };
      await Promise.all(Array.from({ length: 64 }, client));
      expect(logs).toBeGreaterThanOrEqual(wantedLogs);
      const clicks = statement("select count(*) as clicks from clicks");
      expect(await store.read((tx) => tx.one(clicks, {}))).toEqual({ clicks: count });
      if (written !== store) await written.close();
      await store.close();
      expect(existsSync(`${database.path}-wal`)).toBe(false);
    },
  );
});

describe("a log at rest", () => {
  const bench = benchOf("sqlite");

  it("is copied into the file, so that a copy of the file alone has what was acknowledged", async () => {
    const database = await bench.database();
    if (database.engine !== "sqlite") throw new Error("the bench gave another engine");
    const store = await bench.open({ database, longRunning: true });
    await store.write((tx) => tx.run(insert.clicks, click({ reference: as.reference("click-1") })));
    const copy = `${database.path}.copy`;
    const clicksInCopy = () => {
      // By another process: closing a descriptor of the file in this one would drop the store's locks.
      execFileSync("cp", [database.path, copy]);
      rmSync(`${copy}-wal`, { force: true });
      const db = new DatabaseSync(copy);
      const isMade = db.prepare("select 1 from sqlite_schema where name = 'clicks'").get() !== undefined;
      const clicks = isMade ? db.prepare("select count(*) as clicks from clicks").get()?.clicks : 0;
      db.close();
      return clicks;
    };
    expect(clicksInCopy()).toBe(0);
    await expect.poll(clicksInCopy, { interval: 200 }).toBe(1);
    await store.close();
  });
});
