import { cpSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { addPartner, listPartners } from "../../channel/partners.ts";
import { loadConfig } from "../../config/load-config.ts";
import { asDeed } from "../../deps/actor.ts";
import { createLog } from "../../deps/log-writer.ts";
import { runHere } from "../testing/run-here.ts";
import { openDeps } from "./open-deps.ts";
import { openLooking } from "./open-looking.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "tallystick-look-"));
const home = newFolder();
const database = (folder: string) => join(folder, "var/tallystick.db");

beforeAll(async () => {
  expect(await runHere(["init"], { cwd: home })).toMatchObject({ code: 0 });
});

/** A receiver's folder of its own, in which somebody has changed something. */
function copied(change?: (db: DatabaseSync) => void): string {
  const folder = newFolder();
  cpSync(home, folder, { recursive: true });
  if (change !== undefined) {
    const db = new DatabaseSync(database(folder));
    change(db);
    db.close();
  }
  return folder;
}

async function look(folder: string) {
  const config = await loadConfig({ file: join(folder, "tallystick.config.json"), env: {} });
  const log = await createLog({ destination: { write: () => {} } });
  let opened = 0;
  const openAll = () => {
    opened += 1;
    return openDeps(config, { log, env: {} });
  };
  return { deps: await openLooking(config, { log, env: {}, openAll }), opened: () => opened };
}

describe("a command that only looks", () => {
  it("opens nothing to write, and leaves no file behind", async () => {
    const { deps, opened } = await look(home);
    expect(await listPartners(deps as never)).toEqual([]);
    expect(await deps?.store.cold.selectFrom("partners").selectAll().execute()).toEqual([]);
    await expect(deps?.store.cold.deleteFrom("partners").execute()).rejects.toThrow(/readonly/);
    await deps?.store.close();
    expect(opened()).toBe(0);
    expect(readdirSync(join(home, "var")).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
  });

  it("has everything opened once it writes after all, with its audit entry", async () => {
    const folder = copied();
    const { deps, opened } = await look(folder);
    if (deps === undefined) throw new Error("there is nothing to settle");
    const deed = { actor: "cli:ann", action: "partner add", subject: "north" };
    await asDeed(deed, () => addPartner(deps as never, { id: "north", name: "North" } as never));
    expect(await listPartners(deps)).toMatchObject([{ id: "north" }]);
    await deps.store.close();
    expect(opened()).toBe(1);
    const { stdout } = await runHere(["audit", "list", "--json"], { cwd: folder });
    expect(JSON.parse(stdout).entries).toMatchObject([{ actor: "cli:ann", action: "partner add" }]);
    expect(await runHere(["ledger", "verify"], { cwd: folder })).toMatchObject({ code: 0 });
  });

  it.each<[string, (db: DatabaseSync) => void]>([
    ["a migration has not run", (db) => db.exec("delete from kysely_migration where name like '0119%'")],
    ["a newer program was here", (db) => db.exec("insert into kysely_migration values ('9999-later', '')")],
    ["no key signs", (db) => db.exec("update signing_keys set status = 'retired'")],
    ["another pepper is in force", (db) => db.exec("update peppers set pepper_id = 'another'")],
    [
      "receipts are not settled",
      (db) => db.exec("drop trigger receipts_refuse_delete; delete from receipts"),
    ],
  ])("leaves it to who opens everything where %s", async (_, change) => {
    expect((await look(copied(change))).deps).toBeUndefined();
  });

  it("makes what is missing, as every command does", async () => {
    const folder = newFolder();
    cpSync(join(home, "tallystick.config.json"), join(folder, "tallystick.config.json"));
    expect((await look(folder)).deps).toBeUndefined();
    expect(existsSync(database(folder))).toBe(false);
    expect(await runHere(["partner", "list"], { cwd: folder })).toMatchObject({ code: 0 });
    expect(existsSync(database(folder))).toBe(true);
  });

  it("refuses another pepper than the database's with the words of every command", async () => {
    const folder = copied();
    writeFileSync(join(folder, "var/keys/pepper"), "quite another pepper than before\n");
    const looking = await runHere(["partner", "list"], { cwd: folder });
    const writing = await runHere(["key", "rotate"], { cwd: folder });
    expect(looking.stderr).toContain("expected the pepper that this database was filled with");
    expect(looking).toEqual({ ...writing, code: 2 });
  });
});
