import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { liveOn, openWorld } from "./customers.ts";
import { findBrokenPromises } from "./kill-story.ts";
import { seededRandom } from "./random.ts";
import { startReceiverProcess } from "./receiver-process.ts";
import { click } from "./shop-traffic.ts";
import { openVendor } from "./vendor.ts";

it.each(["sqlite", "postgres"] as const)(
  "the command line works beside a busy receiver on %s",
  async (engine) => {
    const vendor = await openVendor(engine);
    const receiver = await startReceiverProcess(vendor);
    const world = openWorld(vendor, seededRandom(`commands on ${engine}`), Promise.resolve(receiver.url));
    const customers = Promise.all(Array.from({ length: 6 }, () => liveOn(world)));
    const run = async (...args: string[]) => {
      const before = world.answered;
      const { code, stdout, stderr } = await vendor.tallystick(...args, "--json");
      expect({ args, code, stderr }).toMatchObject({ code: 0 });
      expect(world.answered, "the receiver went on answering").toBeGreaterThan(before);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    for (const round of [1, 2]) {
      const id = `east-${round}`;
      expect(await run("partner", "add", id, "--name", id)).toMatchObject({ id });
      const issued = await run("token", "issue", "--partner", id, "--product", "acme-paint");
      const { code, reference } = await click(receiver.url, String(issued.token));
      expect(code).toBe(302);
      expect(reference).not.toBe("");
      expect(await run("token", "revoke", String(issued.jti))).toMatchObject({ jti: issued.jti });
      expect(await click(receiver.url, String(issued.token))).toEqual({ code: 302, reference: "" });
      expect(await run("ledger", "balances")).toMatchObject([{ partner: "north" }, { partner: "south" }]);
      expect(await run("ledger", "verify")).toMatchObject({ ok: true, failures: [] });
      expect(await run("key", "rotate")).toHaveProperty("kid");
    }
    world.closing = true;
    await customers;
    expect(world.unanswered).toBe(0);
    expect(await receiver.stop()).toBe(0);
    expect(receiver.logged("webhook.failed")).toEqual([]);
    expect(await findBrokenPromises({ world, interruptions: 0 })).toEqual([]);
  },
);

it("a receiver on sqlite waits for another process that writes for a second", async () => {
  const vendor = await openVendor("sqlite");
  const receiver = await startReceiverProcess(vendor);
  const world = openWorld(vendor, seededRandom("a long write"), Promise.resolve(receiver.url));
  const customers = Promise.all(Array.from({ length: 6 }, () => liveOn(world)));
  const other = new DatabaseSync(String(vendor.env.DATABASE_URL).replace("sqlite:", ""), { timeout: 10_000 });
  onTestFinished(() => other.close());
  for (let round = 0; round < 2; round++) {
    await sleep(200);
    other.exec("begin immediate");
    const before = world.promised.length;
    await sleep(1000);
    expect(world.promised.length - before, "nobody writes meanwhile").toBeLessThanOrEqual(6);
    other.exec("commit");
  }
  world.closing = true;
  await customers;
  expect(world.unanswered).toBe(0);
  expect(await receiver.stop()).toBe(0);
  expect(receiver.logged("webhook.failed")).toEqual([]);
  expect(await findBrokenPromises({ world, interruptions: 0 })).toEqual([]);
});
