import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { RecordSorter } from "../../server/src/serials/record-sorter.ts";
import { logEvents } from "../../server/src/words/log.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openSerialWorld, type SerialWorld } from "./serial-world.ts";

const secrets = ["PAINT-0001-Q7W3", "PAINT-0002-M4K9", "PAINT-0003-Z2X8"];

/** Every byte of the database: of SQLite's files, or of every row of every table. */
async function everything({ database, deps }: SerialWorld): Promise<string> {
  if (database.engine === "sqlite") {
    const folder = join(database.path, "..");
    const names = (await readdir(folder)).filter((name) => name.startsWith("tallystick.db"));
    const files = await Promise.all(names.map((name) => readFile(join(folder, name), "latin1")));
    return files.join("");
  }
  const tables = sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public'`;
  const texts: string[] = [];
  for (const { name } of (await tables.execute(deps.store.cold)).rows) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(deps.store.cold);
    texts.push(
      JSON.stringify(rows, (_, value) =>
        value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value,
      ),
    );
  }
  return texts.join("\n");
}

onEveryEngine("what is stored of serials", (bench) => {
  it("is no serial, and none of it is in the log", async () => {
    const world = await openSerialWorld(bench);
    const [first = "", second = "", third = ""] = secrets;
    await world.import(`open,serial\n1000,${first}\n1001,${second}\n`, { partner: "north" });
    await world.import(third, { pool: true, batch: "pool" });
    await world.activate(first);
    await world.activate(first, { licence: "another" });
    await world.activate("PAINT-GUESS-0001");
    await world.buy("cs_1", second);
    const stored = await everything(world);
    expect(stored).toContain("north");
    const logged = JSON.stringify(logEvents.flatMap(world.logged));
    const spellings = [...secrets, "PAINT-GUESS-0001"].flatMap((serial) => [
      serial,
      serial.replaceAll("-", ""),
    ]);
    for (const text of [stored.toLowerCase(), logged.toLowerCase()])
      for (const spelling of spellings) expect(text).not.toContain(spelling.toLowerCase());
  });
});

it("a sorter's temporary file has no name, so that nothing is left of it after a kill", async () => {
  const sorters = await mkdtemp(join(tmpdir(), "tallystick-test-"));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = sorters;
  try {
    const sorter = new RecordSorter({ width: 8, keyBytes: 8, recordsPerRun: 1 });
    for (const key of [2n, 1n]) {
      const { into, at } = sorter.add();
      into.writeBigUInt64BE(key, at);
    }
    expect(await readdir(sorters)).toEqual([]);
    const keys = [...sorter.sorted(() => 1)].length;
    expect(keys).toBe(2);
    sorter.close();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(sorters, { recursive: true });
  }
});
