import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBlackHole } from "../postgres/black-hole.ts";
import { createDatabase } from "../postgres/create-database.ts";
import { type PostgresOptions, startPostgres } from "../postgres/embedded.ts";
import { until } from "../until.ts";
import { readBooks } from "./books.ts";
import { startReceiverProcess } from "./receiver-process.ts";
import { clickUntilRecorded, deliver, paid } from "./shop-traffic.ts";
import { openVendor, useOn, type Vendor } from "./vendor.ts";

const page = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");

/** The lines of a block of the page. */
function block(name: string): string[] {
  const [, text = ""] =
    new RegExp(`<!-- postgres ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  expect(text, `docs/operations.md has a block "postgres ${name}"`).not.toBe("");
  return text.trim().split("\n");
}

/** Settings as the page writes them, with the test's own words in place of the page's. */
function settingsOf(name: string, instead: Readonly<Record<string, string>>): Record<string, string> {
  const changed = (value: string) =>
    Object.entries(instead).reduce((so, [written, own]) => so.replaceAll(written, own), value);
  return Object.fromEntries(
    block(name).map((line) => {
      const [setting = "", value = ""] = line.split(/ = (.*)/);
      return [setting, changed(value.replace(/^'(.*)'$/, "$1"))];
    }),
  );
}

/** A server of this test alone. */
async function serverOf(options: Partial<PostgresOptions>) {
  const server = await startPostgres({ onDisk: false, ...options });
  let isRunning = true;
  const stop = async () => {
    if (isRunning) await server.stop();
    isRunning = false;
  };
  onTestFinished(stop);
  return { ...server, stop };
}

async function ask(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** A folder that the server's user may use too. */
function folderForAll(): string {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-recovery-"));
  chmodSync(folder, 0o777);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file into a server's folder, for the server's user. */
function put(base: string, name: string, text = ""): void {
  const { uid, gid } = statSync(base);
  writeFileSync(join(base, name), text);
  chownSync(join(base, name), uid, gid);
}

/** What `pg_basebackup` does, which the server from npm does not have: a copy of the files between two calls. */
async function baseBackup(server: { url: string; cluster: string }): Promise<string> {
  const base = join(folderForAll(), "base");
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query("select pg_backup_start('base', true)");
  execFileSync("cp", ["-a", server.cluster, base]);
  const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
  await client.end();
  put(base, "backup_label", rows[0]?.labelfile ?? "");
  rmSync(join(base, "postmaster.pid"), { force: true });
  return base;
}

/** A vendor on a database of a server. */
async function vendorOn(server: { url: string }): Promise<{ vendor: Vendor; on: (url: string) => Vendor }> {
  const { url } = await createDatabase(server.url);
  const vendor = await openVendor({ databaseUrl: url });
  const on = (other: string): Vendor => {
    const moved = new URL(other);
    moved.pathname = new URL(url).pathname;
    const env = { ...vendor.env, DATABASE_URL: moved.href };
    return { ...vendor, env, use: useOn(env) };
  };
  return { vendor, on };
}

async function sell(vendor: Vendor, url: string, name: string): Promise<number> {
  const reference = await clickUntilRecorded(() => url, vendor.partners[0].token);
  return (await deliver(url, paid({ name, totalMinor: 1000, reference }))).code;
}

const ordersOf = async (vendor: Vendor) => {
  const { orders, failures } = await readBooks(vendor);
  return { orders: [...orders.keys()].sort(), failures };
};

describe("PostgreSQL as docs/operations.md keeps it", () => {
  it("is brought back to a point in time, with what was acknowledged until then", async () => {
    const archive = folderForAll();
    const primary = await serverOf({ settings: settingsOf("archive", { "/backup/wal": archive }) });
    const { vendor, on } = await vendorOn(primary);
    const receiver = await startReceiverProcess(vendor);
    expect(await sell(vendor, receiver.url, "1-before-the-copy")).toBe(200);
    const base = await baseBackup(primary);
    expect(await sell(vendor, receiver.url, "2-after-the-copy")).toBe(200);
    const [then] = await ask(primary.url, "select now()::text as at");
    expect(await sell(vendor, receiver.url, "3-after-the-time")).toBe(200);
    expect(await receiver.stop()).toBe(0);
    const [piece] = await ask(
      primary.url,
      "select pg_walfile_name(pg_current_wal_lsn()) as name",
      "select pg_walfile_name(pg_switch_wal()) as name",
    );
    await until(async () => {
      const [archived] = await ask(
        primary.url,
        `select last_archived_wal >= '${piece?.name}' as so from pg_stat_archiver`,
      );
      return archived?.so === true;
    });
    await primary.stop();

    put(base, "recovery.signal");
    const settings = settingsOf("recovery", {
      "/backup/wal": archive,
      "2026-11-30 12:00:00+00": String(then?.at),
    });
    const restored = await serverOf({ cluster: base, settings });
    await until(async () => (await ask(restored.url, "select pg_is_in_recovery() as so"))[0]?.so === false);
    expect(await ordersOf(on(restored.url))).toEqual({
      orders: ["cs_1-before-the-copy", "cs_2-after-the-copy"],
      failures: [],
    });
  });

  it("has every acknowledged sale on a synchronous replica, to which a running receiver fails over", async () => {
    const primary = await serverOf({});
    await ask(
      primary.url,
      ...block("replica").filter((line) => !/synchronous_standby_names|reload/.test(line)),
    );
    const base = await baseBackup(primary);
    put(base, "standby.signal");
    const to = new URL(primary.url);
    const standby = await serverOf({
      cluster: base,
      settings: {
        primary_slot_name: "standby1",
        primary_conninfo: `host=${to.hostname} port=${to.port} user=replica password='another secret' application_name=standby1`,
      },
    });
    await ask(
      primary.url,
      ...block("replica").filter((line) => /synchronous_standby_names|reload/.test(line)),
    );
    await until(async () => {
      const [seen] = await ask(primary.url, "select application_name, sync_state from pg_stat_replication");
      return seen?.application_name === "standby1" && seen.sync_state === "quorum";
    });

    const { vendor, on } = await vendorOn(primary);
    const address = await openBlackHole(primary.url);
    const receiver = await startReceiverProcess(on(address.url));
    for (const name of ["1", "2", "3"]) expect(await sell(vendor, receiver.url, name)).toBe(200);
    await primary.stop();
    await ask(
      standby.url,
      "select pg_promote()",
      "alter system set synchronous_standby_names = ''",
      "select pg_reload_conf()",
    );
    address.leadTo(standby.url);
    await until(async () => (await fetch(`${receiver.url}/readyz`)).status === 200);
    expect(await sell(vendor, receiver.url, "4")).toBe(200);
    expect(await receiver.stop()).toBe(0);
    expect(await ordersOf(on(standby.url))).toEqual({
      orders: ["cs_1", "cs_2", "cs_3", "cs_4"],
      failures: [],
    });
  });
});
