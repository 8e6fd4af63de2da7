import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listPartnerKeys } from "../../server/src/access/partner-keys.ts";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { createHttpServer } from "../../server/src/http/listen.ts";
import { listKeys } from "../../server/src/keys/signing-keys.ts";
import { claimMail, noteMail } from "../../server/src/mail/rows/mails.ts";
import { tellNotices } from "../../server/src/mail/tell-notices.ts";
import { listOutbox } from "../../server/src/outbox/outbox.ts";
import { findNextDue } from "../../server/src/outbox/rows/work.ts";
import { openSender } from "../../server/src/outbox/start-outbox.ts";
import { startOutboxWorker } from "../../server/src/outbox/worker.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { addPerson, listPeople } from "../../server/src/people/people.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { addDays, isoTime } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { showWork, workEnded } from "../../server/src/work/work.ts";
import { type Browser, signedIn } from "../access/access-world.ts";
import { startListener } from "../outbox/listener.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { ownDelivery } from "../shops/deliveries.ts";
import { openShopApis } from "../shops/shop-apis.ts";
import { vendor } from "../statements/statement-world.ts";
import { until } from "../until.ts";
import { idOf, inTwoSteps, shownOnce, textOf, upload } from "./console-forms.ts";
import { openConsole } from "./console-world.ts";
import { recordForms } from "./form-recorder.ts";

vi.setConfig({ testTimeout: 600_000 });

/** What needs a browser of its own kind or a shop, with the file that sends it. */
const elsewhere: Readonly<Record<string, string>> = {
  "/sign-in": "test/access/sign-in.test.ts",
  "/sign-in/code": "test/access/attacks.test.ts",
  "/sign-in/link": "test/access/attacks.test.ts",
  "/sign-in/passkey/options": "test/access/passkeys.test.ts",
  "/sign-in/passkey": "test/access/passkeys.test.ts",
  "/sign-in/passkeys/options": "test/access/passkeys.test.ts",
  "/sign-in/passkeys": "test/access/passkeys.test.ts",
  "/sign-in/passkeys/rename": "test/access/passkeys.test.ts",
  "/sign-in/passkeys/remove": "test/access/passkeys.test.ts",
  "/sign-in/oidc/{provider}/ended": "test/access/providers.test.ts",
};

/** What does not come back, or binds somebody: each of these asks before it does it. */
const dangerous = [
  "/account/withdraw",
  "/account/erase",
  "/console/work/release",
  "/console/partners/{id}/suspend",
  "/console/partners/{id}/merge",
  "/console/partners/{id}/end",
  "/console/partners/{id}/agreement",
  "/console/partners/{id}/keys/revoke",
  "/console/partners/{id}/webhook/remove",
  "/console/coupons/end",
  "/console/tokens/revoke",
  "/console/serials/{id}/assign",
  "/console/serials/{id}/revoke",
  "/console/vouchers/revoke",
  "/console/addresses/erase",
  "/console/networks/unlink",
  "/console/networks/test",
  "/console/rules/{id}/apply",
  "/console/keys/rotate",
  "/console/keys/revoke",
  "/console/customers/erase",
  "/console/customers/remove",
  "/console/customers/organisations/move",
  "/console/orders/{shop}/{id}/resolve",
  "/console/orders/{shop}/{id}/correct",
  "/console/held/rule",
  "/console/disputes/rule",
  "/console/disputes/{id}/rule",
  "/console/news/write",
  "/console/news/withdraw",
  "/console/notices/write",
  "/console/plans/edit",
  "/console/plans/{id}/announce",
  "/console/periods/{id}/close",
  "/console/statements/close",
  "/console/payouts/propose",
  "/console/payouts/{id}/cancel",
  "/console/payouts/{id}/confirm",
  "/console/adjustments/new",
  "/console/adjustments/{id}/refuse",
  "/console/adjustments/{id}/reverse",
  "/console/people/remove",
  "/console/outbox/{id}/drop",
  "/portal/connections",
  "/portal/settings/people/remove",
];

/** By these money, or what leads to it, leaves: a session that somebody left open is not enough. */
const moneyLeaves = [
  "/console/payouts/propose",
  "/console/payouts/{id}/approve",
  "/console/payouts/{id}/cancel",
  "/console/payouts/{id}/export",
  "/console/payouts/{id}/confirm",
  "/console/adjustments/new",
  "/console/adjustments/{id}/approve",
  "/console/adjustments/{id}/refuse",
  "/console/adjustments/{id}/reverse",
  "/console/partners/{id}/details/set",
  "/console/partners/{id}/merge",
  "/console/periods/{id}/close",
  "/console/statements/close",
  "/console/work/release",
  "/console/import",
  "/console/shops/replay-trusted",
  "/portal/details/edit",
  "/portal/connections",
];

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

/** A receiver that is reached by its own address, with a shop that has an API, a network, a rule and a mail folder. */
async function openWorld() {
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const listener = await startListener();
  const { server, drain } = createHttpServer((request) => answer(request), {
    log: { write: () => {} } as never,
    isStopping: () => false,
  });
  onTestFinished(() => drain(1_000));
  await once(server.listen(0, "127.0.0.1") as Server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = await openConsole(benchOf("sqlite"), {
    issuer,
    vendor,
    payouts: { payer },
    adjustments: { approvalAboveMinor: { EUR: 1_000 } },
    mail: { from: "Acme <partners@acme.example>", folder: "./mail" },
    attribution: { onConflict: "hold", rules: [{ rule: "home", class: "territory" }] },
    outbox: { allowPrivate: [listener.host] },
    shops: {
      own: { kind: "standard-webhooks", secrets: [{ env: "OWN_SHOP_SECRET" }] },
      polar: {
        kind: "polar",
        secrets: [{ env: "SECRET_OF_POLAR" }],
        api: { token: { env: "SECRET_OF_POLAR" } },
      },
    },
    networks: {
      own: {
        kind: "custom",
        base: `http://${listener.host}`,
        convert: { method: "POST", path: "/sales", body: { json: { o: "{order}" } } },
        adjust: { byHand: "Change sale {order}." },
        reverse: { byHand: "Cancel sale {order}." },
        test: { method: "POST", path: "/try", body: { json: { o: "{order}" } } },
      },
    },
  });
  const { app, deps } = world;
  answer = (request) => app.fetch(request);
  for (const id of ["north", "south", "east"]) {
    await addPartner(deps, { id, name: id, percent: 20 });
    await setDetails(deps, id, detailsOf(id, {}));
  }
  const [owner, finance] = [await world.as("owner"), await world.as("finance")];
  await setAgreement(deps, "north", { notices: ["service"], selfBilling: true });
  const partnerPerson = async (role: string) => {
    const added = await addPerson(deps, {
      mail: `${role}@north.example`,
      role,
      partner: "north",
      addedBy: "cli:test",
    });
    return Object.assign(await signedIn(world, { person: added.id }), { id: added.id });
  };
  return {
    ...world,
    forms: recordForms(app),
    listener,
    owner,
    /** A new sign-in of somebody, since one grows stale. */
    again: (role: "owner" | "finance") =>
      signedIn(world, {
        person: as.person((role === "owner" ? owner : finance).actor.slice("person:".length)),
      }),
    partnerPerson,
  };
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** Sends a form that does it at once. */
async function done(browser: Browser, path: string, fields: Record<string, string> = {}): Promise<Response> {
  const answer = await browser.post(path, fields);
  if (answer.status >= 400) expect.fail(`${path}: ${answer.status} ${seen(await answer.text())}`);
  return answer;
}

/** Sends a form that sets off something long, and waits for its end. */
async function workDone(world: World, started: Response, result?: object): Promise<void> {
  await workEnded(idOf(started));
  const work = await showWork(world.deps, idOf(started));
  expect(work).toMatchObject({ state: "done", ...(result === undefined ? {} : { result }) });
}

const seen = (page: string) => page.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

const fieldIn = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? "";

async function partnersAndWays(world: World): Promise<void> {
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

async function customersAndNews(world: World): Promise<void> {
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

async function ordersAndDisputes(world: World): Promise<void> {
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

async function plansAndMoney(world: World): Promise<void> {
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

async function running(world: World): Promise<void> {
  const { deps, listener } = world;
  const owner = await world.again("owner");
  await workDone(world, await done(owner, "/console/work/verify"));
  await workDone(world, await done(owner, "/console/work/verify-statements", { step: "do" }));
  const checked = await textOf(done(owner, "/console/shops/own/check"));
  // All there is to say is that the story's clock is not this machine's.
  expect(seen(checked)).toContain("Set both clocks by NTP");
  const event = {
    type: "purchase.completed",
    timestamp: isoTime(world.deps.clock()),
    data: purchase(world, "R-1"),
  };
  const delivery = ownDelivery(event, { timestamp: Math.floor(world.deps.clock() / 1000), id: "msg_r1" });
  const line = {
    shop: "own",
    headers: Object.fromEntries(new Headers(delivery.headers)),
    body: String(delivery.body),
  };
  const file = (name: string, one: object) => ({ name, text: `${JSON.stringify(one)}\n` });
  await workDone(world, await upload(owner, "/console/shops/replay", {}, file("kept.ndjson", line)), {
    recorded: 1,
    problems: [],
  });
  expect((await world.explain("R-1", "own")).order).toBe("R-1");
  const believed = { ...line, headers: {}, body: line.body.replaceAll("R-1", "R-2") };
  await workDone(
    world,
    await upload(owner, "/console/shops/replay-trusted", { shop: "own" }, file("x", believed)),
  );
  expect((await world.explain("R-2", "own")).order).toBe("R-2");
  const api = openShopApis(["https://api.polar.sh"], () => ({ body: { items: [] } }));
  try {
    const since = isoTime(addDays(world.deps.clock(), -7)).slice(0, 10);
    await workDone(world, await done(owner, "/console/shops/polar/reconcile", { since }));
    expect(api.asked.length).toBeGreaterThan(0);
  } finally {
    await api.close();
  }
  await inTwoSteps(owner, "/console/keys/rotate");
  const [key] = (await listKeys(deps)).filter(({ status }) => status !== "active");
  await inTwoSteps(owner, "/console/keys/revoke", { key: key?.kid ?? "" });
  await done(owner, "/console/mail/test", { to: "ann@acme.example" });
  await tellNotices(deps);
  const mail = await giveMailUp(world);
  await done(owner, "/console/mail/retry", { mail });
  listener.answer(() => ({ status: 410 }));
  await sendOutbox(world);
  const [failed] = (await listOutbox(deps, { state: "failed" })).messages;
  await done(owner, `/console/outbox/${failed?.id}/replay`);
  await inTwoSteps(owner, `/console/outbox/${failed?.id}/drop`, { note: "Told by phone" });
  await inTwoSteps(owner, "/console/partners/north/webhook/remove");
  await done(owner, "/console/people/add", { mail: "new@acme.example", role: "auditor" });
  const added = (await listPeople(deps, {})).people.find(
    ({ mail: address }) => address === "new@acme.example",
  );
  await inTwoSteps(owner, "/console/people/remove", { person: added?.id ?? "" });
}

const purchase = (world: World, order: string) => ({
  order,
  product: "acme-paint",
  lines: [{ product: "acme-paint", quantity: 1, netMinor: 10_000, taxMinor: 1_900 }],
  currency: "EUR",
  paidAt: isoTime(world.deps.clock()),
});

/** A mail that a server refused for good. */
async function giveMailUp({ deps }: World): Promise<string> {
  return deps.store.write(async (tx) => {
    const now = deps.clock();
    const [claimed] = await claimMail(tx, { now, until: addDays(now, 1), lease: "test", limit: 1 });
    const settled = { due_at: null, problem: "no such mailbox", settled_at: now };
    await noteMail(tx, { id: claimed?.id ?? "", lease: "test", state: "failed", ...settled });
    return claimed?.id ?? "";
  });
}

async function sendOutbox({ deps }: World): Promise<void> {
  const isDue = async () =>
    ((await deps.store.read(findNextDue)) ?? Number.POSITIVE_INFINITY) <= deps.clock();
  const worker = startOutboxWorker(deps, {
    workers: 4,
    perDestination: 4,
    networks: new Map(),
    sender: openSender(deps.config),
    pollMilliseconds: 20,
    chance: () => 0.5,
  });
  await until(async () => !(await isDue()));
  await worker.stop(300_000);
}

async function thePortal(world: World): Promise<void> {
  const owner = await world.partnerPerson("owner");
  await world.sell({ order: "S-1", coupon: "SOUTH10" });
  await done(owner, "/portal/deals", { customer: "tulip.example" });
  const opened = await done(owner, "/portal/disputes", { number: "S-1", text: "We sold it." });
  await done(owner, `/portal/disputes/${idOf(opened)}/messages`, { text: "The invoice follows." });
  await adjust(world.deps, {
    partner: "north",
    amountMinor: 500,
    currency: "EUR",
    kind: "bonus",
    reference: "T-9",
    note: "For the fair",
  });
  world.pass(31);
  const closed = await inTwoSteps(await world.again("finance"), "/console/statements/close", {
    period: "2027-02",
  });
  expect(closed).toContain("done=statements");
  const reader = await signedIn(world, { person: owner.id });
  const numberIn = (page: string) => /\/portal\/statements\/(SB[^"?/]+)/.exec(page)?.[1] ?? "";
  const path = `/portal/statements/${numberIn(await textOf(reader.get("/portal/statements")))}`;
  await done(reader, `${path}/contest`, { note: "One is missing" });
  await done(reader, `${path}/accept`);
  await done(reader, "/portal/details/edit", {
    legalName: "North GmbH",
    street: "Hafenstraße",
    town: "Hamburg",
    country: "DE",
    treatment: "domestic",
  });
  await done(reader, "/portal/connections", { do: "set", url: "https://north.example/hook" });
  await inTwoSteps(reader, "/portal/connections", { do: "remove" });
  await done(reader, "/portal/settings", { language: "de", digest: "daily" });
  await done(reader, "/portal/settings/people", { mail: "zoe@north.example", role: "viewer" });
  const { people } = await listPeople(world.deps, { partner: "north" });
  const zoe = people.find(({ mail }) => mail === "zoe@north.example")?.id ?? "";
  const removed = await reader.post("/portal/settings/people/remove", { person: zoe });
  expect(await removed.text()).toContain('name="step" value="do"');
  await done(reader, "/portal/settings/people/remove", { person: zoe, step: "do" });
  expect((await listPeople(world.deps, { partner: "north" })).people).toHaveLength(1);
}

async function theCustomersPage(world: World): Promise<void> {
  const { deps, sell } = world;
  const mail = "ann@customers.example";
  await sell({ order: "L-1", coupon: "SOUTH10", email: mail, licence: "LICENCE-L1" });
  const consent = { version: "1", wording: "Yes.", at: deps.clock() };
  await registerEmails(deps, { partner: "south", origin: "api", unlimited: true }, [
    { row: 1, email: mail, consent },
  ]);
  const ann = await signedIn(world, { customer: mail });
  const page = await textOf(ann.get("/account"));
  await done(ann, "/account/mandates", {
    licence: fieldIn(page, "licence"),
    partner: fieldIn(page, "partner"),
  });
  const mandate = fieldIn(await textOf(ann.get("/account")), "mandate");
  await done(ann, "/account/mandates/end", { mandate });
  await inTwoSteps(ann, "/account/withdraw", { partner: "south" });
  await inTwoSteps(ann, "/account/erase");
  await done(ann, "/sign-in/out");
}

async function signIns(world: World): Promise<void> {
  const owner = await world.again("owner");
  await done(owner, "/sign-in/language", { language: "de" });
  const other = await world.again("owner");
  const sessions = await textOf(owner.get("/sign-in/sessions"));
  const session = fieldIn(sessions.slice(sessions.indexOf("/sign-in/sessions/end")), "session");
  await done(owner, "/sign-in/sessions/end", { session });
  const mail = "owner@north.example";
  const { id } = await addPerson(world.deps, { mail, role: "auditor", addedBy: "cli:test" });
  const both = await signedIn(world, { person: id });
  const person = fieldIn(await textOf(both.get("/sign-in/sessions")), "person");
  await done(both, "/sign-in/switch", { person });
  await done(await world.again("owner"), "/sign-in/sessions/end-all");
  expect((await other.get("/console")).status).toBe(303);
}

describe("every form of console, portal, customer's page and sign-in", () => {
  it("is sent with success, and asks first where what it does does not come back", async () => {
    const world = await openWorld();
    await partnersAndWays(world);
    await customersAndNews(world);
    await ordersAndDisputes(world);
    await plansAndMoney(world);
    await running(world);
    await thePortal(world);
    await theCustomersPage(world);
    await signIns(world);
    await world.expectSoundLedger();
    const all = world.forms.below("/console", "/portal", "/account", "/sign-in");
    expect(all.length).toBeGreaterThan(90);
    expect(all.filter((path) => !world.forms.isDone(path) && elsewhere[path] === undefined)).toEqual([]);
    for (const [path, file] of Object.entries(elsewhere))
      expect(await readFile(file, "utf8"), file).toContain(path.split("{")[0]);
    expect(dangerous.filter((path) => !world.forms.hasAsked(path))).toEqual([]);
  });

  it("asks for a new sign-in where money leaves", async () => {
    const { app } = await openConsole(benchOf("sqlite"));
    const isFresh = ({ who }: (typeof app.declared)[number]) =>
      typeof who === "object" && "fresh" in who && who.fresh === true;
    const fresh = app.declared.filter((one) => one.method === "post" && isFresh(one)).map(({ path }) => path);
    expect(moneyLeaves.filter((path) => !fresh.includes(path))).toEqual([]);
  });
});
