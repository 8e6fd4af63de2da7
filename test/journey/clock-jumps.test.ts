import { expect, it } from "vitest";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { setDueRight } from "../../server/src/receiver/start/set-due-right.ts";
import { reportEarnings } from "../../server/src/reports/report-earnings.ts";
import { openOutboxWorld } from "../outbox/outbox-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("a clock that runs a year ahead and is set right", (bench) => {
  it("leaves nothing waiting for that year: neither messages nor sales, limits nor reports", async () => {
    const world = await openOutboxWorld(bench);
    const ready = async () => (await world.app.request("/readyz")).status;
    const states = async () => (await world.messages()).map(({ state }) => state);
    const reported = async () =>
      (await reportEarnings(world.deps, { by: "partner" })).map(({ orders, value }) => [value, orders]);

    expect(await world.sell("A-before")).toMatchObject({ code: 200 });
    await world.sendDue();
    expect(await reported()).toEqual([["north", 1]]);

    world.pass(365);
    expect(await ready()).toBe(200);
    expect(await world.sell("B-ahead")).toMatchObject({ code: 200, status: "recorded" });
    expect(await world.explain("B-ahead", "own")).toMatchObject({ outcome: "credited" });
    world.listener.answer(() => ({ status: 500 }));
    await world.sendDue();
    expect(await reported()).toEqual([["north", 2]]);

    world.pass(-365);
    world.listener.answer(() => ({ status: 200 }));
    expect(await ready()).toBe(200);
    expect(await world.sell("C-after")).toMatchObject({ code: 200, status: "recorded" });
    expect(await world.refund("r-1", 11_900, "B-ahead")).toMatchObject({ code: 200, status: "recorded" });
    expect(await world.explain("C-after", "own")).toMatchObject({ outcome: "credited" });
    await setDueRight(world.deps);
    await world.sendDue();
    // The sale of the year ahead was tried in vain, and its reversal waits behind it.
    expect(new Set(await states())).toEqual(new Set(["delivered"]));
    expect(await reported()).toEqual([["north", 3]]);
    expect(await world.balance("north")).toEqual({ heldMinor: 4000, payableMinor: 0 });
    expect(await verifyLedger(world.deps)).toMatchObject({ ok: true, failures: [] });
  });
});
