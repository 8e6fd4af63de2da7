import { expect, it } from "vitest";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { decisionText } from "../../server/src/orders/cli/decision-text.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { addPlan, assignPlan, listPlans, showPlan } from "../../server/src/plans/plans.ts";
import { addDays, type Instant } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

/** 20 % of new sales and 30 of renewals, promised; nothing of shipping; 5 % on top for the distributor. */
const resellers = {
  plan: "resellers",
  name: "Resellers",
  promise: "first_sale",
  rules: [
    { rule: "shipping", when: { kinds: ["shipping"] }, pay: {} },
    { rule: "renewal", when: { kinds: ["renewal"] }, pay: { rateBp: 3000 } },
    { rule: "new", pay: { rateBp: 2000 } },
  ],
  overrides: [
    {
      rule: "distributor",
      when: { partnerKinds: ["distributor"], kinds: ["new", "renewal"] },
      pay: { rateBp: 500 },
      from: "vendor",
    },
  ],
};
const lower = {
  ...resellers,
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp: 100 } }],
  overrides: [],
};

onEveryEngine("an order under a plan", (bench) => {
  it("is paid by line to the seller and those above it on the day, and the decision keeps how", async () => {
    const { deps, journey, start, sell, credited } = await openChannel(bench);
    await addPlan(deps, resellers);
    await assignPlan(deps, { plan: "resellers", kind: "reseller", since: addDays(start, -1) });
    await sell("o1");
    // 20 % of 100.00 and of 33.33, 5 % of the same.
    expect(await credited()).toEqual({ north: 2_000 + 667, big: 500 + 167 });
    const record = await journey.explain("o1");
    expect(record.credits).toEqual([
      { partner: "north", amountMinor: 2_667, remainingMinor: 2_667, currency: "EUR", rate: 20 },
      { partner: "big", amountMinor: 667, remainingMinor: 667, currency: "EUR", rate: 5 },
    ]);
    expect(record.plan).toMatchObject({ id: "resellers", version: 1, chain: ["north", "big"] });
    expect(record.plan?.rules.filter(({ line }) => line === "ship")).toEqual([
      { rule: "shipping", line: "ship", partner: "north", matched: true, why: "fits" },
      { rule: "renewal", line: "ship", partner: "north", matched: false, why: "earlier_rule" },
      { rule: "new", line: "ship", partner: "north", matched: false, why: "earlier_rule" },
      { rule: "distributor", line: "ship", partner: "big", matched: false, why: "other_kind" },
    ]);
    const text = decisionText(record);
    expect(text).toContain(
      "Paid by plan resellers, version 1. On the day of the sale north stood below big.",
    );
    expect(text).toContain(
      'Line ship, big: paid nothing; not by "distributor", since it is for lines of another kind',
    );
    await journey.expectSoundLedger();
  });

  it("is paid by the buyer's country, where the shop tells it", async () => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const rules = [
      { rule: "alps", when: { countries: ["AT", "CH"] }, pay: { rateBp: 4_000 } },
      { rule: "elsewhere", pay: { rateBp: 1_000 } },
    ];
    await addPlan(deps, { plan: "alps", name: "Alps", promise: "each_sale", rules, overrides: [] });
    await assignPlan(deps, { plan: "alps", partner: "north", since: addDays(start, -1) });
    await sell("o1", deps.clock(), { licence: "A-1", country: "AT" });
    await sell("o2", deps.clock(), { licence: "A-2", country: "DE" });
    await sell("o3", deps.clock(), { licence: "A-3" });
    const paid = async (order: string) => {
      const { country, plan, credits } = await journey.explain(order);
      const matched = plan?.rules.find((one) => one.matched)?.rule;
      const why = plan?.rules.find((one) => one.rule === "alps")?.why;
      return { country, matched, why, amountMinor: credits[0]?.amountMinor };
    };
    expect(await paid("o1")).toEqual({ country: "AT", matched: "alps", why: "fits", amountMinor: 5_533 });
    expect(await paid("o2")).toMatchObject({ country: "DE", matched: "elsewhere", why: "other_country" });
    expect(await paid("o3")).toMatchObject({ country: null, matched: "elsewhere", why: "country_unknown" });
    await journey.expectSoundLedger();
  });

  it("shrinks by the lines that are refunded and ends at zero for every tier", async () => {
    const { deps, journey, start, sell, refund, credited } = await openChannel(bench);
    await addPlan(deps, resellers);
    await assignPlan(deps, { plan: "resellers", partner: "north", since: addDays(start, -1) });
    await sell("o1");
    await refund("o1", 1, {
      amountMinor: 4_000,
      netMinor: 3_333,
      lines: [{ line: "li_2", netMinor: 3_333, taxMinor: 667 }],
    });
    expect(await credited()).toEqual({ north: 2_000, big: 500 });
    await refund("o1", 2, {
      amountMinor: 4_000,
      netMinor: 3_333,
      lines: [{ line: "li_1", netMinor: 3_333, taxMinor: 667 }],
    });
    // A third of the line is gone: 666.6 of 20.00 and 166.65 of 5.00.
    expect(await credited()).toEqual({ north: 2_000 - 667, big: 500 - 167 });
    await refund("o1", 3, {
      amountMinor: 600,
      netMinor: 500,
      lines: [{ line: "ship", netMinor: 500, taxMinor: 100 }],
    });
    expect(await credited()).toEqual({ north: 1_333, big: 333 });
    await refund("o1", 4, { amountMinor: 8_000 });
    expect(await credited()).toEqual({ north: 0, big: 0 });
    await journey.expectSoundLedger();
  });

  it("keeps the promise of the first sale, whichever of the two sales is heard of first", async () => {
    for (const order of [
      ["o1", "o2"],
      ["o2", "o1"],
    ]) {
      const { deps, journey, start, sell } = await openChannel(bench);
      await addPlan(deps, resellers);
      await assignPlan(deps, { plan: "resellers", since: addDays(start, -400) });
      await addPlan(deps, lower);
      await assignPlan(deps, { plan: "resellers", since: addDays(start, -1) });
      const soldAt: Record<string, Instant> = { o1: addDays(start, -365), o2: start };
      for (const name of order) await sell(name, soldAt[name]);
      const renewal = await journey.explain("o2");
      expect(renewal.plan).toMatchObject({ id: "resellers", version: 1 });
      // 30 % of 100.00 and of 33.33. The distributor came above north later than the sale.
      expect(renewal.credits[0]).toEqual({
        partner: "north",
        amountMinor: 4_000,
        remainingMinor: 4_000,
        currency: "EUR",
        rate: 30,
      });
      expect((await journey.explain("o1")).credits[0]).toMatchObject({ amountMinor: 2_667 });
      await journey.expectSoundLedger();
    }
  });

  it("stays as it was decided when the partner moves, the plan changes, or both are dated back", async () => {
    const { deps, journey, start, sell, refund } = await openChannel(bench);
    await sell("legacy");
    expect((await journey.explain("legacy")).plan).toEqual({
      id: "legacy",
      version: 1,
      chain: ["north"],
      rules: [],
    });
    await addPlan(deps, { ...resellers, promise: "each_sale" });
    await assignPlan(deps, { plan: "resellers", since: addDays(start, -1) });
    await refund("legacy", 1, { amountMinor: 100 });
    expect((await journey.explain("legacy")).credits).toEqual([
      { partner: "north", amountMinor: 2_767, remainingMinor: 2_750, currency: "EUR", rate: 20 },
    ]);
    await sell("o1");
    const before = await journey.explain("o1");
    await editPartner(deps, "north", { parent: null, since: start });
    await addPlan(deps, lower);
    await assignPlan(deps, { plan: "resellers", since: addDays(start, -1) });
    await resolveOrder(deps, { shop: "stripe", order: "o1", partner: "north", note: "as it was" });
    const after = await journey.explain("o1");
    expect(after.reason).toBe("ruling");
    expect(after.credits).toEqual(before.credits);
    expect(after.plan).toEqual(before.plan);
  });

  it("is the partner's own plan before its kind's, and that before everybody's", async () => {
    const { deps, start, sell, journey } = await openChannel(bench);
    for (const id of ["own", "kind", "all"]) await addPlan(deps, { ...lower, plan: id });
    const since = addDays(start, -1);
    const planOf = async (order: string) => {
      await sell(order);
      return (await journey.explain(order)).plan?.id;
    };
    await assignPlan(deps, { plan: "kind", kind: "affiliate", since });
    expect(await planOf("o1")).toBe("legacy");
    await assignPlan(deps, { plan: "all", since });
    expect(await planOf("o2")).toBe("all");
    await assignPlan(deps, { plan: "kind", kind: "reseller", since });
    expect(await planOf("o3")).toBe("kind");
    await assignPlan(deps, { plan: "own", partner: "north", since: addDays(start, 1) });
    expect(await planOf("o4")).toBe("kind");
    await assignPlan(deps, { plan: "own", partner: "north", since });
    expect(await planOf("o5")).toBe("own");
  });

  it("has plans in versions, of which one that is said again is no new one", async () => {
    const { deps } = await openChannel(bench);
    const added = await Promise.all(Array.from({ length: 5 }, () => addPlan(deps, resellers)));
    expect(added.map(({ version }) => version)).toEqual([1, 1, 1, 1, 1]);
    expect(await addPlan(deps, lower)).toMatchObject({ version: 2 });
    expect(await showPlan(deps, "resellers", { version: 1 })).toMatchObject({
      document: { promise: "first_sale" },
    });
    expect((await listPlans(deps)).plans.map(({ version }) => version)).toEqual([1, 2]);
    await expect(assignPlan(deps, { plan: "resellers", version: 3 })).rejects.toMatchObject({
      code: "plan_unknown",
    });
    await expect(assignPlan(deps, { plan: "resellers", partner: "nobody" })).rejects.toMatchObject({
      code: "partner_unknown",
    });
  });
});
