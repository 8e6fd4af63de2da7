import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { listDeals, listPartnerDeals, showDeal, takeDealStep } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { settleDealSites } from "../../server/src/deals/settle-deal-sites.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { startWarnings } from "../../server/src/receiver/start/start-warnings.ts";
import { Unopened } from "../../server/src/secrets/unopened.ts";
import { query } from "../../server/src/store/query.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { openJourney } from "../journey/journey.ts";
import { dropGuards, runRaw } from "../journey/raw-database.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";

const forgetSites = query<object>()((db) => db.updateTable("deals").set({ site_hash: null }));

/** A receiver with two partners, and a shop in which the vendor sells by itself. */
async function openShop(bench: Bench) {
  const journey = await openJourney(bench);
  const { deps } = journey;
  for (const id of ["north", "south"]) await addPartner(deps, { id, name: id, percent: 20 });
  const sell = async (order: string, email: string) => {
    const event = concealEvent(
      {
        effect: "sale",
        eventId: `evt_${order}`,
        objectId: order,
        order: as.provider(order),
        providerIds: [as.provider(order)],
        cycle: "new",
        product: as.product("acme-paint"),
        netMinor: 10_000,
        taxMinor: 2_000,
        currency: as.currency("EUR"),
        email,
        occurredAt: deps.clock(),
      },
      deps.hashes,
    );
    await deps.store.write((tx) => recordEvent(tx, deps, { shop: as.shop("stripe"), event }, deps.clock()));
    return journey.explain(order);
  };
  return { deps, journey, sell };
}

onEveryEngine("a deal", (bench) => {
  it("credits its partner for the vendor's own sales to the customer, while it is protected", async () => {
    const { deps, journey, sell } = await openShop(bench);
    const { deal_id: deal } = await registerDeal(deps, { partner: "north", customer: "Buyer.example" });
    expect(await sell("early", "ann@buyer.example")).toMatchObject({ outcome: "unattributed" });
    // Saturday, 21 November 2026; five working days later it is Friday.
    expect(await listPartnerDeals(deps, as.partner("north"))).toMatchObject({
      deals: [{ deal, customer: "buyer.example", state: "registered", decideBy: "2026-11-27T09:00:00.000Z" }],
    });
    journey.pass(1);
    await takeDealStep(deps, deal, { step: "accepted", until: addDays(deps.clock(), 30), note: "new to us" });
    expect(await sell("direct", "ann@buyer.example")).toMatchObject({
      outcome: "credited",
      partner: "north",
      evidence: [{ kind: "deal", route: "order_field", partner: "north", verdict: "won" }],
    });
    expect(await sell("other", "ann@other.example")).toMatchObject({ outcome: "unattributed" });
    journey.pass(31);
    expect(await sell("late", "bob@buyer.example")).toMatchObject({
      outcome: "unattributed",
      evidence: [{ kind: "deal", verdict: "refused", reason: "outside_window" }],
    });
    expect((await listDeals(deps)).deals[0]).toMatchObject({ state: "over" });
    await takeDealStep(deps, deal, { step: "extended", until: addDays(deps.clock(), 30), note: "tender" });
    expect(await sell("again", "bob@buyer.example")).toMatchObject({ partner: "north" });
    await takeDealStep(deps, deal, { step: "ended", note: "lost" });
    journey.pass(1);
    expect(await sell("ended", "bob@buyer.example")).toMatchObject({ outcome: "unattributed" });
    await expect(takeDealStep(deps, deal, { step: "ended", note: "lost" })).rejects.toMatchObject({
      code: "deal_settled",
    });
    await journey.expectSoundLedger();
  });

  it("that meets another is named to the vendor alone, and only one of them is accepted", async () => {
    const { deps, journey } = await openShop(bench);
    const first = await registerDeal(deps, { partner: "north", customer: "buyer.example" });
    const alone = await listPartnerDeals(deps, as.partner("north"));
    journey.pass(1 / 24);
    const second = await registerDeal(deps, {
      partner: "south",
      customer: "buyer.example",
      product: "acme-paint",
    });
    expect(await listPartnerDeals(deps, as.partner("north"))).toEqual(alone);
    expect((await listDeals(deps)).deals.map(({ partner, conflicts }) => [partner, conflicts])).toEqual([
      ["south", [{ deal: first.deal_id, partner: "north", state: "registered" }]],
      ["north", [{ deal: second.deal_id, partner: "south", state: "registered" }]],
    ]);
    await takeDealStep(deps, first.deal_id, { step: "accepted", note: "first" });
    await expect(
      takeDealStep(deps, second.deal_id, { step: "accepted", note: "second" }),
    ).rejects.toMatchObject({ code: "deal_conflict" });
    await takeDealStep(deps, second.deal_id, { step: "refused", note: "another partner was earlier" });
    expect(await listPartnerDeals(deps, as.partner("south"))).toMatchObject({
      deals: [{ state: "refused", note: "another partner was earlier" }],
    });
  });

  it.each([
    ["a domain and an address in it", "buyer.example", "ann@buyer.example", true],
    ["an address and its domain", "ann@buyer.example", "buyer.example", true],
    ["a site and an address in a part of it", "buyer.example", "ann@eu.buyer.example", true],
    ["a part of a site and the site", "eu.buyer.example", "buyer.example", true],
    ["two parts of a site", "eu.buyer.example", "us.buyer.example", false],
    ["two addresses of a domain", "ann@buyer.example", "bob@buyer.example", false],
    ["two addresses at a mail provider", "ann@gmail.com", "bob@gmail.com", false],
    ["one address at a mail provider", "ann@gmail.com", "Ann@GMAIL.com", true],
  ])("is in conflict with another where both have a buyer: %s", async (_, first, second, meets) => {
    const { deps, journey } = await openShop(bench);
    const north = await registerDeal(deps, { partner: "north", customer: first });
    // As an earlier version kept it.
    await deps.store.write((tx) => tx.run(forgetSites, {}));
    await settleDealSites(deps);
    journey.pass(1 / 24);
    const south = await registerDeal(deps, { partner: "south", customer: second });
    const conflicts = (await listDeals(deps)).deals.map((one) => one.conflicts.map(({ deal }) => deal));
    expect(conflicts).toEqual(meets ? [[north.deal_id], [south.deal_id]] : [[], []]);
    await takeDealStep(deps, north.deal_id, { step: "accepted", note: "first" });
    const taken = takeDealStep(deps, south.deal_id, { step: "accepted", note: "second" });
    if (meets) await expect(taken).rejects.toMatchObject({ code: "deal_conflict" });
    else expect(await taken).toMatchObject({ state: "accepted" });
    await journey.expectSoundLedger();
  });

  it("is registered and read by the partner's own key, and is no other partner's", async () => {
    const { deps, journey } = await openShop(bench);
    const ask = async (partner: string, body?: object) => {
      const { key } = await issuePartnerKey(deps, { partner, scopes: ["deals"] });
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
      const response = await journey.app.request("/v1/partner/deals", init);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const made = await ask("north", { customer: "ann@buyer.example", territory: "AT" });
    expect(made).toMatchObject({ status: 201, body: { customer: "ann@buyer.example", territory: "AT" } });
    // Told twice it is one, and a mail provider's domain is nobody's customer.
    expect((await ask("north", { customer: "Ann@buyer.example" })).body.deal).toBe(made.body.deal);
    expect(await ask("north", { customer: "gmail.com" })).toMatchObject({
      status: 400,
      body: { code: "request_invalid" },
    });
    expect((await ask("south")).body).toEqual({ deals: [], next: null });
    const theirs = await ask("south", { customer: "ann@buyer.example" });
    expect(Object.keys(theirs.body).sort()).toEqual(Object.keys(made.body).sort());
    expect(JSON.stringify(theirs.body)).not.toContain("north");
    const all = await journey.admin("GET", "/v1/deals");
    expect(all.body.deals).toHaveLength(2);
    const accepted = await journey.admin("POST", `/v1/deals/${made.body.deal}/steps`, {
      step: "accepted",
      note: "yes",
    });
    expect(accepted).toMatchObject({
      status: 200,
      body: { state: "accepted", conflicts: [{ partner: "south" }] },
    });
  });

  it("of before gets its site at the start, in steps that go on after a kill; one that does not open is left and said", async () => {
    const { deps, journey } = await openShop(bench);
    for (const name of ["a", "b", "c", "d", "e"]) {
      await registerDeal(deps, { partner: "north", customer: `ann@${name}.example` });
      journey.pass(1 / 24);
    }
    const [broken] = (await listDeals(deps)).deals.slice(1);
    if (broken === undefined) throw new Error("no deal");
    await dropGuards(journey.database, "deals");
    await runRaw(journey.database, [
      "update deals set site_hash = null",
      `update deals set customer_sealed = (select customer_sealed from deals order by deal_id limit 1)
        where deal_id = '${broken.deal}'`,
    ]);
    let steps = 0;
    const killed: typeof deps.store = {
      ...deps.store,
      write: (work) => (steps++ < 2 ? deps.store.write(work) : Promise.reject(new Error("killed"))),
    };
    const options = { rowsPerStep: 1 };
    await expect(settleDealSites({ ...deps, store: killed }, options)).rejects.toThrow("killed");
    const left = { broken: 1, named: [broken.deal] };
    expect(await settleDealSites(deps, options)).toEqual({ settled: 2, ...left });
    // Where there is nothing to give, nothing is written; what did not open is looked at again once it was changed.
    const unwritten = { ...deps.store, write: () => Promise.reject(new Error("written")) };
    const unopened = new Unopened();
    let openings = 0;
    const hashes = {
      ...deps.hashes,
      get dealKey() {
        openings++;
        return deps.hashes.dealKey;
      },
    };
    for (const expected of [1, 1]) {
      const round = settleDealSites({ store: unwritten, hashes }, { ...options, unopened });
      expect(await round).toEqual({ settled: 0, ...left });
      expect(openings).toBe(expected);
    }
    await runRaw(journey.database, [
      `update deals set customer_sealed = (select customer_sealed from deals order by deal_id desc limit 1)
        where deal_id = '${broken.deal}'`,
    ]);
    expect(await settleDealSites({ store: unwritten, hashes }, { ...options, unopened })).toMatchObject(left);
    expect(openings).toBe(2);
    expect(await startWarnings(deps)).toEqual([expect.stringContaining(`by hand: ${broken.deal}. See`)]);
    // Whoever registers, decides or lists is kept from it by none that does not open.
    const south = await registerDeal(deps, { partner: "south", customer: "e.example" });
    expect((await listDeals(deps)).deals).toMatchObject([
      { deal: south.deal_id, conflicts: [{ partner: "north" }] },
      { customer: "ann@e.example" },
      { deal: broken.deal, customer: "(cannot be opened)", conflicts: [] },
      {},
      {},
      {},
    ]);
    await takeDealStep(deps, broken.deal, { step: "refused", note: "nobody can tell whose it is" });
    expect((await verifyLedger(deps)).failures).toContainEqual(
      `deal ${broken.deal}: it is not about the customer that is sealed in it`,
    );
  });

  it("names to the vendor who else sold to the customer, before it is accepted and when it is", async () => {
    const { deps, journey, sell } = await openShop(bench);
    const own = await registerDeal(deps, { partner: "south", customer: "buyer.example" });
    await takeDealStep(deps, own.deal_id, { step: "accepted", note: "new" });
    await sell("first", "ann@buyer.example");
    await sell("second", "bob@eu.buyer.example");
    await takeDealStep(deps, own.deal_id, { step: "ended", note: "over" });
    const at = new Date(deps.clock()).toISOString();
    journey.pass(1);
    const soldBy = async (partner: string, customer: string, product?: string) => {
      const about = product === undefined ? {} : { product };
      const { deal_id } = await registerDeal(deps, { partner, customer, ...about });
      const waits = await showDeal(deps, deal_id);
      const answered = await takeDealStep(deps, deal_id, { step: "accepted", note: "yes" });
      await takeDealStep(deps, deal_id, { step: "ended", note: "over" });
      expect(answered.soldBy).toEqual(waits.soldBy);
      return answered.soldBy;
    };
    const south = (orders: number) => [{ partner: "south", orders, lastSoldAt: at }];
    expect(await soldBy("north", "buyer.example")).toEqual(south(2));
    expect(await soldBy("north", "ann@buyer.example")).toEqual(south(1));
    expect(await soldBy("north", "eve@buyer.example")).toEqual([]);
    expect(await soldBy("north", "other.example")).toEqual([]);
    expect(await soldBy("north", "buyer.example", "acme-paint")).toEqual(south(2));
    expect(await soldBy("south", "buyer.example")).toEqual([]);
  });
});
