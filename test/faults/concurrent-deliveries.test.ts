import { describe, expect, it } from "vitest";
import { readBooks } from "./books.ts";
import { seededRandom } from "./random.ts";
import { type ReceiverProcess, startReceiverProcess } from "./receiver-process.ts";
import { click, deliver, paid, refunded, register, type ShopOrder, someAtATime } from "./shop-traffic.ts";
import { openVendor, type Vendor } from "./vendor.ts";

const setups = [
  { engine: "postgres", receivers: 2 },
  { engine: "sqlite", receivers: 1 },
] as const;

async function open({ engine, receivers: count }: (typeof setups)[number]) {
  const vendor = await openVendor(engine);
  const receivers = await Promise.all(Array.from({ length: count }, () => startReceiverProcess(vendor)));
  const [north, south] = vendor.partners;
  if (north === undefined || south === undefined) throw new Error("a vendor has two partners");
  return { vendor, receivers, north, south };
}

const turn = (receivers: readonly ReceiverProcess[], index: number): string =>
  receivers[index % receivers.length]?.url ?? "";

const loggedByAll = (receivers: readonly ReceiverProcess[], event: string) =>
  receivers.flatMap((receiver) => receiver.logged(event));

async function stopAll(vendor: Vendor, receivers: readonly ReceiverProcess[]) {
  expect(await Promise.all(receivers.map((receiver) => receiver.stop()))).toEqual(receivers.map(() => 0));
  expect(await vendor.tallystick("ledger", "verify", "--json")).toMatchObject({ code: 0 });
}

describe.each(setups)("$receivers receiver process(es) on one $engine", (setup) => {
  it("credit one purchase once that is delivered 1,000 times, 50 at a time", async () => {
    const { vendor, receivers, north } = await open(setup);
    const { reference } = await click(turn(receivers, 0), north.token);
    const event = paid({ name: "once", totalMinor: 10_000, reference });
    const jobs = Array.from({ length: 1000 }, (_, index) => () => deliver(turn(receivers, index), event));
    const answers = await someAtATime(50, jobs);
    expect(answers.filter(({ code }) => code !== 200)).toEqual([]);
    expect(answers.filter(({ status }) => status === "recorded")).toHaveLength(1);
    expect(answers.filter(({ status }) => status === "duplicate")).toHaveLength(999);
    expect(loggedByAll(receivers, "order.credited")).toMatchObject([{ order: "cs_once", partner: "north" }]);
    const books = await readBooks(vendor);
    expect([...books.orders.keys()]).toEqual(["cs_once"]);
    expect([...books.journal.values()].flat()).toMatchObject([{ kind: "credit", amountMinor: 2000 }]);
    expect(books.balances).toMatchObject([{ partner: "north", heldMinor: 2000, payableMinor: 0 }]);
    await stopAll(vendor, receivers);
  });

  it("keep exact books of 200 purchases that are each delivered 5 times among their refunds", async () => {
    const { vendor, receivers, north, south } = await open(setup);
    const random = seededRandom(`200 purchases on ${setup.engine}`);
    const expected = { north: 0, south: 0 };
    const orders: ShopOrder[] = [];
    const refunds = new Map<string, number>();
    for (let index = 0; index < 200; index++) {
      const partner = random.pick([north, south]);
      const order = { name: `o${index}`, totalMinor: 100 * random.between(10, 200) };
      const byClick = random.next() < 0.5;
      const url = turn(receivers, index);
      // Half of the orders come by a click, half carry a licence that several orders share.
      const licence = `L-${index % 40}-${partner.id}`;
      if (byClick) orders.push({ ...order, reference: (await click(url, partner.token)).reference });
      else {
        expect(await register(url, licence, partner.token)).toMatchObject({ code: 200 });
        orders.push({ ...order, licence });
      }
      const refundedMinor = random.pick([0, order.totalMinor / 2, order.totalMinor]);
      refunds.set(order.name, refundedMinor);
      expected[partner.id as "north"] += (order.totalMinor - refundedMinor) / 5;
    }
    const deliveries = orders.flatMap((order) => {
      const told = paid(order);
      // Some shops send the same thing again under a new event id.
      const again = [told, told, told, paid(order, `evt_${order.name}_again`)];
      const total = refunds.get(order.name) ?? 0;
      const back = total === 0 ? [] : [refunded(order, total / 2), refunded(order, total)];
      return [told, ...again, ...back, ...back];
    });
    const jobs = random
      .shuffle(deliveries)
      .map((event, index) => () => deliver(turn(receivers, index), event));
    const answers = await someAtATime(50, jobs);
    expect(answers.filter(({ code }) => code !== 200)).toEqual([]);
    expect(loggedByAll(receivers, "webhook.failed")).toEqual([]);
    const books = await readBooks(vendor);
    expect(books.failures).toEqual([]);
    expect(books.orders.size).toBe(200);
    const held = Object.fromEntries(books.balances.map(({ partner, heldMinor }) => [partner, heldMinor]));
    expect(held).toEqual(expected);
    await stopAll(vendor, receivers);
  });
});
