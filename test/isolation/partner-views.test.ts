import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import type { Sharing } from "../../server/src/agreements/agreement.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { openChannel } from "../channel/channel-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";

const plan = (overrideBp: number) => ({
  plan: "split",
  name: "Split",
  promise: "each_sale",
  rules: [{ rule: "seller", pay: { rateBp: 2000 } }],
  overrides: [{ rule: "above", pay: { rateBp: overrideBp }, from: "vendor" }],
});

/** What north is answered by every route that shows it something, in two worlds that differ in what is others' alone. */
async function northReads(bench: Bench, { sharing, otherwise }: { sharing: Sharing; otherwise: boolean }) {
  const { deps, journey, start, sell } = await openChannel(bench);
  await setAgreement(deps, "north", { sharing, since: start });
  await addPartner(deps, { id: "under", name: "Under", parent: "north" });
  await addPlan(deps, plan(otherwise ? 900 : 500));
  await assignPlan(deps, { plan: "split", since: addDays(start, -1) });
  if (otherwise) {
    await addPartner(deps, { id: "beside", name: "Beside", parent: "big" });
    await addPartner(deps, { id: "top", name: "Top", kind: "distributor" });
    await setAgreement(deps, "south", { sharing: "full", since: start });
    await assignPlan(deps, { plan: "split", partner: "south", since: start });
    await sell("theirs", addDays(start, 1), { by: "south", licence: "CCCC-DDDD" });
  }
  await sell("o1");
  const { key } = await issuePartnerKey(deps, { partner: "north", scopes: ["sales"] });
  const ask = async (path: string) => {
    const response = await journey.app.request(path, { headers: { authorization: `Bearer ${key}` } });
    const text = (await response.text()).replaceAll(/[0-9a-z]{29}/g, "order");
    // Of what holds a key made by chance the tag differs too.
    const tag = text.includes("order") ? "" : response.headers.get("etag");
    return { path, status: response.status, text, tag };
  };
  const paths = [
    "feed",
    "feed?after=zzz",
    "feed?after=%F0",
    "plan",
    "tree",
    "orders?product=acme-paint",
    "orders?product=another",
    "orders?currency=USD",
    "orders?since=2026-11-01T00:00:00Z&until=2026-12-31T00:00:00Z",
    "orders?until=2026-11-01T00:00:00Z",
    "details",
    "nothing",
  ];
  return Promise.all(paths.map((path) => ask(`/v1/partner/${path}`)));
}

onEveryEngine("what a partner reads of itself", (bench) => {
  it.each<[Sharing]>([["none"], ["transaction"], ["full"]])(
    "depends on no other partner, sharing %s",
    async (sharing) => {
      const read = await northReads(bench, { sharing, otherwise: false });
      expect(await northReads(bench, { sharing, otherwise: true })).toEqual(read);
      const [feed, , , paid, tree, ofProduct, ofOther, ofCurrency, ofDays, before] = read.map(({ text }) =>
        JSON.parse(text),
      );
      expect(feed).toMatchObject({
        version: "https://jsonfeed.org/version/1.1",
        items: [{ title: expect.stringMatching(/^27\.67 EUR for /), _tallystick: { creditMinor: 2_767 } }],
      });
      expect(JSON.stringify(feed).includes("shopOrder")).toBe(sharing !== "none");
      expect(paid).toMatchObject({ id: "split", version: 1, percent: null, rules: [{ rule: "seller" }] });
      expect(JSON.stringify(paid)).not.toContain("above");
      expect(tree).toEqual(
        sharing === "none"
          ? { partner: "north", name: "north", tier: 2, above: null, below: [] }
          : {
              partner: "north",
              name: "north",
              tier: 2,
              above: { id: "big", name: "Big" },
              below: [{ id: "under", name: "Under", kind: "reseller", level: 1, parent: "north" }],
            },
      );
      expect([ofProduct, ofOther, ofCurrency, ofDays, before].map(({ orders }) => orders.length)).toEqual([
        1, 0, 0, 1, 0,
      ]);
      // The key is for sales alone: what is not there is refused it in the same way.
      expect(read.slice(-2).map(({ status }) => status)).toEqual([403, 403]);
    },
  );

  it("is limited by key, and the feed pages to its end", async () => {
    const { deps, journey, start, sell } = await openChannel(bench);
    for (let at = 0; at < 60; at++) {
      await sell(`o${at}`, start, { licence: `L-${at}` });
      journey.pass(1 / 24);
    }
    const { key } = await issuePartnerKey(deps, { partner: "north" });
    const headers = { authorization: `Bearer ${key}` };
    const first = await journey.app.request("/v1/partner/feed", { headers });
    expect(first.headers.get("content-type")).toBe("application/feed+json");
    const { items, next_url } = (await first.json()) as { items: object[]; next_url: string };
    expect(items).toHaveLength(50);
    const { pathname, search } = new URL(next_url);
    const second = await journey.app.request(pathname + search, { headers });
    const rest = (await second.json()) as { items: object[] };
    expect(rest.items).toHaveLength(10);
    expect(rest).not.toHaveProperty("next_url");
    const answers = await Promise.all(
      Array.from({ length: 610 }, () => journey.app.request("/v1/partner/plan", { headers })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("retry-after")).toMatch(/^\d+$/);
  });
});
