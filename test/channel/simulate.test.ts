import { expect, it } from "vitest";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { simulateMove } from "../../server/src/simulations/simulate-move.ts";
import { simulatePlan } from "../../server/src/simulations/simulate-plan.ts";
import { createSum } from "../../server/src/simulations/sum-differences.ts";
import { addDays, instant } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

const flat = (rateBp: number, promise = "each_sale", overrideBp = 0) => ({
  plan: "flat",
  name: "Flat",
  promise,
  rules: [{ rule: "all", when: { kinds: ["new", "renewal"] }, pay: { rateBp } }],
  overrides: [{ rule: "above", pay: { rateBp: overrideBp }, from: "vendor" }],
});

async function simulate(
  deps: Parameters<typeof simulatePlan>[0],
  document: unknown,
  options?: Parameters<typeof simulatePlan>[2],
) {
  const sum = createSum();
  for await (const page of simulatePlan(deps, document, options)) sum.add(page);
  return sum.sum();
}

onEveryEngine("a simulated plan", (bench) => {
  it("says what it would have paid each partner of what stayed, and writes nothing", async () => {
    const { deps, journey, start, sell, refund, credited } = await openChannel(bench);
    await sell("o1");
    await sell("o2", addDays(start, 1), { by: "south", licence: "CCCC-DDDD" });
    await refund("o1", 2, {
      amountMinor: 4_000,
      netMinor: 3_333,
      lines: [{ line: "li_2", netMinor: 3_333, taxMinor: 667 }],
    });
    const before = await credited();
    const sum = await simulate(deps, flat(3000, "each_sale", 500));
    // Legacy: 20 % of 138.33 less the share of what went back. Then: 30 % of the 100.00 that stayed, 5 of the 105.00 with shipping.
    expect(sum).toMatchObject({
      orders: { read: 2, changed: 2, promised: 0 },
      partners: [
        { partner: "big", currency: "EUR", nowMinor: 0, thenMinor: 525, differenceMinor: 525, orders: 1 },
        { partner: "north", nowMinor: 2_100, thenMinor: 3_000, differenceMinor: 900, orders: 1 },
        { partner: "south", nowMinor: 2_767, thenMinor: 4_000, differenceMinor: 1_233, orders: 1 },
      ],
    });
    expect(sum.furthest.map(({ order }) => order)).toEqual(["o1", "o2"]);
    expect(await credited()).toEqual(before);
    await journey.expectSoundLedger();
  });

  it("is of the days and the partner that are asked for", async () => {
    const { deps, start, sell } = await openChannel(bench);
    await sell("o1", start);
    await sell("o2", addDays(start, 1), { by: "south", licence: "CCCC-DDDD" });
    await sell("o3", addDays(start, 2), { licence: "EEEE-FFFF" });
    const ofNorth = await simulate(deps, flat(100), { partner: "north" });
    expect(ofNorth.furthest.map(({ order }) => order)).toEqual(["o1", "o3"]);
    const until = addDays(start, 2);
    const days = await simulate(deps, flat(100), { since: addDays(start, 1), until });
    expect(days.furthest.map(({ order }) => order).toSorted()).toEqual(["o2", "o3"]);
    const before = { since: addDays(start, 1), until: instant(until - 1) };
    expect((await simulate(deps, flat(100), before)).furthest.map(({ order }) => order)).toEqual(["o2"]);
    await expect(simulate(deps, flat(100), { partner: "nobody" })).rejects.toMatchObject({
      code: "partner_unknown",
    });
    await expect(simulate(deps, { plan: "x" })).rejects.toMatchObject({ code: "request_invalid" });
  });

  it("leaves renewals what their first sale was promised, and keeps the chain of the day", async () => {
    const { deps, start, sell } = await openChannel(bench);
    await addPlan(deps, flat(2000, "first_sale", 300));
    await assignPlan(deps, { plan: "flat", since: addDays(start, -1) });
    await sell("o1", start);
    await sell("o2", addDays(start, 365));
    await editPartner(deps, "north", { parent: null, since: addDays(start, -1) });
    const later = await simulate(deps, flat(1000), { since: addDays(start, 30) });
    expect(later.orders).toEqual({ read: 1, changed: 0, promised: 1 });
    const always = await simulate(deps, flat(1000, "first_sale", 500));
    expect(always.partners).toMatchObject([
      { partner: "big", nowMinor: 830, thenMinor: 1_384, orders: 2 },
      { partner: "north", nowMinor: 5_334, thenMinor: 2_666, orders: 2 },
    ]);
  });
});

onEveryEngine("a supposed move", (bench) => {
  it("says what it would have changed in the last year, for the partner and all below it", async () => {
    const { deps, journey, start, sell, credited } = await openChannel(bench);
    await addPlan(deps, flat(2000, "each_sale", 500));
    await assignPlan(deps, { plan: "flat", since: addDays(start, -400) });
    await sell("o1", start);
    await sell("o2", addDays(start, -380), { by: "south", licence: "CCCC-DDDD" });
    const before = await credited();
    journey.pass(1);
    const sum = createSum();
    for await (const page of simulateMove(deps, { partner: "north", parent: "south" })) sum.add(page);
    // 5 % of 138.33, to south in the place of big.
    expect(sum.sum()).toMatchObject({
      orders: { read: 1, changed: 1 },
      partners: [
        { partner: "big", nowMinor: 692, thenMinor: 0 },
        { partner: "south", nowMinor: 0, thenMinor: 692 },
      ],
    });
    const alone = createSum();
    for await (const page of simulateMove(deps, { partner: "north", parent: null })) alone.add(page);
    expect(alone.sum().partners).toMatchObject([{ partner: "big", differenceMinor: -692 }]);
    expect(await credited()).toEqual(before);
    await expect(simulateMove(deps, { partner: "north", parent: "nobody" }).next()).rejects.toMatchObject({
      code: "parent_unknown",
    });
  });
});
