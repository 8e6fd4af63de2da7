import { expect, it } from "vitest";
import { listAdjustments } from "../../server/src/adjustments/list-adjustments.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { readAgreementHistory, showAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner, showPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { listDeals, showDeal } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { listDisputes, openDispute, showPartnerDispute } from "../../server/src/disputes/open-dispute.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { listPayouts, showPayout } from "../../server/src/payouts/payout.ts";
import { listPeople } from "../../server/src/people/people.ts";
import { addPlan, assignPlan, showPlan } from "../../server/src/plans/plans.ts";
import { listStatements } from "../../server/src/statements/read-statements.ts";
import { as } from "../../server/src/words/ids.ts";
import type { Browser } from "../access/access-world.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openConsole } from "./console-world.ts";

/** A partner with 20.00 EUR payable, and an account to send them to. */
async function openWithPayable(bench: Parameters<typeof openConsole>[0], more: Record<string, unknown> = {}) {
  const world = await openConsole(bench, { payouts: { payer }, ...more });
  const { deps } = world;
  await addPartner(deps, { id: "north", name: "North Shop", percent: 20 });
  await setDetails(deps, "north", detailsOf("north", {}));
  await addCoupon(deps, { partner: "north", code: "NORTH" });
  await world.sell({ order: "A-1", coupon: "NORTH" });
  world.pass(31);
  await releaseDue(deps);
  return world;
}

const where = (response: Response): string | null => response.headers.get("location");

/** Sends a form, and again with the confirmation that its page carries; gives the rehearsal's text and the last answer. */
async function inTwoSteps(browser: Browser, path: string, fields: Record<string, string>) {
  const rehearsed = await browser.post(path, fields);
  const text = await rehearsed.text();
  expect(rehearsed.status, text).toBe(200);
  expect(text).toContain('name="step" value="do"');
  expect(text).not.toMatch(/undefined|NaN|\[object/);
  return { text, done: await browser.post(path, { ...fields, step: "do" }) };
}

onEveryEngine("what people do in the console", (bench) => {
  it("proposes, approves by another, exports and confirms a payout", async () => {
    const world = await openWithPayable(bench);
    const { deps } = world;
    const [ann, ben] = [await world.as("finance"), await world.as("owner")];
    expect(await (await ann.get("/console/payouts/propose")).text()).toContain("Propose payouts");
    const { text, done } = await inTwoSteps(ann, "/console/payouts/propose", { currency: "eur" });
    expect(text).toContain("€20.00");
    expect(where(done)).toBe("/console/payouts?done=proposed");
    const [batch] = (await listPayouts(deps, {})).payouts;
    const path = `/console/payouts/${batch?.id}`;
    expect((await ann.post(`${path}/approve`)).status).toBe(422);
    expect((await ben.post(`${path}/export`, { format: "pain.001" })).status).toBe(422);
    expect(where(await ben.post(`${path}/approve`))).toBe(`${path}?done=approved`);
    const file = await ann.post(`${path}/export`, { format: "pain.001" });
    expect(file.headers.get("content-disposition")).toBe(`attachment; filename="${batch?.id}.xml"`);
    const xml = await file.text();
    expect(xml).toContain('<InstdAmt Ccy="EUR">20.00</InstdAmt>');
    expect(await (await ben.post(`${path}/export`, { format: "pain.001" })).text()).toBe(xml);
    const page = await (await ann.get(path)).text();
    expect(page).toContain('type="file"');
    const [row] = (await showPayout(deps, batch?.id ?? "")).rows;
    const list = new FormData();
    list.set("form-token", ann.formToken);
    list.set("file", new File([`id,status\n${row?.id},paid\n`], "bank.csv", { type: "text/csv" }));
    const sent = new Request("http://127.0.0.1/", { method: "POST", body: list });
    const told = await ann.send(`${path}/confirm`, {
      body: new Uint8Array(await sent.arrayBuffer()),
      type: sent.headers.get("content-type") ?? "",
    });
    expect(await told.text()).toMatch(/<dt>Paid<\/dt><dd>1<\/dd>/);
    expect((await showPayout(deps, batch?.id ?? "")).state).toBe("settled");
    const [sum] = await readBalances(deps, { partner: "north" });
    expect(sum).toMatchObject({ payableMinor: 0, paidMinor: 2_000 });
    const auditor = await world.as("auditor");
    expect((await auditor.post("/console/payouts/propose", { step: "do" })).status).toBe(403);
    expect((await auditor.post(`${path}/export`, { format: "csv" })).status).toBe(403);
  });

  it("confirms a row by hand, and says why one failed", async () => {
    const world = await openWithPayable(bench);
    const [ann, ben] = [await world.as("finance"), await world.as("owner")];
    await ann.post("/console/payouts/propose", { step: "do" });
    const [batch] = (await listPayouts(world.deps, {})).payouts;
    const path = `/console/payouts/${batch?.id}`;
    await ben.post(`${path}/approve`);
    await ben.post(`${path}/export`, { format: "csv", columns: "bank" });
    expect((await ann.post(`${path}/confirm`, { row: "x" })).status).toBe(422);
    const told = await ann.post(`${path}/confirm`, { row: "1", failed: "Account closed" });
    expect(await told.text()).toMatch(/<dt>Failed<\/dt><dd>1<\/dd>/);
    expect((await readBalances(world.deps, { partner: "north" }))[0]).toMatchObject({ payableMinor: 2_000 });
    expect(await (await ann.get(path)).text()).toContain("Account closed");
  });

  it("closes a period into statements after showing them, and hands them out in every form", async () => {
    const world = await openWithPayable(bench);
    const finance = await world.as("finance");
    const { text, done } = await inTwoSteps(finance, "/console/statements/close", { period: "2026-12" });
    expect(text).toContain("€20.00");
    expect(where(done)).toBe("/console/statements?period=2026-12&done=statements");
    const [statement] = (await listStatements(world.deps, {})).statements;
    const path = `/console/statements/${statement?.number}`;
    expect(await (await finance.get(path)).text()).toContain(`${path}/export?format=pdf`);
    for (const [format, beginning] of [
      ["csv", /,/],
      ["json", /^\{/],
      ["html", /^<!doctype html>/i],
    ] as const)
      expect(await (await finance.get(`${path}/export?format=${format}`)).text()).toMatch(beginning);
    expect((await finance.get("/console/statements/ST-0/export")).status).toBe(404);
    expect((await finance.post("/console/statements/close", { period: "x" })).status).toBe(422);
  });

  it("invites somebody and takes the access away, by an owner alone", async () => {
    const world = await openWithPayable(bench);
    const [owner, finance] = [await world.as("owner"), await world.as("finance")];
    expect((await finance.post("/console/people/add", { mail: "x@a.example", role: "owner" })).status).toBe(
      403,
    );
    expect((await owner.post("/console/people/add", { mail: "no", role: "owner" })).status).toBe(422);
    const added = await owner.post("/console/people/add", {
      mail: "ann@north.example",
      role: "owner",
      partner: "north",
    });
    expect(where(added)).toBe("/console/people?partner=north&done=invited");
    const [ann] = (await listPeople(world.deps, { partner: "north" })).people;
    const list = await (await owner.get("/console/people?partner=north")).text();
    expect(list).toContain("ann@north.example");
    expect(await (await owner.get(`/console/people/remove?person=${ann?.id}`)).text()).toContain(
      "All sessions end at once",
    );
    await inTwoSteps(owner, "/console/people/remove", { person: ann?.id ?? "" });
    expect((await listPeople(world.deps, { partner: "north" })).people).toEqual([]);
    const own = owner.actor.slice("person:".length);
    expect((await owner.post("/console/people/remove", { person: own, step: "do" })).status).toBe(400);
  });

  it("answers a deal with a reason, and lets it hold longer", async () => {
    const world = await openWithPayable(bench);
    const channel = await world.as("channel");
    await registerDeal(world.deps, { partner: "north", customer: "acme.example" });
    const [deal] = (await listDeals(world.deps)).deals;
    const path = `/console/deals/${deal?.deal}`;
    expect(await (await channel.get("/console/deals")).text()).toContain(`href="${path}"`);
    expect((await channel.post(path, { step: "accepted", note: "" })).status).toBe(422);
    expect(where(await channel.post(path, { step: "accepted", note: "A new customer" }))).toBe(
      `${path}?done=deal`,
    );
    const until = new Date(world.now + 400 * 86_400_000).toISOString().slice(0, 10);
    expect((await channel.post(path, { step: "extended", note: "The tender" })).status).toBe(422);
    await channel.post(path, { step: "extended", until, note: "The tender was put off" });
    expect((await showDeal(world.deps, deal?.deal ?? "")).protectedUntil?.slice(0, 10)).toBe(until);
    expect(await (await channel.get(path)).text()).toContain("The tender was put off");
    expect((await channel.get("/console/deals/dl_none")).status).toBe(404);
  });

  it("books an amount above the limit only when a second person approves it", async () => {
    const world = await openWithPayable(bench, { adjustments: { approvalAboveMinor: { EUR: 1_000 } } });
    const { deps } = world;
    const [ann, ben] = [await world.as("finance"), await world.as("owner")];
    const fields = {
      partner: "north",
      amount: "12.50",
      currency: "eur",
      kind: "bonus",
      reference: "T-1",
      note: "A good year",
    };
    expect((await ann.post("/console/adjustments/new", { ...fields, amount: "1,5" })).status).toBe(422);
    const { text } = await inTwoSteps(ann, "/console/adjustments/new", fields);
    expect(text).toContain("a second person has to approve it");
    const [entered] = (await listAdjustments(deps)).adjustments;
    const path = `/console/adjustments/${entered?.id}`;
    expect((await ann.post(`${path}/approve`)).status).toBe(422);
    expect((await readBalances(deps, { partner: "north" }))[0]?.payableMinor).toBe(2_000);
    expect(where(await ben.post(`${path}/approve`))).toBe(`${path}?done=booked`);
    expect((await readBalances(deps, { partner: "north" }))[0]?.payableMinor).toBe(3_250);
    await inTwoSteps(ann, "/console/adjustments/new", { ...fields, reference: "T-2" });
    const second = `/console/adjustments/${(await listAdjustments(deps)).adjustments[0]?.id}`;
    const { text: asked, done: refused } = await inTwoSteps(ben, `${second}/refuse`, {});
    expect(asked).toContain("Refuse this entry?");
    expect(where(refused)).toBe(`${second}?done=refused`);
    expect((await ben.post(`${path}/reverse`, { note: "" })).status).toBe(422);
    const { text: back, done: reversed } = await inTwoSteps(ben, `${path}/reverse`, { note: "Paid twice" });
    expect(back).toContain("-€12.50");
    expect(where(reversed)).toMatch(/done=pending$/);
    expect(await (await ben.get("/console/adjustments?status=pending")).text()).toContain("Takes back");
  });

  it("adds, changes, ends and resumes a partner", async () => {
    const world = await openWithPayable(bench);
    const { deps } = world;
    const channel = await world.as("channel");
    const fields = { id: "south", name: "South", kind: "reseller", parent: "north", percent: "12.5" };
    expect((await channel.post("/console/partners/add", { ...fields, percent: "a" })).status).toBe(422);
    expect(where(await channel.post("/console/partners/add", fields))).toBe(
      "/console/partners/south?done=partner",
    );
    await channel.post("/console/partners/south/edit", { name: "South & Sons", percent: "12.5", parent: "" });
    expect(await showPartner(deps, "south")).toMatchObject({
      name: "South & Sons",
      parent: null,
      percent: 12.5,
    });
    await inTwoSteps(channel, "/console/partners/south/end", {});
    expect((await showPartner(deps, "south")).status).toBe("ended");
    await inTwoSteps(channel, "/console/partners/south/end", {});
    expect((await showPartner(deps, "south")).status).toBe("active");
  });

  it("agrees anew from a day on, and shows what differs", async () => {
    const world = await openWithPayable(bench);
    const channel = await world.as("channel");
    const fields = {
      sharing: "transaction",
      notice_renewal: "1",
      beforeDays: "60",
      afterDays: "30",
      language: "de-AT",
    };
    const path = "/console/partners/north/agreement";
    expect((await channel.post(path, { ...fields, afterDays: "" })).status).toBe(422);
    const { text } = await inTwoSteps(channel, path, fields);
    expect(text).toContain("<del>Totals only</del> → <ins>What and when</ins>");
    expect(await showAgreement(world.deps, "north")).toMatchObject({
      sharing: "transaction",
      notices: ["renewal"],
      renewalRights: { beforeDays: 60, afterDays: 30 },
      selfBilling: false,
      language: "de-AT",
    });
    expect(await (await channel.get(path)).text()).toContain('value="60"');
    expect(await readAgreementHistory(world.deps, "north")).toHaveLength(1);
  });

  it("answers what a partner contests, notes what it does not see, and rules on a class", async () => {
    const world = await openWithPayable(bench);
    const { deps } = world;
    await addPartner(deps, { id: "south", name: "South", percent: 20 });
    const { id } = await openDispute(deps, "south", { number: "A-1", text: "Mine." });
    const channel = await world.as("channel");
    const path = `/console/disputes/${id}`;
    await channel.post(`${path}/answer`, { text: "She called us: doubtful.", internal: "1" });
    expect(where(await channel.post(`${path}/answer`, { text: "Please send the invoice." }))).toBe(
      `${path}?done=answered`,
    );
    const told = JSON.stringify(await showPartnerDispute(deps, as.partner("south"), id));
    expect([told.includes("the invoice"), told.includes("doubtful")]).toEqual([true, false]);
    const { text } = await inTwoSteps(channel, "/console/disputes/rule", {
      of: "south",
      to: "claimant",
      note: "Shown by invoices",
    });
    expect(text).toContain("Rule so on 1 contested decision?");
    expect((await listDisputes(deps, { state: "ruled" })).disputes).toHaveLength(1);
    expect(await world.explain("A-1", "own")).toMatchObject({ partner: "south", reason: "ruling" });
  });

  it("shows what a plan would have paid before it is kept", async () => {
    const world = await openWithPayable(bench);
    const { deps } = world;
    const plan = {
      plan: "more",
      name: "More",
      promise: "each_sale",
      rules: [{ rule: "all", pay: { rateBp: 2000 } }],
    };
    await addPlan(deps, plan);
    await assignPlan(deps, { plan: "more", partner: "north" });
    world.pass(1);
    await world.sell({ order: "A-2", coupon: "NORTH" });
    const channel = await world.as("channel");
    const document = JSON.stringify({ ...plan, rules: [{ rule: "all", pay: { rateBp: 3000 } }] });
    const { text, done } = await inTwoSteps(channel, "/console/plans/edit", { document });
    expect(text).toContain("What it would have paid in the last 90 days");
    expect(text).toContain("Sales read: 2; paid otherwise: 2");
    expect(text).toContain("€60.00");
    expect(where(done)).toBe("/console/plans/more?done=plan");
    expect((await showPlan(deps, "more")).version).toBe(2);
  });
});
