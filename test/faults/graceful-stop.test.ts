import { describe, expect, it } from "vitest";
import { until } from "../until.ts";
import { liveOn, openWorld } from "./customers.ts";
import { findBrokenPromises } from "./kill-story.ts";
import { beginDelivery } from "./open-requests.ts";
import { seededRandom } from "./random.ts";
import { startReceiverProcess } from "./receiver-process.ts";
import { clickUntilRecorded, paid } from "./shop-traffic.ts";
import { openVendor } from "./vendor.ts";

/** Whether nobody listens there any more. */
const refusesConnections = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );

describe.each(["sqlite", "postgres"] as const)("a receiver on %s that is told to stop", (engine) => {
  it("answers what it has begun to read, and leaves with 0", async () => {
    const vendor = await openVendor(engine);
    const receiver = await startReceiverProcess(vendor);
    const [north] = vendor.partners;
    const reference = await clickUntilRecorded(() => receiver.url, north?.token ?? "");
    const orders = Array.from({ length: 20 }, (_, index) => ({
      name: `o${index}`,
      totalMinor: 1000,
      reference,
    }));
    const open = await Promise.all(orders.map((order) => beginDelivery(receiver.url, paid(order))));
    const stopped = receiver.stop();
    await receiver.untilLogged("server.stopping");
    // Told before it is so: a request that comes at the same moment may still be served.
    await until(() => refusesConnections(receiver.url));
    const answers = await Promise.all(open.map((delivery) => delivery.finish()));
    expect(answers).toEqual(orders.map(() => ({ code: 200, status: "recorded" })));
    expect(await stopped).toBe(0);
    expect(receiver.logged("server.stopping")).toMatchObject([{ signal: "SIGTERM" }]);
    expect(receiver.logged("order.credited")).toHaveLength(20);
    const balances = await vendor.tallystick("ledger", "balances", "--json");
    expect(JSON.parse(balances.stdout)).toMatchObject([{ partner: "north", heldMinor: 20 * 200 }]);
  });

  it("loses nothing under load, and the next one takes what was sent again", async () => {
    const vendor = await openVendor(engine);
    const first = await startReceiverProcess(vendor);
    const world = openWorld(vendor, seededRandom(`a stop on ${engine}`), Promise.resolve(first.url));
    const customers = Promise.all(Array.from({ length: 32 }, () => liveOn(world)));
    await Promise.race([until(() => world.promised.length >= 50), customers]);
    const next = startReceiverProcess(vendor);
    // Customers and shops go on knocking until the first one is gone.
    const left = await first.stop();
    world.url = next.then(({ url }) => url);
    const second = await next;
    expect(left).toBe(0);
    expect(first.logged("webhook.failed")).toEqual([]);
    const before = world.promised.length;
    await Promise.race([until(() => world.promised.length >= before + 50), customers]);
    world.closing = true;
    await customers;
    expect(await second.stop()).toBe(0);
    expect(world.recordedUnanswered).toBe(0);
    expect(await findBrokenPromises({ world, interruptions: 0 })).toEqual([]);
  });
});
