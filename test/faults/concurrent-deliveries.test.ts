import { describe, expect, it } from "vitest";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { repeat } from "../../server/src/receiver/start/repeating.ts";
import { addDays, systemClock } from "../../server/src/words/clock.ts";
import { readBooks } from "./books.ts";
import { fleets, openFleet } from "./fleet.ts";
import { seededRandom } from "./random.ts";
import {
  clickUntilRecorded,
  deliver,
  paid,
  refunded,
  register,
  type ShopEvent,
  type ShopOrder,
  someAtATime,
} from "./shop-traffic.ts";

describe.each(fleets)("$receivers receiver process(es) on one $engine", (setup) => {
  it("credit one purchase once that is delivered 1,000 times, 50 at a time", async () => {
    const fleet = await openFleet(setup);
    const [north] = fleet.vendor.partners;
    const reference = await clickUntilRecorded(fleet.url, north.token);
    const event = paid({ name: "once", totalMinor: 10_000, reference });
    const jobs = Array.from({ length: 1000 }, () => () => deliver(fleet.url(), event));
    const answers = await someAtATime(50, jobs);
    expect(answers.filter(({ code }) => code !== 200)).toEqual([]);
    expect(answers.filter(({ status }) => status === "recorded")).toHaveLength(1);
    expect(answers.filter(({ status }) => status === "duplicate")).toHaveLength(999);
    const books = await readBooks(fleet.vendor);
    expect([...books.orders.keys()]).toEqual(["cs_once"]);
    expect([...books.journal.values()].flat()).toMatchObject([{ kind: "credit", amountMinor: 2000 }]);
    expect(books.balances).toMatchObject([{ partner: "north", heldMinor: 2000, payableMinor: 0 }]);
    await fleet.stop();
    expect(fleet.logged("order.credited")).toMatchObject([{ order: "cs_once", partner: "north" }]);
  });

  it("keep exact books of 200 purchases that are each delivered 5 times among their refunds", async () => {
    const fleet = await openFleet(setup);
    const random = seededRandom(`200 purchases on ${setup.engine}`);
    const expected = { north: 0, south: 0 };
    const deliveries: ShopEvent[] = [];
    for (let index = 0; index < 200; index++) {
      const { id, token } = random.pick(fleet.vendor.partners);
      const order: ShopOrder = { name: `o${index}`, totalMinor: 100 * random.between(10, 200) };
      // Half of the orders come by a click, half carry a licence that several orders share.
      if (random.next() < 0.5) order.reference = await clickUntilRecorded(fleet.url, token);
      else {
        order.licence = `L-${index % 40}-${id}`;
        expect(await register(fleet.url(), order.licence, token)).toMatchObject({ code: 200 });
      }
      const told = paid(order);
      // Some shops send the same thing again under a new event id.
      deliveries.push(told, told, told, told, paid(order, `evt_${order.name}_again`));
      const refundedMinor = random.pick([0, order.totalMinor / 2, order.totalMinor]);
      const back = [refunded(order, refundedMinor / 2), refunded(order, refundedMinor)];
      if (refundedMinor > 0) deliveries.push(...back, ...back);
      expected[id] += (order.totalMinor - refundedMinor) / 5;
    }
    const jobs = random.shuffle(deliveries).map((event) => () => deliver(fleet.url(), event));
    const answers = await someAtATime(50, jobs);
    expect(answers.filter(({ code }) => code !== 200)).toEqual([]);
    const books = await readBooks(fleet.vendor);
    expect(books.failures).toEqual([]);
    expect(books.orders.size).toBe(200);
    const held = Object.fromEntries(books.balances.map(({ partner, heldMinor }) => [partner, heldMinor]));
    expect(held).toEqual(expected);
    await fleet.stop();
    expect(fleet.logged("webhook.failed")).toEqual([]);
  });

  it("keep exact books when licences are registered and credits released while the refunds come in", async () => {
    const fleet = await openFleet(setup);
    const random = seededRandom(`late evidence on ${setup.engine}`);
    const expected = { north: 0, south: 0 };
    const sales: ShopEvent[] = [];
    const failures: unknown[] = [];
    const later: (() => Promise<{ code: number }>)[][] = [];
    for (let index = 0; index < 100; index++) {
      const { id, token } = random.pick(fleet.vendor.partners);
      const order = { name: `o${index}`, totalMinor: 100 * random.between(10, 200), licence: `L-${index}` };
      sales.push(paid(order));
      const [half, all] = [refunded(order, order.totalMinor / 2), refunded(order, order.totalMinor)];
      const back = random.pick([[half], [half, all]]);
      if (back.length === 1) expected[id] += order.totalMinor / 10;
      const registration = () => register(fleet.url(), order.licence, token);
      // All about one order at one moment, so that its decision, refunds and release meet.
      later.push(random.shuffle([registration, ...back.map((event) => () => deliver(fleet.url(), event))]));
    }
    const sold = await someAtATime(
      50,
      sales.map((event) => () => deliver(fleet.url(), event)),
    );
    expect(sold.filter(({ code }) => code !== 200)).toEqual([]);
    const releases = repeat(() => fleet.vendor.use(releaseDue, () => addDays(systemClock(), 31)), {
      pause: 1,
      onError: (error) => failures.push(error),
    });
    const answers = await someAtATime(
      20,
      later.map((meet) => () => Promise.all(meet.map((ask) => ask()))),
    );
    await releases.stop();
    expect(failures).toEqual([]);
    expect(answers.flat().filter(({ code }) => code !== 200)).toEqual([]);
    const books = await readBooks(fleet.vendor);
    expect(books.failures).toEqual([]);
    const sums = books.balances.map(({ partner, heldMinor, payableMinor }) => [
      partner,
      heldMinor + payableMinor,
    ]);
    expect(Object.fromEntries(sums)).toEqual(expected);
    await fleet.stop();
    expect(fleet.logged("webhook.failed")).toEqual([]);
    expect(fleet.logged("order.unattributed")).toHaveLength(100);
  });
});
