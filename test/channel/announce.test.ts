import { expect, it } from "vitest";
import { findUntold } from "../../server/src/notices/rows/notices.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { listOutbox } from "../../server/src/outbox/outbox.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { announcePlan } from "../../server/src/simulations/announce-plan.ts";
import { addDays, isoTime } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

const flat = (rateBp: number) => ({
  plan: "flat",
  name: "Flat",
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp } }],
  overrides: [],
});

onEveryEngine("a plan that pays less from a day to come", (bench) => {
  it("is told once to whom it would have paid less, and to nobody else", async () => {
    const { deps, start, journey, sell } = await openChannel(bench);
    await addPlan(deps, flat(2_000));
    await assignPlan(deps, { plan: "flat", kind: "reseller", since: start });
    await sell("o1", deps.clock(), { licence: "A-1" });
    await expect(announcePlan(deps, "flat")).rejects.toMatchObject({ code: "plan_unknown" });
    await setPartnerWebhook(deps, { partner: "north", url: "https://hooks.north.example/in" });
    await setPartnerWebhook(deps, { partner: "south", url: "https://hooks.south.example/in" });
    journey.pass(30);
    await addPlan(deps, flat(1_500));
    const since = addDays(deps.clock(), 14);
    await assignPlan(deps, { plan: "flat", kind: "reseller", since });
    const lowered = [
      {
        partner: "north",
        currency: "EUR",
        nowMinor: 2_767,
        thenMinor: 2_075,
        differenceMinor: -692,
        orders: 1,
      },
    ];
    const expected = { plan: "flat", version: 2, since: isoTime(since), concerned: 2, lowered };
    expect(await announcePlan(deps, "flat", { dryRun: true })).toMatchObject({ ...expected, told: [] });
    expect(await deps.store.read((tx) => findUntold(tx, 10))).toEqual([]);
    const asked = (dryRun: boolean) =>
      journey.admin("POST", "/v1/plans/flat/announcements", dryRun ? { dryRun } : {});
    expect(await asked(true)).toMatchObject({ status: 200, body: { ...expected, told: [] } });
    expect(await asked(false)).toMatchObject({ status: 200, body: { ...expected, told: ["north"] } });
    expect(await journey.admin("POST", "/v1/plans/other/announcements", {})).toMatchObject({
      status: 404,
      body: { code: "plan_unknown" },
    });
    expect(await announcePlan(deps, "flat")).toMatchObject({ ...expected, told: [] });
    const notices = await deps.store.read((tx) => findUntold(tx, 10));
    expect(notices).toMatchObject([{ kind: "plan.announced", partner_id: "north" }]);
    expect(JSON.parse(notices[0]?.facts ?? "")).toEqual({ name: "Flat", since });
    const { messages } = await listOutbox(deps);
    const announced = messages.filter(({ kind }) => kind === "notice");
    expect(announced).toMatchObject([{ destination: "north/webhook" }]);
  });

  it("is nothing to announce where it pays more", async () => {
    const { deps, start, sell } = await openChannel(bench);
    await addPlan(deps, flat(2_000));
    await assignPlan(deps, { plan: "flat", partner: "north", since: start });
    await sell("o1");
    await addPlan(deps, flat(2_500));
    await assignPlan(deps, { plan: "flat", partner: "north", since: addDays(start, 9) });
    expect(await announcePlan(deps, "flat")).toMatchObject({ concerned: 1, lowered: [], told: [] });
  });
});
