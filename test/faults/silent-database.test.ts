import { describe, expect, it } from "vitest";
import { openBlackHole } from "../postgres/black-hole.ts";
import { until } from "../until.ts";
import { liveOn, openWorld } from "./customers.ts";
import { findBrokenPromises } from "./kill-story.ts";
import { seededRandom } from "./random.ts";
import { startReceiverProcess } from "./receiver-process.ts";
import { openVendor } from "./vendor.ts";

const untilPromised = (world: { promised: unknown[] }, count: number) =>
  until(() => world.promised.length >= count);

describe("a receiver whose database connections go silent", () => {
  it("takes sales again once there is a way, books each once, and stops while there is none", async () => {
    const vendor = await openVendor("postgres");
    const hole = await openBlackHole(String(vendor.env.DATABASE_URL));
    const beyond = { ...vendor, env: { ...vendor.env, DATABASE_URL: hole.url } };
    const receiver = await startReceiverProcess(beyond);
    const world = openWorld(vendor, seededRandom("silence"), Promise.resolve(receiver.url));
    const customers = Promise.all(Array.from({ length: 16 }, () => liveOn(world)));
    await untilPromised(world, 60);
    const swallowed = hole.swallowed();
    hole.swallow();
    await swallowed;
    const unanswered = world.unanswered;
    await until(() => world.unanswered !== unanswered);
    hole.reopen();
    await untilPromised(world, world.promised.length + 60);
    world.closing = true;
    await customers;
    expect(await findBrokenPromises({ world, interruptions: 1 })).toEqual([]);
    hole.swallow();
    const asking = fetch(`${receiver.url}/readyz`).catch(() => undefined);
    await hole.swallowed();
    expect(await receiver.stop()).toBe(0);
    await asking;
  });
});
