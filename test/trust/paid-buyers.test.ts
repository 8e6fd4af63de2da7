import { expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { resolveHeld } from "../../server/src/orders/rule/resolve-held.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

// Each says what it earned before it was mended.
onEveryEngine("a partner who buys what it is paid for", (bench) => {
  it("has the one who signs in for it buy through its link: 2,000 then, held before the release now", async () => {
    const attack = await openAttack(bench);
    const email = "Mallory@private-home.example";
    await addPerson(attack.deps, { mail: email, partner: "mallory", role: "owner", addedBy: "cli:ann" });
    await addPerson(attack.deps, {
      mail: "hon@home.example",
      partner: "honest",
      role: "owner",
      addedBy: "cli:ann",
    });
    await attack.buy({ id: "cs_1", reference: await attack.follow(attack.mallory), email });
    // Whoever works for another partner is a customer like any other.
    await attack.buy({ id: "cs_2", reference: await attack.follow(attack.honest), email });
    expect(await attack.gain()).toBe(0);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "self_purchase_alias" });
    expect(await attack.gain("honest")).toBe(2000);
    const one = {
      partner: "mallory",
      reason: "self_purchase_alias",
      to: "as-decided" as const,
      note: "for a customer",
    };
    await resolveHeld(attack.deps, one);
    expect(await attack.gain()).toBe(2000);
  });

  it("puts a straw below itself and buys through that one's link: 500 then, held before the release now", async () => {
    const attack = await openAttack(bench);
    const { deps } = attack;
    await addPartner(deps, { id: "straw", name: "straw", parent: "mallory" });
    const { token } = await issueToken(deps, { partner: "straw", product: "acme-paint" });
    await addPlan(deps, {
      plan: "tiers",
      name: "Tiers",
      promise: "each_sale",
      rules: [{ rule: "all", pay: { rateBp: 1500 } }],
      overrides: [{ rule: "above", when: { levels: { max: 1 } }, pay: { rateBp: 500 }, from: "vendor" }],
    });
    await assignPlan(deps, { plan: "tiers", since: addDays(deps.clock(), -1) });
    await attack.buy({
      id: "cs_1",
      reference: await attack.follow(token),
      email: "mallory.partner@mallory.example",
    });
    await attack.buy({ id: "cs_2", reference: await attack.follow(token), email: "customer@home.example" });
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "straw" });
    expect(await attack.gain()).toBe(500);
    expect(await attack.gain("straw")).toBe(1500);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "self_purchase_alias" });
  });
});
