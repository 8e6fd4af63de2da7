import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { migrationNames } from "../../server/src/store/migrations/index.ts";
import { openStore } from "../../server/src/store/open-store.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { click, insert, statement } from "./rows.ts";

const migrateInAProcess = async (database: object) => {
  const script = new URL("./migrate-once.ts", import.meta.url).pathname;
  const args = ["--conditions=tallystick-source", script, JSON.stringify(database)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (chunk) => said.push(String(chunk)));
  const [code] = await once(child, "close");
  return { code, said: said.join("") };
};

onEveryEngine("migrating", (bench) => {
  it("a second time changes nothing", async () => {
    const store = await bench.open();
    await store.write((tx) => tx.run(insert.clicks, click()));
    await store.migrate();
    expect(await store.cold.selectFrom("clicks").select("reference").execute()).toHaveLength(1);
  });

  it("by three processes at once gives one set of tables", async () => {
    const database = await bench.database();
    const ends = await Promise.all([1, 2, 3].map(() => migrateInAProcess(database)));
    expect(ends).toEqual(Array(3).fill({ code: 0, said: "" }));
    const store = await bench.open({ database });
    const names = statement("select name from kysely_migration order by name");
    expect(await store.read((tx) => tx.all(names, {}))).toHaveLength(migrationNames.length);
  });

  it("by several stores of one process at once works too", async () => {
    const database = await bench.database();
    const stores = await Promise.all([1, 2, 3].map(() => openStore(database)));
    await Promise.all(stores.map((store) => store.migrate()));
    await Promise.all(stores.map((store) => store.close()));
  });

  it("stops at a database that a newer program has migrated", async () => {
    const store = await bench.open();
    const newer = statement("insert into kysely_migration (name, timestamp) values ('9999-newer', 'now')");
    await store.write((tx) => tx.run(newer, {}));
    await expect(store.migrate()).rejects.toThrow(/newer version of this program \(9999-newer\)/);
  });
});
