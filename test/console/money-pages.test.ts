import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { openDispute, showPartnerDispute } from "../../server/src/disputes/open-dispute.ts";
import { showPayout } from "../../server/src/payouts/payout.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { as } from "../../server/src/words/ids.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openPayableConsole } from "./console-world.ts";

/** A console with 20.00 EUR payable, and what proposes a payout as somebody. */
async function openWithPayable(bench: Bench, config: Record<string, unknown> = {}) {
  const world = await openPayableConsole(bench, config);
  const propose = async (actor: string) => {
    const work = () => proposePayouts({ ...world.deps, blocks: [] }, {});
    const { batches } = await asDeed({ actor, action: "payout propose", subject: undefined }, work);
    return batches[0]?.id ?? "";
  };
  return { ...world, propose };
}

onEveryEngine("the console's pages of money", (bench) => {
  it("approves a payout by another person than the one that proposed it", async () => {
    const world = await openWithPayable(bench);
    const [ann, ben] = [await world.as("finance"), await world.as("owner")];
    const id = await world.propose(ann.actor);
    expect(await (await ann.get("/console/payouts")).text()).toContain("€20.00");
    const own = await (await ann.get(`/console/payouts/${id}`)).text();
    expect(own).toContain("another person has to approve it");
    expect(own).not.toContain("Approve the payout");
    expect((await ann.post(`/console/payouts/${id}/approve`)).status).toBe(422);
    expect(await (await ben.get(`/console/payouts/${id}`)).text()).toContain("Approve the payout");
    const done = await ben.post(`/console/payouts/${id}/approve`);
    expect(done.headers.get("location")).toBe(`/console/payouts/${id}?done=approved`);
    const after = await (await ben.get(`/console/payouts/${id}?done=approved`)).text();
    expect(after).toContain(ben.actor);
    const support = await world.as("support");
    expect((await support.post(`/console/payouts/${id}/cancel`)).status).toBe(403);
    const all = await ben.post(`/console/payouts/${id}/export`, { format: "csv" });
    expect(all.status).toBe(200);
    const asked = await (await ben.post(`/console/payouts/${id}/confirm`, { all: "1" })).text();
    expect(asked).toContain("Were all open rows paid?");
    expect(await (await ben.get(`/console/payouts/${id}`)).text()).toContain(
      `action="/console/payouts/${id}/confirm"`,
    );
    await ben.post(`/console/payouts/${id}/confirm`, { all: "1", step: "do" });
    expect((await readBalances(world.deps, { partner: "north" }))[0]?.paidMinor).toBe(2_000);
  });

  it("shows a second person what a correction would move, and takes it back by its id", async () => {
    const world = await openWithPayable(bench, { adjustments: { approvalAboveMinor: { EUR: 1_500 } } });
    const [ann, ben] = [await world.as("finance"), await world.as("owner")];
    const path = "/console/orders/own/A-1/correct";
    const sent = { what: "void", note: "Paid back <by hand>", reference: "T-481", step: "do" };
    const where = (answer: Response) => answer.headers.get("location")?.replace(/\?.*/, "") ?? "";
    const asked = where(await ann.post(path, sent));
    const page = await (await ben.get(asked)).text();
    for (const said of ["Correct order own A-1", "Paid back &lt;by hand&gt;", "T-481", "-€20.00", ann.actor])
      expect(page).toContain(said);
    expect(page).toContain(`action="${asked}/approve"`);
    expect(await (await ann.get(asked)).text()).not.toContain(`action="${asked}/approve"`);
    expect((await ann.post(`${asked}/approve`)).status).toBe(422);
    expect((await ben.post(`${asked}/approve`)).headers.get("location")).toBe(`${asked}?done=booked`);
    const order = await (await ann.get("/console/orders/own/A-1")).text();
    const [, id = ""] = /correct\?reverses=(correction-[0-9a-f]+)"/.exec(order) ?? [];
    expect(await (await ann.get(`${path}?reverses=${id}`)).text()).toContain(`name="reverses" value="${id}"`);
    const back = { what: "reverses", reverses: id, note: "Entered twice" };
    expect(await (await ann.post(path, back)).text()).toContain('name="step" value="do"');
    const counter = where(await ann.post(path, { ...back, step: "do" }));
    expect(await (await ben.get(counter)).text()).toContain(`The correction ${id} is taken back`);
    await ben.post(`${counter}/approve`);
    expect((await readBalances(world.deps, { partner: "north" }))[0]?.payableMinor).toBe(2_000);
    expect(await (await ann.get("/console/orders/own/A-1")).text()).toContain("taken back by correction-");
    expect((await ann.post(path, back)).status).toBe(422);
  });

  it("cancels a payout after asking", async () => {
    const world = await openWithPayable(bench);
    const ann = await world.as("finance");
    const id = await world.propose(ann.actor);
    const cancel = `/console/payouts/${id}/cancel`;
    expect(await (await ann.post(cancel)).text()).toContain("Cancel this payout?");
    expect((await showPayout(world.deps, id)).state).toBe("proposed");
    expect((await ann.post(cancel, { step: "do" })).headers.get("location")).toBe(
      `/console/payouts/${id}?done=cancelled`,
    );
    expect((await showPayout(world.deps, id)).state).toBe("cancelled");
  });

  it("shows a closed statement that agrees with the books", async () => {
    const world = await openWithPayable(bench);
    await closeStatements(world.deps, { period: "2026-12" });
    const auditor = await world.as("auditor");
    const list = await (await auditor.get("/console/statements?partner=north")).text();
    const path = /href="(\/console\/statements\/[A-Z][^"?]+)"/.exec(list)?.[1] ?? "";
    const page = await (await auditor.get(path)).text();
    const [balance] = await readBalances(world.deps, { partner: "north" });
    expect(balance?.payableMinor).toBe(2_000);
    expect(page).toContain(`<span class="figure">€20.00</span>`);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
    const unknown = await auditor.get("/console/statements?partner=nobody");
    expect(unknown.status).toBe(404);
    const said = await unknown.text();
    for (const text of [
      "There is no partner",
      "Nothing fits these filters",
      'value="nobody"',
      "aria-invalid",
    ])
      expect(said).toContain(text);
    expect(said).not.toContain(path);
    expect(await (await auditor.get("/console/statements?partner=nobody&format=csv")).text()).not.toContain(
      path,
    );
  });

  it("rules on a contested decision, and keeps the note from the partner", async () => {
    const world = await openWithPayable(bench);
    await addPartner(world.deps, { id: "south", name: "South", percent: 20 });
    const { id } = await openDispute(world.deps, "south", {
      number: "A-1",
      text: "She is my customer <since> 2020.",
    });
    const channel = await world.as("channel");
    expect(await (await channel.get("/console/disputes")).text()).toContain(`href="/console/disputes/${id}"`);
    const page = await (await channel.get(`/console/disputes/${id}`)).text();
    expect(page).toContain("She is my customer &lt;since&gt; 2020.");
    expect(page).toContain(`href="/console/orders/own/A-1"`);
    const ruling = {
      to: "partner",
      partner: "south",
      note: "South showed the invoice",
      answer: "You were right.",
    };
    expect((await channel.post(`/console/disputes/${id}/rule`, { ...ruling, note: "" })).status).toBe(422);
    const rehearsed = await (await channel.post(`/console/disputes/${id}/rule`, ruling)).text();
    for (const said of ["Rule so on order A-1?", "Nothing has been changed yet", "You were right."])
      expect(rehearsed).toContain(said);
    expect(await world.explain("A-1", "own")).toMatchObject({ partner: "north" });
    const done = await channel.post(`/console/disputes/${id}/rule`, { ...ruling, step: "do" });
    expect(done.headers.get("location")).toBe(`/console/disputes/${id}?done=resolved`);
    expect(await world.explain("A-1", "own")).toMatchObject({ partner: "south", reason: "ruling" });
    const told = JSON.stringify(await showPartnerDispute(world.deps, as.partner("south"), id));
    expect([told.includes("You were right."), told.includes("invoice")]).toEqual([true, false]);
    const auditor = await world.as("auditor");
    expect((await auditor.post(`/console/disputes/${id}/rule`, ruling)).status).toBe(403);
  });

  it("closes a period after showing what that books", async () => {
    const world = await openWithPayable(bench);
    const terms = [
      {
        term: "bonus",
        every: "month",
        currency: "EUR",
        counts: { measure: "units" },
        bonuses: [{ at: 1, amountMinor: 5_000 }],
      },
    ];
    await addPlan(world.deps, {
      plan: "tiers",
      name: "Tiers",
      promise: "each_sale",
      rules: [{ rule: "all", pay: { rateBp: 2000 } }],
      terms,
    });
    await assignPlan(world.deps, { plan: "tiers", partner: "north" });
    world.pass(1);
    await world.sell({ order: "A-2", coupon: "NORTH" });
    world.pass(40);
    const finance = await world.as("finance");
    const list = await (await finance.get("/console/periods")).text();
    const path =
      [...list.matchAll(/href="(\/console\/periods\/[^"]+\/close)"/g)].map(([, one]) => one ?? "").at(-1) ??
      "";
    const before = await readBalances(world.deps, { partner: "north" });
    expect(await (await finance.get(path)).text()).toContain("€50.00");
    expect(await readBalances(world.deps, { partner: "north" })).toEqual(before);
    expect(await (await finance.post(path)).text()).toContain("€50.00");
    expect(await readBalances(world.deps, { partner: "north" })).toEqual(before);
    expect((await finance.post(path, { step: "do" })).headers.get("location")).toBe(
      "/console/periods?done=closed",
    );
    const [after] = await readBalances(world.deps, { partner: "north" });
    expect((after?.payableMinor ?? 0) - (before[0]?.payableMinor ?? 0)).toBe(5_000);
  });
});
