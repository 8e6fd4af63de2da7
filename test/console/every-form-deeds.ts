import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { listPartnerKeys } from "../../server/src/access/partner-keys.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { addDays, isoTime } from "../../server/src/words/clock.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { idOf, inTwoSteps, shownOnce, textOf, upload } from "./console-forms.ts";
import { done, type FormWorld, fieldIn, seen, workDone } from "./every-form-world.ts";

const plan = (id: string, rateBp: number, more: object = {}) => ({
  plan: id,
  name: `Plan ${id}`,
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp } }],
  ...more,
});

const monthly = {
  terms: [
    {
      term: "bonus",
      every: "month",
      currency: "EUR",
      counts: { measure: "units" },
      bonuses: [{ at: 1, amountMinor: 5_000 }],
    },
  ],
};

/** Partners, and what they are given to sell by. */
export async function partnersAndWays(world: FormWorld): Promise<void> {
  const { owner, listener } = world;
  await done(owner, "/console/partners/add", { id: "west", name: "West", kind: "reseller", percent: "10" });
  await done(owner, "/console/partners/west/edit", { name: "West & Sons", percent: "12", parent: "" });
  await inTwoSteps(owner, "/console/partners/west/agreement", { sharing: "transaction" });
  await inTwoSteps(owner, "/console/partners/west/suspend");
  await inTwoSteps(owner, "/console/partners/east/end");
  await addPartner(world.deps, { id: "twin", name: "Twin", percent: 20 });
  await inTwoSteps(owner, "/console/partners/twin/merge", { into: "south" });
  const document = JSON.stringify(detailsOf("South", {}));
  await done(owner, "/console/partners/south/details/set", { document });
  const page = await textOf(
    owner.post("/console/partners/north/keys/issue", { name: "x", scope_emails: "1" }),
  );
  expect(shownOnce(page)).toMatch(/^tsp_/);
  const { keys } = { keys: await listPartnerKeys(world.deps, "north") };
  const link = await textOf(done(owner, "/console/partners/north/form-link", { product: "acme-paint" }));
  expect(link).toContain("/register/north?");
  await inTwoSteps(owner, "/console/partners/north/keys/revoke", { key: keys[0]?.id ?? "" });
  await done(owner, "/console/partners/north/webhook/set", { url: listener.url });
  await done(owner, "/console/partners/north/webhook/rotate", { hours: "5" });
  expect(await textOf(done(owner, "/console/partners/north/webhook/test"))).toContain("200");
  expect(listener.arrived).toHaveLength(1);
  await done(owner, "/console/coupons/add", { code: "north10", partner: "north" });
  await done(owner, "/console/coupons/add", { code: "south10", partner: "south" });
  await done(owner, "/console/coupons/add", { code: "gone", partner: "north" });
  await inTwoSteps(owner, "/console/coupons/end", { code: "GONE" });
  const issued = await textOf(
    owner.post("/console/tokens/issue", { partner: "north", product: "acme-paint" }),
  );
  await done(owner, "/console/tokens/verify", { token: shownOnce(issued) });
  await inTwoSteps(owner, "/console/tokens/revoke", { token: shownOnce(issued, "jti") });
  const serials = { name: "serials.txt", text: "AAAA-0001\nAAAA-0002\n" };
  const batch = { batch: "spring", product: "acme-paint", partner: "north" };
  await workDone(world, await upload(owner, "/console/serials/import", batch, serials));
  await inTwoSteps(owner, "/console/serials/spring/assign", { partner: "south", note: "moved on" });
  await inTwoSteps(owner, "/console/serials/spring/revoke");
  const cards = { partner: "north", product: "acme-paint", count: "2", batch: "cards", form: "codes" };
  expect((await textOf(done(owner, "/console/vouchers/issue", cards))).trim().split("\n")).toHaveLength(2);
  await inTwoSteps(owner, "/console/vouchers/revoke", { batch: "cards", number: "2" });
  const file = { name: "c.csv", text: "email\nann@home.example\n" };
  await workDone(world, await upload(owner, "/console/addresses/import", { partner: "north" }, file));
  await inTwoSteps(owner, "/console/addresses/erase", { email: "ann@home.example" });
  const member = { network: "own", partner: "north" };
  await done(owner, "/console/networks/link", { ...member, id: "77" });
  expect(await textOf(owner.post("/console/networks/test", member))).toContain("/try");
  const before = listener.arrived.length;
  await done(owner, "/console/networks/test", { ...member, step: "do" });
  expect(listener.arrived[before]).toMatchObject({ method: "POST", path: "/try" });
  await inTwoSteps(owner, "/console/networks/unlink", member);
  const sample = new URL("../imports/samples/post-affiliate-pro.csv", import.meta.url);
  const report = { name: "export.csv", text: await readFile(sample, "utf8") };
  const from = { programme: "post-affiliate-pro", product: "acme-paint", dryRun: "1" };
  await workDone(world, await upload(owner, "/console/import", from, report));
}

/** Customers, what they ask for and are told, and news. */
export async function customersAndNews(world: FormWorld): Promise<void> {
  const { owner, sell } = world;
  await sell({ order: "C-1", coupon: "NORTH10", licence: "LICENCE-OF-ANN", email: "ann@works.example" });
  await sell({ order: "C-2", email: "ben@works.example" });
  const ann = { email: "ann@works.example", organisation: "Works", part_buys: "1", product: "acme-paint" };
  await done(owner, "/console/customers/add", { ...ann, licence: "LICENCE-OF-ANN" });
  const list = { name: "c.csv", text: "email,organisation,parts\nbea@works.example,Holding,buys\n" };
  await workDone(world, await upload(owner, "/console/customers/import", {}, list));
  const tree = await textOf(owner.get("/console/customers/organisations"));
  const [one = "", other = ""] = [...tree.matchAll(/move\?organisation=([^"]+)"/g)].map(([, id]) => id ?? "");
  const moved = { organisation: one, below: other };
  await inTwoSteps(owner, "/console/customers/organisations/move", moved);
  const exported = await textOf(done(owner, "/console/customers/export", { email: "ann@works.example" }));
  expect(JSON.stringify(JSON.parse(exported))).toContain("C-1");
  const notice = { product: "acme-paint", title: "A patch", text: "Please install it." };
  await inTwoSteps(owner, "/console/notices/write", notice);
  await inTwoSteps(owner, "/console/customers/erase", { email: "ben@works.example" });
  const customers = await textOf(owner.get("/console/customers"));
  const customer = /remove\?customer=([^"]+)"/.exec(customers)?.[1] ?? "";
  await inTwoSteps(owner, "/console/customers/remove", { customer });
  await inTwoSteps(owner, "/console/news/write", { title: "News", text: "Of today." });
  const news = fieldIn(await textOf(owner.get("/console/news")), "news");
  await inTwoSteps(owner, "/console/news/withdraw", { news });
  await done(owner, "/console/settings", { digest: "daily" });
}

/** Orders that a person decides, and decisions that are contested. */
export async function ordersAndDisputes(world: FormWorld): Promise<void> {
  const { owner, deps, own, sell } = world;
  await setAgreement(deps, "south", { territories: ["AT"], since: deps.clock() });
  const held = (order: string) =>
    own({
      type: "purchase.completed",
      timestamp: isoTime(world.deps.clock()),
      data: {
        order,
        product: "acme-paint",
        lines: [{ product: "acme-paint", quantity: 1, netMinor: 10_000, taxMinor: 1_900, period: "P1Y" }],
        currency: "EUR",
        paidAt: isoTime(world.deps.clock()),
        coupons: ["NORTH10", "SOUTH10"],
        customer: { country: "AT" },
      },
    });
  for (const order of ["H-1", "H-2", "H-3"]) await held(order);
  const ruling = { to: "partner", partner: "south", note: "Shown by an invoice" };
  await inTwoSteps(owner, "/console/orders/own/H-1/resolve", ruling);
  await inTwoSteps(owner, "/console/orders/own/H-1/correct", {
    what: "refunded",
    amount: "1.19",
    note: "By hand",
  });
  const { config } = deps;
  const on = config.conflictRules.map((one) => ({ ...one, on: true }));
  Object.assign(config, { conflictRules: on, policy: { ...config.policy, rules: on } });
  const applied = await owner.post("/console/rules/home/apply");
  expect(await applied.text()).toContain('name="step" value="do"');
  await workDone(world, await done(owner, "/console/rules/home/apply", { step: "do" }));
  Object.assign(config, { conflictRules: [], policy: { ...config.policy, rules: [] } });
  await held("H-4");
  const { reason } = await world.explain("H-4", "own");
  await inTwoSteps(owner, "/console/held/rule", { ...ruling, reason: String(reason) });
  await sell({ order: "D-1", coupon: "NORTH10" });
  await sell({ order: "D-2", coupon: "NORTH10" });
  const claim = { partner: "south", number: "D-1", text: "We sold it." };
  const dispute = idOf(await done(owner, "/console/disputes/open", claim)).replace("?done=kept", "");
  await done(owner, `/console/disputes/${dispute}/answer`, { text: "Please send the invoice." });
  await inTwoSteps(owner, `/console/disputes/${dispute}/rule`, ruling);
  await done(owner, "/console/disputes/open", { ...claim, number: "D-2" });
  await inTwoSteps(owner, "/console/disputes/rule", { of: "south", to: "claimant", note: "As before" });
  const deal = { partner: "north", customer: "works.example" };
  const registered = idOf(await done(owner, "/console/deals/register", deal)).replace("?done=kept", "");
  await done(owner, `/console/deals/${registered}`, { step: "accepted", note: "A new customer" });
}

/** Plans, periods, corrections, statements and payouts. */
export async function plansAndMoney(world: FormWorld): Promise<void> {
  const { owner, deps, sell } = world;
  await addPlan(deps, plan("tiers", 2_000, monthly));
  await done(owner, "/console/plans/assign", { plan: "tiers", target: "partner", partner: "north" });
  world.pass(1);
  const later = await world.again("owner");
  await sell({ order: "P-1", coupon: "NORTH10" });
  const document = JSON.stringify(plan("tiers", 2_500, monthly));
  await inTwoSteps(later, "/console/plans/edit", { document });
  await workDone(world, await done(later, "/console/work/simulate", { document }));
  await addPlan(deps, plan("less", 2_000));
  await assignPlan(deps, { plan: "less", partner: "south" });
  world.pass(1);
  await sell({ order: "P-2", coupon: "SOUTH10" });
  world.pass(1);
  await addPlan(deps, plan("less", 1_000));
  await assignPlan(deps, { plan: "less", partner: "south", since: addDays(deps.clock(), 30) });
  await inTwoSteps(await world.again("owner"), "/console/plans/less/announce");
  world.pass(40);
  const [first, second] = [await world.again("finance"), await world.again("owner")];
  const released = await first.post("/console/work/release");
  expect(await released.text()).toContain('name="step" value="do"');
  await workDone(world, await done(first, "/console/work/release", { step: "do" }));
  const periods = await textOf(first.get("/console/periods"));
  const period = [...periods.matchAll(/href="(\/console\/periods\/[^"]+\/close)"/g)].at(-1)?.[1] ?? "";
  await inTwoSteps(first, period);
  // From here on two persons are needed; before, one rules and assigns alone.
  Object.assign(deps.config, {
    adjustments: { ...deps.config.adjustments, approvalAboveMinor: { EUR: 1_000 } },
  });
  const amount = { partner: "north", currency: "eur", kind: "bonus", reference: "T-1", note: "A good year" };
  const entered = async (reference: string) =>
    (await inTwoSteps(first, "/console/adjustments/new", { ...amount, amount: "12.50", reference }))?.replace(
      /\?.*/,
      "",
    ) ?? "";
  const [approved, refused] = [await entered("T-1"), await entered("T-2")];
  await done(second, `${approved}/approve`);
  await inTwoSteps(second, `${refused}/refuse`);
  await inTwoSteps(second, `${approved}/reverse`, { note: "Paid twice" });
  for (const order of ["P-1", "P-2"]) {
    const correction = { what: "void", note: "Paid back by transfer", reference: `T-${order}` };
    const asked = await inTwoSteps(first, `/console/orders/own/${order}/correct`, correction);
    const request = asked?.replace(/\?.*/, "") ?? "";
    expect(seen(await textOf(second.get(request)))).toContain(`T-${order}`);
    if (order === "P-1") await done(second, `${request}/approve`);
    else await inTwoSteps(second, `${request}/refuse`);
  }
  world.pass(31);
  const [third, fourth] = [await world.again("finance"), await world.again("owner")];
  await inTwoSteps(third, "/console/statements/close", { period: "2027-01" });
  const statements = await textOf(third.get("/console/statements"));
  const number = /\/console\/statements\/(SB[^"?/]+)/.exec(statements)?.[1] ?? "";
  await done(third, `/console/statements/${number}/answer`, { answer: "contested", note: "By phone" });
  await done(third, `/console/statements/${number}/answer`, { answer: "accepted" });
  await inTwoSteps(third, "/console/payouts/propose", { currency: "eur" });
  const proposed = async () =>
    /\/console\/payouts\/(po[^"?/]+)/.exec(await textOf(third.get("/console/payouts?state=proposed")))?.[1] ??
    "";
  await inTwoSteps(fourth, `/console/payouts/${await proposed()}/cancel`);
  await inTwoSteps(third, "/console/payouts/propose", { currency: "eur" });
  const batch = `/console/payouts/${await proposed()}`;
  await done(fourth, `${batch}/approve`);
  await done(third, `${batch}/export`, { format: "pain.001" });
  expect(await textOf(third.post(`${batch}/confirm`, { all: "1" }))).toContain('name="step" value="do"');
  await done(third, `${batch}/confirm`, { all: "1", step: "do" });
}
