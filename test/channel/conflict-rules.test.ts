import { expect, it } from "vitest";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { applyRule, previewRule } from "../../server/src/conflict-rules/conflict-rules.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { takeDealStep } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { addDays, instant } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

const home = { rule: "home", class: "territory" } as const;

onEveryEngine("rules on conflicts", (bench) => {
  /** Two partners whose codes one buyer types, in a country; what is sold waits for a person. */
  async function openConflicts(rules: object[], onConflict = "hold") {
    const channel = await openChannel(bench, { attribution: { onConflict, rules } });
    const { deps, start } = channel;
    for (const partner of ["north", "south"])
      await addCoupon(deps, { code: partner.toUpperCase(), partner, validFrom: instant(0) });
    await setAgreement(deps, "south", { territories: ["AT", "CH"], since: start });
    const both = async (order: string, country?: string) => {
      const sale = channel.sale(order, deps.clock(), { licence: `L-${order}`, country, email: undefined });
      if (sale.effect !== "sale") throw new Error("it is a sale");
      const { reference: _, ...told } = sale;
      await channel.record({ ...told, coupons: ["NORTH", "SOUTH"] });
    };
    return { ...channel, both };
  }

  it("name the orders they would settle before they are on, and settle them once they are", async () => {
    const { deps, journey, both } = await openConflicts([home]);
    await both("o1", "AT");
    await both("o2", "DE");
    await both("o3");
    expect((await journey.explain("o1")).outcome).toBe("held");
    const preview = await previewRule(deps, "home");
    expect(preview).toMatchObject({ on: false, conflicts: 3, held: 2, moved: 0 });
    expect(
      preview.orders.map(({ order, country, byRule, between }) => [order, country, byRule, between]).sort(),
    ).toEqual([
      ["o1", "AT", "south", ["north", "south"]],
      ["o2", "DE", "north", ["north", "south"]],
    ]);
    expect((await journey.explain("o1")).history).toHaveLength(1);
    await expect(applyRule(deps, "home")).rejects.toMatchObject({ code: "rule_off" });
    await expect(previewRule(deps, "nobody")).rejects.toMatchObject({ code: "rule_unknown" });

    const on = { ...home, on: true, kinds: [], between: "same_kind" } as const;
    const { config } = deps;
    const later = {
      ...deps,
      config: { ...config, conflictRules: [on], policy: { ...config.policy, rules: [on] } },
    };
    expect(await applyRule(later, "home")).toEqual({ rule: "home", decided: 3, credited: 2 });
    expect(await applyRule(later, "home")).toEqual({ rule: "home", decided: 1, credited: 0 });
    expect(await journey.explain("o1")).toMatchObject({
      outcome: "credited",
      partner: "south",
      reason: "settled_by_rule",
      evidence: [
        { partner: "north", verdict: "lost", reason: "other_by_rule" },
        { partner: "south", verdict: "won", reason: "settled_by_rule", rule: "home" },
      ],
    });
    expect(await journey.explain("o3")).toMatchObject({ outcome: "held", reason: "conflict" });
    await journey.expectSoundLedger();
  });

  it("decide at once while they are on, and preview what they would have moved where the first is credited", async () => {
    const settled = await openConflicts([{ ...home, on: true }]);
    await settled.both("o1", "CH");
    expect(await settled.journey.explain("o1")).toMatchObject({
      partner: "south",
      reason: "settled_by_rule",
    });

    const first = await openConflicts([home], "credit_first");
    await first.both("o1", "CH");
    expect((await first.journey.explain("o1")).partner).toBe("north");
    expect(await previewRule(first.deps, "home")).toMatchObject({
      held: 0,
      moved: 1,
      orders: [{ order: "o1", outcome: "credited", creditedTo: "north", byRule: "south" }],
    });
    const since = addDays(first.deps.clock(), 1);
    expect(await previewRule(first.deps, "home", { since })).toMatchObject({ conflicts: 0, moved: 0 });
  });

  it("stand beside deals of a territory, which count there alone and are refused elsewhere", async () => {
    const { deps, journey, record, sale } = await openConflicts([]);
    await expect(
      registerDeal(deps, { partner: "south", customer: "buyer.example", territory: "DE" }),
    ).rejects.toMatchObject({ code: "territory_not_agreed" });
    const accept = async (partner: string, territory: string) => {
      const { deal_id } = await registerDeal(deps, { partner, customer: "buyer.example", territory });
      return takeDealStep(deps, deal_id, { step: "accepted", note: "theirs" });
    };
    await accept("south", "AT");
    // The same customer elsewhere is no conflict.
    expect(await accept("north", "DE")).toMatchObject({ state: "accepted", conflicts: [] });
    journey.pass(1);
    const buy = async (order: string, country?: string) => {
      const told = sale(order, deps.clock(), { licence: `L-${order}`, country, email: "ann@buyer.example" });
      if (told.effect !== "sale") throw new Error("it is a sale");
      const { reference: _, ...direct } = told;
      await record(direct);
      const { partner, evidence } = await journey.explain(order);
      return { partner, reasons: evidence.map(({ partner: whose, reason }) => `${whose} ${reason}`).sort() };
    };
    expect(await buy("o1", "AT")).toEqual({
      partner: "south",
      reasons: ["north other_territory", "south order_field"],
    });
    expect(await buy("o2", "DE")).toMatchObject({ partner: "north" });
    expect(await buy("o3", "FR")).toMatchObject({ partner: null });
  });
});
