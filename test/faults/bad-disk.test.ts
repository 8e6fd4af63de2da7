import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openConnection } from "../http/raw-connection.ts";
import { until } from "../until.ts";
import { type ReceiverProcess, startReceiverProcess } from "./receiver-process.ts";
import { click, deliver, paid } from "./shop-traffic.ts";
import { openSmallDisk } from "./small-disk.ts";
import { commandLine, nodeFlags, openVendor, type Vendor } from "./vendor.ts";

/** The same vendor with its database on another disk. */
async function onSmallDisk(vendor: Vendor, megabytes: number) {
  const disk = await openSmallDisk(megabytes);
  disk.run("cp", "-r", `${dirname(vendor.configFile)}/.`, disk.folder);
  const env = { ...vendor.env, DATABASE_URL: `sqlite:${join(disk.folder, "tallystick.db")}` };
  const tallystick = (...args: string[]) =>
    disk.run(
      "env",
      `DATABASE_URL=${env.DATABASE_URL}`,
      `TALLYSTICK_CONFIG=${vendor.configFile}`,
      ...secretsOf(env),
      process.execPath,
      ...nodeFlags,
      commandLine,
      ...args,
    );
  return { disk, env, tallystick };
}

const secretsOf = (env: NodeJS.ProcessEnv) =>
  Object.entries(env).flatMap(([name, value]) =>
    /SECRET|TOKEN|PEPPER/.test(name) ? [`${name}=${value}`] : [],
  );

const isReady = async ({ url }: ReceiverProcess) => (await fetch(`${url}/readyz`)).status === 200;

describe("a disk that is full", () => {
  it("refuses sales so that they come again, sends customers on, loses nothing, and goes on with room", async () => {
    const vendor = await openVendor("sqlite");
    const { disk, env, tallystick } = await onSmallDisk(vendor, 24);
    const receiver = await startReceiverProcess({ ...vendor, env }, undefined, disk.within);
    const [north] = vendor.partners;
    const acknowledged: string[] = [];
    let sold = 0;
    const sell = async () => {
      const { reference } = await click(receiver.url, north.token);
      const name = `o${++sold}`;
      const { code } = await deliver(receiver.url, paid({ name, totalMinor: 1000, reference }));
      if (code === 200) acknowledged.push(name);
      return { code, name };
    };
    expect(await sell()).toMatchObject({ code: 200 });
    const filler = join(disk.folder, "filler");
    expect(() => disk.run("dd", "if=/dev/zero", `of=${filler}`, "bs=64k")).toThrow(/No space left/);
    await until(async () => (await sell()).code === 503);
    await until(async () => !(await isReady(receiver)));
    expect((await click(receiver.url, north.token)).code).toBe(302);
    expect((await fetch(`${receiver.url}/healthz`)).status).toBe(200);
    disk.run("rm", filler);
    await until(() => isReady(receiver));
    await until(async () => (await sell()).code === 200);
    expect(JSON.parse(tallystick("ledger", "verify", "--json"))).toMatchObject({ ok: true, failures: [] });
    const orders = JSON.parse(tallystick("order", "list", "--json")).orders as { order: string }[];
    const stored = orders.map(({ order }) => order);
    expect(stored).toEqual(expect.arrayContaining(acknowledged.map((name) => `cs_${name}`)));
    expect(new Set(stored).size).toBe(stored.length);
    expect(await receiver.stop()).toBe(0);
  });
});

describe("a disk that is read-only", () => {
  it("is said in a sentence when the receiver starts", async () => {
    const vendor = await openVendor("sqlite");
    const { disk, tallystick } = await onSmallDisk(vendor, 24);
    disk.run("mount", "-o", "remount,ro", disk.folder);
    let said = "";
    try {
      tallystick("serve");
    } catch (error) {
      said = String((error as { stderr: unknown }).stderr);
    }
    expect(said).toMatch(/read-only/i);
    expect(said).not.toContain("internal_error");
  });
});

describe("a receiver without free descriptors", () => {
  it("takes sales again once connections are closed", async () => {
    const vendor = await openVendor("sqlite");
    const few = ["sh", "-c", 'ulimit -n 64 && exec "$0" "$@"'];
    const receiver = await startReceiverProcess(vendor, undefined, few);
    const port = Number(new URL(receiver.url).port);
    // The system takes those that the receiver cannot, and they wait.
    const held = await Promise.all(Array.from({ length: 200 }, () => openConnection(port)));
    const [waiting] = held.slice(-1);
    waiting?.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    for (const { socket } of held) socket.destroy();
    await until(() => isReady(receiver).catch(() => false));
    const [north] = vendor.partners;
    const { reference } = await click(receiver.url, north.token);
    const answer = await deliver(receiver.url, paid({ name: "after", totalMinor: 1000, reference }));
    expect(answer).toEqual({ code: 200, status: "recorded" });
    expect(await receiver.stop()).toBe(0);
  });
});
