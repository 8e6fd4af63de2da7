import { expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openConsole } from "./console-world.ts";

const plan = (rateBp: number) => ({
  plan: "less",
  name: "Less",
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp } }],
});

onEveryEngine("the console's page of a plan", (bench) => {
  it("announces the next change after it showed whom it would pay less, and tells nobody before", async () => {
    const world = await openConsole(bench);
    const { deps } = world;
    await addPartner(deps, { id: "north", name: "North Shop", percent: 20 });
    await addCoupon(deps, { partner: "north", code: "NORTH" });
    await addPlan(deps, plan(2_000));
    await assignPlan(deps, { plan: "less", partner: "north" });
    world.pass(1);
    await world.sell({ order: "A-1", coupon: "NORTH" });
    world.pass(1);
    const channel = await world.as("channel");
    const page = async (path: string) => (await channel.get(path)).text();
    expect(await page("/console/plans/less")).not.toContain("Announce the next change");
    expect((await channel.get("/console/plans/less/announce")).status).toBe(404);
    await addPlan(deps, plan(1_000));
    await assignPlan(deps, { plan: "less", partner: "north", since: addDays(deps.clock(), 30) });
    expect(await page("/console/plans/less")).toContain("Announce the next change");
    const shown = await page("/console/plans/less/announce");
    expect(shown).toContain("Tell them");
    expect(shown).toContain("€20.00");
    expect(shown).not.toMatch(/undefined|NaN|\[object/);
    const told = async () =>
      (await deps.store.cold.selectFrom("notices").select("kind").execute()).map(({ kind }) => kind);
    expect(await told()).not.toContain("plan.announced");
    expect(await (await channel.post("/console/plans/less/announce")).text()).toContain("Tell them");
    expect(await told()).not.toContain("plan.announced");
    const done = await channel.post("/console/plans/less/announce", { step: "do" });
    expect(done.headers.get("location")).toBe("/console/plans/less?done=announced");
    expect(await told()).toContain("plan.announced");
    expect(await page("/console/plans/less?done=announced")).toContain("They are told");
    const finance = await world.as("finance");
    expect((await finance.get("/console/plans/less/announce")).status).toBe(403);
  });
});
