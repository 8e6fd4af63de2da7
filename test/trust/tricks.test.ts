import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { addPartner, endPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { takeDealStep } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { closePeriod } from "../../server/src/periods/close-period.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { growingPlan, tieredGrowth } from "../channel/growing-plan.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeDelivery } from "../shops/deliveries.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { openAttack } from "./attack-world.ts";

// A sale brings 2,000. Each says what it earned before it was mended, where it did.
onEveryEngine("a partner with a trick", (bench) => {
  it("floods its own link for a reference that stands for many clicks, and hands that on for weeks: 40,000 for twenty buyers then, 2,000 now", async () => {
    const attack = await openAttack(bench, { retention: { clicksPerTokenAndHour: 3 } });
    let reference = "";
    for (let click = 0; click < 4; click++) reference = await attack.follow(attack.mallory);
    expect(reference).toMatch(/^over-/);
    // Whoever clicked in that hour buys within the day: that is no suspicion.
    await attack.buy({ id: "cs_1", reference });
    attack.pass(1.5);
    for (let index = 11; index < 31; index++) await attack.buy({ id: `cs_${index}`, reference });
    expect(await attack.explain("cs_11")).toMatchObject({ outcome: "held", reason: "reference_shared" });
    expect(await attack.explain("cs_30")).toMatchObject({ outcome: "held", reason: "reference_shared" });
    expect(await attack.gain()).toBe(2_000);
  });

  it("colludes with a second one: whoever of the two is named, one commission is paid", async () => {
    const attack = await openAttack(bench);
    const email = "customer@home.example";
    await addCoupon(attack.deps, { code: "HONEST", partner: "honest" });
    const reference = await attack.follow(attack.mallory);
    await attack.buy({ id: "cs_1", licence: "L1", email, reference, codes: ["HONEST"] });
    await attack.register("L1", attack.honest);
    await attack.register("L1", attack.mallory);
    expect((await attack.gain()) + (await attack.gain("honest"))).toBe(2_000);
  });

  it("puts its code into the checkout of another's click: nothing, with a copy that is registered later or not", async () => {
    const attack = await openAttack(bench);
    await addCoupon(attack.deps, { code: "MALLORY", partner: "mallory" });
    for (const n of [1, 2]) {
      const reference = await attack.follow(attack.honest);
      await attack.buy({ id: `cs_${n}`, licence: `L${n}`, reference, codes: ["MALLORY"] });
    }
    await attack.register("L2", attack.mallory);
    expect(await attack.gain()).toBe(0);
    expect(await attack.gain("honest")).toBe(4_000);
  });

  it("has a friend's money go back on the day after the release: the books take it back", async () => {
    const attack = await openAttack(bench);
    await attack.buy({ id: "cs_1", reference: await attack.follow(attack.mallory) });
    attack.pass(30);
    expect(await releaseDue(attack.deps)).toMatchObject({ orders: 1 });
    expect(await attack.balance("mallory")).toEqual({ heldMinor: 0, payableMinor: 2_000 });
    await attack.refund("cs_1");
    expect(await attack.gain()).toBe(0);
  });

  it("goes on with the links, copies and past sales of an agreement that has ended: nothing", async () => {
    const attack = await openAttack(bench);
    const email = "customer@home.example";
    const early = await attack.follow(attack.mallory);
    const first = await attack.follow(attack.mallory);
    await attack.buy({ id: "cs_1", licence: "L1", email, reference: first });
    attack.pass(1);
    await endPartner(attack.deps, "mallory");
    expect(await attack.follow(attack.mallory)).toBe("");
    expect(await attack.register("L2", attack.mallory)).toMatchObject({ status: 409 });
    attack.pass(1);
    await attack.buy({ id: "cs_2", reference: early });
    await attack.buy({ id: "cs_3", licence: "L1", email });
    await attack.buy({ id: "cs_4", licence: "L2" });
    for (const id of ["cs_2", "cs_3"])
      expect(await attack.explain(id)).toMatchObject({ outcome: "unattributed", reason: "partner_ended" });
    // What it sold before it ended stays its own.
    expect(await attack.gain()).toBe(2_000);
  });

  it("registers a deal about another's customers: nothing before the vendor accepts it, 2,000 by the vendor's own word", async () => {
    const attack = await openAttack(bench);
    const email = "buyer@victim.example";
    await attack.buy({ id: "cs_1", licence: "L1", email, reference: await attack.follow(attack.honest) });
    attack.pass(300);
    const { deal_id: id } = await registerDeal(attack.deps, {
      partner: "mallory",
      customer: "victim.example",
    });
    attack.pass(30);
    await attack.buy({ id: "cs_2", licence: "L1", email });
    expect(await attack.explain("cs_2")).toMatchObject({ outcome: "credited", partner: "honest" });
    expect(await attack.gain()).toBe(0);
    const until = addDays(attack.deps.clock(), 90);
    await takeDealStep(attack.deps, id, { step: "accepted", until, note: "yes" });
    attack.pass(30);
    await attack.buy({ id: "cs_3", licence: "L1", email });
    expect(await attack.explain("cs_2")).toMatchObject({ partner: "honest" });
    expect(await attack.gain()).toBe(2_000);
  });

  it("has a webhook's body delivered to another shop, or under another name: refused", async () => {
    const attack = await openAttack(bench);
    const reference = await attack.follow(attack.mallory);
    const event = stripeCheckoutCompleted({ ...attack.happening(), id: "cs_1", reference });
    const timestamp = Math.floor(attack.now / 1000);
    for (const shop of ["own", "nobody"]) {
      const { headers, body } = stripeDelivery(event, { timestamp });
      const { status } = await attack.app.request(`/webhooks/${shop}`, { method: "POST", headers, body });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(await attack.gain()).toBe(0);
  });

  it("reaches a tier with a friend's orders and has them refunded once the period is closed: nothing is left", async () => {
    const attack = await openAttack(bench);
    const { deps } = attack;
    const begins = new Date(attack.now);
    const next = Date.UTC(begins.getUTCFullYear(), begins.getUTCMonth() + 1, 1);
    attack.pass((next - attack.now) / 86_400_000);
    const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7);
    await addPlan(deps, growingPlan(tieredGrowth));
    await assignPlan(deps, { plan: "growing", since: deps.clock() });
    const [one, two] = [monthOf(attack.now + 86_400_000), monthOf(attack.now + 40 * 86_400_000)];
    for (const n of [1, 2, 3]) {
      attack.pass(0.5);
      await attack.buy({ id: `cs_${n}`, reference: await attack.follow(attack.mallory) });
    }
    attack.pass(31);
    await closePeriod(deps, one);
    const reached = await readBalances(deps);
    expect(reached.find(({ partner }) => partner === "mallory")?.payableMinor).toBe(1_000 + 700);
    for (const n of [1, 2, 3]) await attack.refund(`cs_${n}`);
    attack.pass(31);
    await closePeriod(deps, two);
    expect(await attack.gain()).toBe(0);
  });

  it("has straws put below it, tier by tier: overrides come once for each tier, and none on its own purchases", async () => {
    const attack = await openAttack(bench);
    const { deps } = attack;
    await addPartner(deps, { id: "straw1", name: "straw", parent: "mallory" });
    await addPartner(deps, { id: "straw2", name: "straw", parent: "straw1" });
    const { token } = await issueToken(deps, { partner: "straw2", product: "acme-paint" });
    await addPlan(deps, {
      plan: "tiers",
      name: "Tiers",
      promise: "each_sale",
      rules: [{ rule: "all", pay: { rateBp: 1_500 } }],
      overrides: [{ rule: "above", when: { levels: { max: 1 } }, pay: { rateBp: 500 }, from: "vendor" }],
    });
    await assignPlan(deps, { plan: "tiers", since: addDays(deps.clock(), -1) });
    const email = "mallory.partner@mallory.example";
    await attack.buy({ id: "cs_1", reference: await attack.follow(token), email });
    await attack.buy({ id: "cs_2", reference: await attack.follow(token) });
    // The rule names one level: whoever stands two above has nothing of it.
    expect(await attack.gain()).toBe(0);
    expect([await attack.gain("straw1"), await attack.gain("straw2")]).toEqual([500, 1_500]);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "self_purchase_alias" });
  });
});
