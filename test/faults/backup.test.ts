import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { until } from "../until.ts";
import { readBooks } from "./books.ts";
import { liveOn, openWorld } from "./customers.ts";
import { seededRandom } from "./random.ts";
import { startReceiverProcess } from "./receiver-process.ts";
import { openVendor, runCommand, useOn, type Vendor } from "./vendor.ts";

const untilPromised = (world: { promised: unknown[] }, count: number) =>
  until(() => world.promised.length >= count);

/** The vendor whose configuration was restored; no variable leads back to the first one's database. */
const restoredVendor = (vendor: Vendor, config: string): Vendor => {
  const env: NodeJS.ProcessEnv = { ...vendor.env, TALLYSTICK_CONFIG: config };
  delete env.DATABASE_URL;
  return { ...vendor, env, use: useOn(env), tallystick: (...args) => runCommand(env, args) };
};

describe("a backup beside a receiver under load", () => {
  it("has every order that was acknowledged before it began, and books that add up", async () => {
    const vendor = await openVendor("sqlite");
    const receiver = await startReceiverProcess(vendor);
    const world = openWorld(vendor, seededRandom("a backup under load"), Promise.resolve(receiver.url));
    const customers = Promise.all(Array.from({ length: 16 }, () => liveOn(world)));
    await untilPromised(world, 100);
    const before = world.promised.map(({ order }) => order);
    const file = join(dirname(vendor.configFile), "backup");
    const made = await vendor.tallystick("backup", "create", file, "--json");
    expect(made).toMatchObject({ code: 0 });
    await untilPromised(world, world.promised.length + 20);
    world.closing = true;
    await customers;
    expect(await receiver.stop()).toBe(0);
    const dir = join(dirname(vendor.configFile), "restored");
    expect(await vendor.tallystick("backup", "restore", file, "--dir", dir)).toMatchObject({ code: 0 });
    const books = await readBooks(restoredVendor(vendor, join(dir, "tallystick.config.json")));
    expect(books.failures).toEqual([]);
    expect(before.filter((order) => !books.orders.has(order))).toEqual([]);
    const { rows } = JSON.parse(made.stdout).manifest.database;
    expect(rows.orders).toBe(books.orders.size);
    expect(books.orders.size).toBeLessThan(world.promised.length);
  });
});

describe("the restore drill of docs/operations.md", () => {
  it("works as it is written", async () => {
    const page = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
    const [, drill = ""] = /<!-- drill -->\n```sh\n([\s\S]*?)```/.exec(page) ?? [];
    const vendor = await openVendor("sqlite");
    const { DATABASE_URL, ...env } = vendor.env;
    const folder = join(dirname(vendor.configFile), "drill");
    mkdirSync(folder);
    writeFileSync(join(folder, "passphrase"), "sixteen bytes at the least\n");
    const written = JSON.parse(readFileSync(vendor.configFile, "utf8"));
    writeFileSync(vendor.configFile, JSON.stringify({ ...written, database: DATABASE_URL }));
    const commands = drill.trim().split("\n");
    expect(commands).toHaveLength(6);
    for (const command of commands) {
      const [name, ...args] = command.split(" ");
      expect(name).toBe("tallystick");
      expect(await runCommand(env, args, folder), command).toMatchObject({ code: 0 });
    }
    expect(statSync(join(folder, "restored/var/tallystick.db")).size).toBeGreaterThan(0);
  });
});
