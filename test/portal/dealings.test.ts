import { expect, it } from "vitest";
import { listPartnerKeys } from "../../server/src/access/partner-keys.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { listDeals, takeDealStep } from "../../server/src/deals/deals.ts";
import { writeNews } from "../../server/src/news/news.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { noteDigests } from "../../server/src/portal/digests.ts";
import { addDays, instant } from "../../server/src/words/clock.ts";
import { signedIn } from "../access/access-world.ts";
import { openConsole } from "../console/console-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { read, seen } from "./seen.ts";

/** A receiver with two partners, of which north has people; a vendor's own shop sells. */
async function openDealings(bench: Bench, more: Record<string, unknown> = {}) {
  const world = await openConsole(bench, more);
  const { deps } = world;
  for (const id of ["north", "south"]) await addPartner(deps, { id, name: id, percent: 20 });
  await setAgreement(deps, "north", { sharing: "transaction" });
  const person = async (role: string, partner = "north") =>
    (await addPerson(deps, { mail: `${role}@${partner}.example`, role, partner, addedBy: "cli:test" })).id;
  const signIn = async (role: string, partner?: string) =>
    signedIn(world, { person: await person(role, partner) });
  return Object.assign(world, { person, signIn });
}

const noticesOf = async ({ deps }: Awaited<ReturnType<typeof openDealings>>, kind: string) => {
  const { findUntold } = await import("../../server/src/notices/rows/notices.ts");
  const rows = await deps.store.read((tx) => findUntold(tx, 500));
  return rows.filter((row) => row.kind === kind).map((row) => ({ ...row, facts: JSON.parse(row.facts) }));
};

onEveryEngine("what a partner does in its portal", (bench) => {
  it("registers a customer before a sale, and reads what the vendor said, as nobody else does", async () => {
    const { deps, signIn } = await openDealings(bench);
    const owner = await signIn("owner");
    expect((await owner.post("/portal/deals", { customer: "not a domain" })).status).toBe(400);
    expect((await owner.post("/portal/deals", { customer: "tulip.example", territory: "at" })).status).toBe(
      303,
    );
    const [deal] = (await listDeals(deps)).deals;
    expect(deal).toMatchObject({ partner: "north", territory: "AT", state: "registered" });
    await takeDealStep(deps, deal?.deal ?? "", { step: "accepted", note: "A new customer of yours" });
    const page = seen(await read(owner.get("/portal/deals")));
    expect(page).toContain("tulip.example");
    expect(page).toContain("A new customer of yours");
    const other = await signIn("owner", "south");
    expect(await read(other.get("/portal/deals"))).not.toContain("tulip.example");
    const viewer = await signIn("viewer");
    expect(await read(viewer.get("/portal/deals"))).not.toContain('name="customer"');
    expect((await viewer.post("/portal/deals", { customer: "beta.example" })).status).toBe(403);
  });

  it("sets a webhook and issues a key, whose secrets are shown once, to owners soon after a sign-in", async () => {
    const { deps, signIn, pass } = await openDealings(bench);
    const owner = await signIn("owner");
    const made = await read(
      owner.post("/portal/connections", { do: "set", url: "https://north.example/hook" }),
    );
    expect(made).toMatch(/value="whsec_[^"]+" data-copy/);
    const again = await read(owner.get("/portal/connections"));
    expect(again).toContain("https://north.example/hook");
    expect(again).not.toContain("whsec_");
    const issued = await read(owner.post("/portal/connections", { do: "issue", name: "our books" }));
    expect(issued).toMatch(/value="tsp_[^"]+"/);
    const [key] = await listPartnerKeys(deps, "north");
    expect(key?.name).toBe("our books");
    const other = await signIn("owner", "south");
    expect((await other.post("/portal/connections", { do: "revoke", key: key?.id ?? "" })).status).toBe(404);
    const revoke = { do: "revoke", key: key?.id ?? "" };
    expect(await read(owner.post("/portal/connections", revoke))).toContain("Revoke this key?");
    expect((await listPartnerKeys(deps, "north"))[0]?.status).toBe("active");
    expect((await owner.post("/portal/connections", { ...revoke, step: "do" })).status).toBe(303);
    expect((await listPartnerKeys(deps, "north"))[0]?.status).toBe("revoked");
    const removed = await read(owner.post("/portal/connections", { do: "remove" }));
    expect(removed).toContain("https://north.example/hook");
    expect(await read(owner.get("/portal/connections"))).toContain("https://north.example/hook");
    await owner.post("/portal/connections", { do: "remove", step: "do" });
    expect(await read(owner.get("/portal/connections"))).not.toContain("https://north.example/hook");
    expect((await (await signIn("finance")).get("/portal/connections")).status).toBe(403);
    // An hour: a sign-in of that age still signs in, and is fresh no more.
    pass(1 / 24);
    const stale = await owner.get("/portal/connections");
    expect([stale.status, stale.headers.get("location")]).toEqual([
      303,
      "/sign-in?to=%2Fportal%2Fconnections&again=1",
    ]);
  });

  it("says what of a day did not count for a reason of its own, on the page and in the summary", async () => {
    const world = await openDealings(bench);
    const { deps, sell, signIn, pass } = world;
    await addCoupon(deps, { partner: "north", code: "NORTH" });
    await addCoupon(deps, { partner: "north", code: "OLD", validUntil: addDays(world.now, 1) });
    await addCoupon(deps, { partner: "south", code: "SOUTH", validUntil: addDays(world.now, 1) });
    pass(2);
    const day = new Date(world.now).toISOString().slice(0, 10);
    await sell({ order: "A-1", coupon: "NORTH" });
    await sell({ order: "A-2", coupon: "OLD" });
    await sell({ order: "A-3", coupon: "SOUTH" });
    const owner = await signIn("owner");
    const page = seen(await read(owner.get(`/portal/why?day=${day}`)));
    expect(page).toMatch(/Counts for you.*A-1.*Did not count.*A-2.*the coupon had expired/);
    expect(page).not.toContain("A-3");
    expect(seen(await read(owner.get("/portal/why?day=2020-01-01")))).toContain("Nothing of yours was seen");
    await deps.store.write(async (tx) => {
      const { findPeopleOfSide, updateDigest } = await import("../../server/src/people/rows/people.ts");
      const { as } = await import("../../server/src/words/ids.ts");
      for (const { id } of await findPeopleOfSide(tx, as.partner("north")))
        await updateDigest(tx, { id, digest: "daily" });
    });
    // More than the first screen shows.
    for (let at = 4; at < 14; at++) await sell({ order: `A-${at}`, coupon: "NORTH" });
    pass(1);
    await noteDigests(deps);
    const [digest] = await noticesOf(world, "digest");
    expect(digest?.facts.credited).toBe(11);
    expect(digest?.facts.uncounted).toEqual([{ order: "A-2", reason: "coupon_expired" }]);
    await setAgreement(deps, "north", { sharing: "none" });
    expect(await read(owner.get(`/portal/why?day=${day}`))).not.toContain("A-2");
  });

  it("reads the vendor's news, which is mailed to its people unless they ended their summaries", async () => {
    const world = await openDealings(bench);
    const { deps, signIn } = world;
    const owner = await signIn("owner");
    const channel = await world.as("channel");
    const news = { title: "A <new> version", text: "Out on Monday.\n\nPrices stay." };
    expect((await channel.post("/console/news/write", { ...news, title: "" })).status).toBe(422);
    expect(await read(channel.post("/console/news/write", news))).toContain("Tell all partners this?");
    expect(await read(owner.get("/portal/news"))).toContain("Nothing was told yet");
    await channel.post("/console/news/write", { ...news, step: "do" });
    const page = await read(owner.get("/portal/news"));
    expect(page).toContain("A &lt;new&gt; version");
    expect(page).toContain('<p dir="auto">Prices stay.</p>');
    expect((await noticesOf(world, "news")).map(({ partner_id }) => partner_id).sort()).toEqual([
      "north",
      "south",
    ]);
    const [, id] = /name="news" value="([^"]+)"/.exec(await read(channel.get("/console/news"))) ?? [];
    const asked = await read(channel.post("/console/news/withdraw", { news: id ?? "" }));
    expect(asked).toContain("Withdraw this news?");
    expect(asked).toContain("A &lt;new&gt; version");
    expect(await read(owner.get("/portal/news"))).toContain("Prices stay.");
    await channel.post("/console/news/withdraw", { news: id ?? "", step: "do" });
    expect(await read(owner.get("/portal/news"))).toContain("Nothing was told yet");
    expect((await (await world.as("auditor")).post("/console/news/write", news)).status).toBe(403);
    await expect(writeNews(deps, { title: "x\ny", text: "z" })).rejects.toThrow("A title has");
  });

  it("sees what its plan's periods come to, and of the tree no more than its agreement shares", async () => {
    const world = await openDealings(bench);
    const { deps, sell, signIn } = world;
    await addPartner(deps, { id: "below", name: "Below Shop", parent: "north", percent: 10 });
    await addCoupon(deps, { partner: "north", code: "NORTH" });
    await addPlan(deps, {
      plan: "tiers",
      name: "Tiers",
      promise: "each_sale",
      rules: [{ rule: "all", pay: { rateBp: 2000 } }],
      terms: [
        {
          term: "bonus",
          every: "month",
          currency: "EUR",
          counts: { measure: "units" },
          bonuses: [{ at: 1, amountMinor: 5_000 }],
        },
      ],
    });
    await assignPlan(deps, { plan: "tiers", partner: "north", since: instant(world.now - 1) });
    await sell({ order: "A-1", coupon: "NORTH" });
    const owner = await signIn("owner");
    const page = seen(await read(owner.get("/portal/plan", { "accept-language": "en" })));
    expect(page).toContain("By month, quarter or year");
    expect(page).toContain("€50.00");
    expect(page).toContain("Below Shop");
    await setAgreement(deps, "north", { sharing: "none" });
    expect(await read(owner.get("/portal/plan"))).not.toContain("Below Shop");
  });

  it("speaks ten languages", async () => {
    const { signIn } = await openDealings(bench);
    const owner = await signIn("owner");
    const titles = new Set<string>();
    for (const tag of ["en", "de", "ar", "fr", "es", "it", "pt-BR", "pl", "ja", "zh-Hans"]) {
      const page = await read(owner.get("/portal/why", { "accept-language": tag }));
      expect(page).toContain(`<html lang="${tag}"`);
      titles.add(/<h1>([^<]+)/.exec(page)?.[1] ?? "");
    }
    expect(titles.size).toBe(10);
  });
});
