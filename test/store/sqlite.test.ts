import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { insertPosition } from "../../server/src/channel/rows/positions.ts";
import type { Query } from "../../server/src/store/query.ts";
import { openSqliteFile, pragma } from "../../server/src/store/sqlite/file.ts";
import { SqliteTx, Statements } from "../../server/src/store/sqlite/tx.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { until } from "../until.ts";
import { allClicks, click, insert, statement } from "./rows.ts";

const queryOf = (text: string): Query<object, object> => ({
  compileFor: () => ({ name: text, text, values: () => [] }),
});

const clickNamed = (name: string) => click({ reference: as.reference(name) });
const settings = { busyTimeoutMs: 5, cacheKib: 1024, autocheckpointPages: 0 };

/** A commit is made after so many milliseconds of work too: with the clock stopped only its size ends it. */
function stopClock(): void {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
}

describe("SQLite", () => {
  const bench = benchOf("sqlite");
  const newPath = async () => {
    const database = await bench.database();
    if (database.engine !== "sqlite") throw new Error("the bench gave another engine");
    return { database, path: database.path };
  };

  it("comes up durable, checks what is asked of it, and keeps its memory bounded", async () => {
    const { path } = await newPath();
    const db = openSqliteFile(path, settings);
    const found = [
      "journal_mode",
      "synchronous",
      "foreign_keys",
      "recursive_triggers",
      "mmap_size",
      "cache_size",
    ];
    expect(found.map((name) => pragma(db, name))).toEqual(["wal", 2, 1, 1, 0, -1024]);
    db.close();
  });

  it("gives rows each column of their table, also one that a newer program adds meanwhile", async () => {
    const { path } = await newPath();
    const db = openSqliteFile(path, settings);
    db.exec("create table t (a, b); insert into t values (1, null)");
    const tx = new SqliteTx(new Statements(db));
    const everything = queryOf("select * from t");
    const rows = async () => [await tx.one(everything, {}), ...(await tx.all(everything, {}))];
    expect(await rows()).toStrictEqual(Array.from({ length: 2 }, () => ({ a: 1, b: null })));
    expect(await tx.one(queryOf("select * from t where a = 2"), {})).toBeUndefined();

    const newer = openSqliteFile(path, settings);
    newer.exec("alter table t add column c default 'new'");
    newer.close();
    expect(await rows()).toStrictEqual(Array.from({ length: 2 }, () => ({ a: 1, b: null, c: "new" })));
    db.close();
  });

  it("refuses a file that cannot keep a write-ahead log", async () => {
    const { path } = await newPath();
    const other = new DatabaseSync(path);
    // In exclusive mode with a rollback journal the other connection leaves no room for the log.
    other.exec("pragma locking_mode = exclusive; create table t (a); begin exclusive");
    expect(() => openSqliteFile(path, settings)).toThrow(/locked|journal_mode/);
    other.close();
  });

  it("makes the file and its log readable for their owner alone, folder included", async () => {
    const { path } = await newPath();
    const inside = join(path, "..", "deep", "var", "tallystick.db");
    const store = await bench.open({ database: { engine: "sqlite", path: inside } });
    await store.write((tx) => tx.run(insert.clicks, click()));
    const modes = await Promise.all([inside, `${inside}-wal`, join(inside, "..")].map((file) => stat(file)));
    expect(modes.map((file) => (file.mode & 0o777).toString(8))).toEqual(["600", "600", "700"]);
  });

  it("puts what is queued in one commit", async () => {
    stopClock();
    const { database, path } = await newPath();
    const store = await bench.open({ database });
    const other = openSqliteFile(path, settings);
    const commits = () => Number(pragma(other, "data_version"));
    const seen = new Set<number>();
    const writes = ["a", "b", "c", "d"].map((name) =>
      store.write((tx) => tx.run(insert.clicks, clickNamed(name))).then(() => seen.add(commits())),
    );
    await Promise.all(writes);
    expect(seen.size).toBe(1);
    other.close();
  });

  it("with group commit off gives each piece of work its own commit", async () => {
    // Reads that took their milliseconds would give way, and the work below waits for them.
    stopClock();
    const { database } = await newPath();
    const store = await bench.open({ database, groupCommit: false });
    const reader = await bench.open({ database });
    const seen = await Promise.all(
      ["a", "b", "c"].map((name) =>
        store.write(async (tx) => {
          await tx.run(insert.clicks, clickNamed(name));
          return (await reader.read((r) => r.all(allClicks, {}))).length;
        }),
      ),
    );
    expect(seen).toEqual([0, 1, 2]);
  });

  it("runs work that throws once when it is alone, and again only for its neighbours' sake", async () => {
    stopClock();
    const store = await bench.open();
    let runs = 0;
    const throwing = () =>
      store.write(async () => {
        runs += 1;
        throw new Error("no");
      });
    await expect(throwing()).rejects.toThrow("no");
    expect(runs).toBe(1);
    const name = (index: number) => clickNamed(`click-${index}`);
    const rounds = Array.from({ length: 60 }, (_, index) => index);
    for (const round of rounds) {
      const before = store.write((tx) => tx.run(insert.clicks, name(round * 2)));
      const refused = throwing();
      const after = store.write((tx) => tx.run(insert.clicks, name(round * 2 + 1)));
      await expect(refused).rejects.toThrow("no");
      await Promise.all([before, after]);
    }
    // A bold batch is run twice; it and the fifteen after it then run carefully.
    expect(runs).toBe(1 + rounds.length + Math.ceil(rounds.length / 16));
    expect(await store.read((tx) => tx.all(allClicks, {}))).toHaveLength(2 * rounds.length);
  });

  it("rejects all work of a commit that fails, and keeps none of it", async () => {
    const store = await bench.open();
    const later = statement("pragma defer_foreign_keys = on");
    const at = instant(0);
    const orphan = { partner_id: as.partner("nobody"), parent_id: null, since: at, recorded_at: at };
    const both = (neighbour: string) =>
      Promise.allSettled([
        store.write((tx) => tx.run(insert.clicks, clickNamed(neighbour))),
        store.write(async (tx) => {
          await tx.run(later, {});
          await insertPosition(tx, orphan);
        }),
      ]);
    // The two share a commit, unless the first took all of a turn by itself on a busy machine: then two others are to.
    const alone: string[] = [];
    for (let round = 0; ; round++) {
      const [first, second] = await both(`neighbour-${round}`);
      expect(second.status).toBe("rejected");
      if (first.status === "rejected") break;
      alone.push(`neighbour-${round}`);
    }
    const kept = await store.read((tx) => tx.all(allClicks, {}));
    expect(kept.map(({ reference }) => reference)).toEqual(alone);
    await store.write((tx) => tx.run(insert.clicks, clickNamed("afterwards")));
  });

  it("stops work that awaits something other than its transaction, and goes on with the rest", async () => {
    const store = await bench.open();
    const elsewhere = new Promise<never>(() => {});
    const foreign = store.write(async (tx) => {
      await tx.run(insert.clicks, clickNamed("foreign"));
      await elsewhere;
    });
    const beside = store.write((tx) => tx.run(insert.clicks, clickNamed("beside")));
    await expect(foreign).rejects.toThrow("awaited something other than its transaction");
    await beside;
    expect(await store.read((tx) => tx.all(allClicks, {}))).toEqual([{ reference: "beside" }]);
    await expect(store.read(() => elsewhere)).rejects.toThrow("awaited something other");
  });

  it("works beside another process that writes the same file", async () => {
    const { database } = await newPath();
    const store = await bench.open({ database, longRunning: true });
    const script = new URL("./write-clicks.ts", import.meta.url).pathname;
    const args = ["--conditions=tallystick-source", script, JSON.stringify(database), "theirs"];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const [ended, said] = [once(child, "exit"), text(child.stdout)];
    const counted = statement("select count(*) as theirs from clicks where reference like 'theirs-%'");
    const theirs = async () => Number((await store.read((tx) => tx.one(counted, {})))?.theirs);
    // Each write of ours is amid theirs: it begins when they have written one more, and they go on meanwhile.
    for (let ours = 0, seen = 0; ours < 20; ours++, seen = await theirs()) {
      await Promise.race([until(async () => (await theirs()) > seen), ended]);
      await store.write((tx) => tx.run(insert.clicks, clickNamed(`ours-${ours}`)));
    }
    expect(child.exitCode).toBe(null);
    child.stdin.end();
    expect((await ended)[0]).toBe(0);
    expect(await theirs()).toBe(Number(await said));
    expect(await store.read((tx) => tx.all(allClicks, {}))).toHaveLength(20 + (await theirs()));
  });

  it("waits without blocking the event loop while another connection holds the lock", async () => {
    const { database, path } = await newPath();
    const store = await bench.open({ database });
    const other = openSqliteFile(path, settings);
    other.exec("begin immediate");
    let isWritten = false;
    const write = store
      .write((tx) => tx.run(insert.clicks, click()))
      .then(() => {
        isWritten = true;
      });
    // Were these turns of the event loop to wait for the write, it would be refused: the lock is given back after them.
    let turns = 0;
    await until(() => ++turns > 20);
    expect(isWritten).toBe(false);
    other.exec("commit");
    await write;
    other.close();
  });
});
