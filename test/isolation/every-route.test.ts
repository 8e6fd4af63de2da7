import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import type { Sharing } from "../../server/src/agreements/agreement.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { licencesOfCustomer } from "../../server/src/mandates/customer-licences.ts";
import { giveMandate } from "../../server/src/mandates/mandates.ts";
import { writeNews } from "../../server/src/news/news.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { approvePayout } from "../../server/src/payouts/change-batch.ts";
import { confirmPayout } from "../../server/src/payouts/confirm.ts";
import { exportPayout } from "../../server/src/payouts/export.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { draftOffer, takeOfferStep } from "../../server/src/rewards/offers.ts";
import { listRewards } from "../../server/src/rewards/rewards.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { openChannel } from "../channel/channel-world.ts";
import { generous } from "../channel/rewards-world.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";

const ann = "ann@works.example";
const product = "acme-paint";

/** What north is answered by every route that a partner's key opens, in two worlds that differ in what is others' alone. */
async function northIsTold(bench: Bench, { sharing, otherwise }: { sharing: Sharing; otherwise: boolean }) {
  const world = await openChannel(bench, { payouts: { payer } });
  const { deps, journey, start, sell, refund } = world;
  const plan = {
    ...generous(),
    overrides: [{ rule: "above", pay: { rateBp: otherwise ? 900 : 500 }, from: "vendor" }],
  };
  await addPlan(deps, plan);
  await assignPlan(deps, { plan: "generous", since: addDays(start, -1) });
  await setAgreement(deps, "north", { sharing, since: start });
  const partners = otherwise ? (["south", "north"] as const) : (["north"] as const);
  if (otherwise) {
    await setAgreement(deps, "south", { sharing: "full", since: start });
    await setAgreement(deps, "big", { sharing: "full", since: start });
    await addPartner(deps, { id: "beside", name: "Beside", parent: "big" });
  }
  const offers: Record<string, string> = {};
  for (const partner of partners) {
    await setDetails(deps, partner, detailsOf(partner), { since: start });
    const { offer } = await draftOffer(deps, { partner, title: `From ${partner}`, points: 100 });
    await takeOfferStep(deps, offer, { step: "offered" });
  }
  // Ids begin with the time and end by chance.
  journey.pass(1 / 24);
  const coupon = { currency: "EUR", amountMinor: 500 };
  for (const partner of partners) {
    offers[partner] = (await draftOffer(deps, { partner, title: "A coupon", coupon, product })).offer;
  }
  journey.pass(1);
  for (const by of partners) await sell(`first-${by}`, deps.clock(), { by, licence: `L-${by}`, email: ann });
  journey.pass(30);
  for (const by of partners) await sell(`again-${by}`, deps.clock(), { by, licence: `L-${by}`, email: ann });
  if (otherwise) {
    await openDispute(deps, "south", { number: "again-north", text: "South's." });
    await registerEmails(deps, { partner: as.partner("south"), origin: "api" }, [
      { row: 1, email: "taken@works.example", product },
    ]);
    const south = (await licencesOfCustomer(deps, ann)).find(({ seller }) => seller?.id === "south");
    await giveMandate(deps, { email: ann, key: south?.key ?? "", partner: "south" });
    await tellCustomers(deps, { by: "vendor" }, [{ row: 1, email: ann, product, licence: "L-south" }]);
  }
  const own = (await licencesOfCustomer(deps, ann)).find(({ seller }) => seller?.id === "north");
  const { mandate } = await giveMandate(deps, { email: ann, key: own?.key ?? "", partner: "north" });
  await refund("first-north", 20, { amountMinor: 1_000 });
  journey.pass(31);
  await releaseDue(deps);
  for (const partner of partners)
    await adjust(deps, {
      partner,
      amountMinor: 700,
      currency: "EUR",
      kind: "bonus",
      reference: "B",
      note: "N",
    });
  await writeNews(deps, { title: "A new version", text: "It is faster." });
  for (const period of ["2026-11", "2026-12", "2027-01"]) await closeStatements(deps, { period });
  const by = <T>(actor: string, work: () => Promise<T>) =>
    asDeed({ actor, action: "test", subject: undefined }, work);
  const money = { ...deps, blocks: [] };
  const [batch] = (await by("cli:ann", () => proposePayouts(money, {}))).batches;
  await by("cli:ben", () => approvePayout(money, batch?.id ?? ""));
  await by("cli:ann", () => exportPayout(money, batch?.id ?? "", { format: "pain.001" }));
  await by("cli:ann", () => confirmPayout(money, batch?.id ?? "", { all: true }));

  const { key } = await issuePartnerKey(deps, { partner: "north" });
  const told: { asked: string; status: number; text: string; template: string }[] = [];
  const ask = async (template: string, named: Record<string, string> = {}, body?: unknown, query = "") => {
    const [method = "", route = ""] = template.split(" ");
    const path = route.replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? "");
    const response = await journey.app.request(`/v1/partner/${path}${query}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const raw = (response.headers.get("content-type") ?? "").includes("pdf") ? "" : await response.text();
    told.push({
      template,
      asked: withoutChance(`${template} ${JSON.stringify(named)} ${query}`),
      status: response.status,
      text: withoutChance(raw),
    });
    return raw;
  };
  const list = async <Row>(template: string, member: string): Promise<Row[]> =>
    (JSON.parse(await ask(template)) as Record<string, Row[]>)[member] ?? [];

  await ask("GET orders");
  await ask("GET orders", {}, undefined, "?limit=1");
  for (const id of ["again-north", "again-south", "nothing"])
    await ask("GET orders/{shop}/{id}", { shop: "stripe", id });
  for (const route of ["balances", "plan", "tree", "feed", "details", "payouts", "mandate-invitation"])
    await ask(`GET ${route}`);
  await ask("GET statements", {}, undefined, "?limit=1");
  const [{ number } = { number: "" }] = await list<{ number: string }>("GET statements", "statements");
  for (const one of [number, number.replace(/\d+$/, "00099")]) {
    await ask("GET statements/{number}", { number: one });
    for (const format of ["json", "csv", "html", "pdf"])
      await ask("GET statements/{number}/export", { number: one }, undefined, `?format=${format}`);
    await ask("POST statements/{number}/contest", { number: one }, { note: "Too little." });
    await ask("POST statements/{number}/accept", { number: one }, {});
  }
  await list("GET reward-offers", "offers");
  await ask("POST reward-offers", {}, { title: "Again", points: 5 });
  const steps: [string, object][] = [
    ["reward-offers/{id}/steps", { step: "offered" }],
    ["reward-offers/{id}/codes", { codes: ["SAVE-0001", "SAVE-0002"] }],
  ];
  for (const id of [offers.north, offers.south ?? `ro_${"0".repeat(25)}`])
    for (const [route, body] of steps) await ask(`POST ${route}`, { id: id ?? "" }, body);
  await list("GET rewards", "rewards");
  const all = (await listRewards(deps)).rewards;
  for (const partner of ["north", "south"]) {
    const reward = all.find((one) => one.partner === partner)?.reward ?? `rw_${"0".repeat(25)}`;
    await ask("POST rewards/{id}/steps", { id: reward }, { step: "redeemed" });
  }
  await list("GET mandates", "mandates");
  for (const id of [mandate, `ma_${"0".repeat(25)}`]) {
    await ask("GET mandates/{id}", { id });
    await ask("POST mandates/{id}/renewal-link", { id }, { licence: "L-north" });
    for (const licence of ["L-south", "L-north"])
      await ask("POST mandates/{id}/registrations", { id }, { licence });
  }
  await ask("GET deals");
  for (const customer of ["works.example", ann]) await ask("POST deals", {}, { customer });
  await ask("GET disputes");
  const base64 = Buffer.from("Invoice 7").toString("base64");
  const file = { name: "a.txt", type: "text/plain", base64 };
  const claim = { number: "again-south", text: "We sold this.", file };
  const { id: dispute = "" } = JSON.parse(await ask("POST disputes", {}, claim)) as { id?: string };
  for (const id of [dispute, `dp_${"0".repeat(29)}`]) {
    await ask("GET disputes/{id}", { id });
    await ask("POST disputes/{id}/messages", { id }, { text: "And more." });
    for (const entry of ["1", "2"]) await ask("GET disputes/{id}/files/{entry}", { id, entry });
  }
  for (const licence of ["L-north", "L-south"])
    await ask("POST customers", {}, { customers: [{ email: ann, product, licence }] });
  await ask("GET customers");
  await ask("DELETE customers/{id}", { id: `cu_${"0".repeat(25)}` });
  for (const email of ["taken@works.example", "free@works.example"]) {
    await ask("POST registered-emails", {}, { emails: [{ email, product }] });
    await ask("DELETE registered-emails", {}, { email });
  }
  await ask("GET registered-emails");
  await ask("POST form-links", {}, { product });
  await ask("PUT details", {}, detailsOf("North"));
  const routes = await routesOfPartners(journey.app);
  return { told, routes };
}

/** What is made by chance has its kind alone. */
const withoutChance = (text: string): string =>
  text
    .replaceAll(/\b([a-z]{2,4})[_-][0-9a-z]{16,}/g, "$1")
    .replaceAll(/\bnorth\.[\w-]{16}/g, "an invitation")
    .replaceAll(/&s=[\w-]{22}/g, "&s=a signature")
    // The law wants numbers without gaps, so they count the vendor's statements of a year.
    .replaceAll(/\bST-(\d{4})-\d{5}/g, "ST-$1")
    .replaceAll(/[\w-]{20,}\.[\w-]{20,}(\.[\w-]{20,})?/g, "a token")
    .replaceAll(/\b[0-9a-f]{64}\b/g, "a hash")
    .replaceAll(/\b[0-9a-z]{29}\b/g, "an order");

/** Every route that a partner's key opens, as the receiver's own document has them. */
async function routesOfPartners(app: { request(path: string): Response | Promise<Response> }) {
  const document = (await (await app.request("/openapi.json")).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith("/v1/partner/"))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice("/v1/partner/".length)}`),
    );
}

onEveryEngine("what a partner is told by any route", (bench) => {
  it.each<[Sharing]>([["none"], ["transaction"], ["full"]])(
    "depends on no other partner, sharing %s",
    async (sharing) => {
      const alone = await northIsTold(bench, { sharing, otherwise: false });
      const { told, routes } = await northIsTold(bench, { sharing, otherwise: true });
      expect(told).toEqual(alone.told);
      for (const { text } of told) expect(text).not.toMatch(/beside|south's|From south/i);
      const asked = new Set(told.map(({ template }) => template));
      expect(routes.filter((route) => !asked.has(route))).toEqual([]);
      const statuses = new Map(told.map(({ asked, status }) => [asked, status]));
      expect(Math.max(...statuses.values())).toBeLessThan(500);
      // What is its own is there, and of each kind something.
      for (const route of routes.filter((one) => one.startsWith("GET ")))
        expect(
          told.some(({ template, status }) => template === route && status === 200),
          route,
        ).toBe(true);
    },
  );
});
