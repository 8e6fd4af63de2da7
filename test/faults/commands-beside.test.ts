import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { until } from "../until.ts";
import { liveOn, openWorld } from "./customers.ts";
import { findBrokenPromises } from "./kill-story.ts";
import { seededRandom } from "./random.ts";
import { startReceiverProcess } from "./receiver-process.ts";
import { click, clickUntilRecorded } from "./shop-traffic.ts";
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
    const isPromised = ({ id }: { id: string }) => world.promised.some(({ partner }) => partner === id);
    await Promise.race([until(() => vendor.partners.every(isPromised)), customers]);
    for (const round of [1, 2]) {
      const id = `east-${round}`;
      expect(await run("partner", "add", id, "--name", id)).toMatchObject({ id });
      const issued = await run("token", "issue", "--partner", id, "--product", "acme-paint");
      expect(await clickUntilRecorded(() => receiver.url, String(issued.token))).not.toBe("");
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

it("a receiver on sqlite waits for another process that writes for long", async () => {
  const vendor = await openVendor("sqlite");
  const receiver = await startReceiverProcess(vendor);
  const world = openWorld(vendor, seededRandom("a long write"), Promise.resolve(receiver.url));
  const customers = Promise.all(Array.from({ length: 6 }, () => liveOn(world)));
  const other = new DatabaseSync(String(vendor.env.DATABASE_URL).replace("sqlite:", ""), {
    timeout: 300_000,
  });
  onTestFinished(() => other.close());
  for (let round = 0; round < 2; round++) {
    const begun = world.promised.length;
    await Promise.race([until(() => world.promised.length > begun), customers]);
    other.exec("begin immediate");
    const before = world.promised.length;
    // It answers what needs no write; by the time it has done so often, all customers wait for theirs.
    for (let asked = 0; asked < 20; asked++)
      expect((await fetch(`${receiver.url}/healthz`)).status).toBe(200);
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
