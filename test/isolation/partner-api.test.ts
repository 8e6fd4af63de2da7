import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import type { Sharing } from "../../server/src/agreements/agreement.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { suspendPartner } from "../../server/src/channel/partner-standing.ts";
import { takeDealStep } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
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

/** What north sees of everything, when the distributor above it has another share and south sells beside it or does not. */
async function northSees(bench: Bench, { sharing, otherwise }: { sharing: Sharing; otherwise: boolean }) {
  const { deps, journey, start, sell, refund } = await openChannel(bench);
  await setAgreement(deps, "north", { sharing, since: start });
  await setAgreement(deps, "big", { sharing: otherwise ? "full" : "none", since: start });
  await addPlan(deps, plan(otherwise ? 900 : 500));
  await assignPlan(deps, { plan: "split", since: addDays(start, -1) });
  await sell("o1");
  const deal = { customer: "buyer.example", territory: "AT" };
  if (otherwise) {
    await sell("theirs", addDays(start, 1), { by: "south", licence: "CCCC-DDDD" });
    await setAgreement(deps, "south", { territories: ["AT"], since: start });
    const { deal_id } = await registerDeal(deps, { partner: "south", ...deal });
    await takeDealStep(deps, deal_id, { step: "accepted", note: "south's" });
    await suspendPartner(deps, "south");
  }
  await registerDeal(deps, { partner: "north", ...deal });
  // Keys of orders begin with the time and end by chance.
  journey.pass(1);
  await sell("o2", addDays(start, 2), { licence: "EEEE-FFFF" });
  await refund("o1", 3, { amountMinor: 4_000 });
  const { key } = await issuePartnerKey(deps, { partner: "north" });
  const ask = async (path: string) => {
    const response = await journey.app.request(path, { headers: { authorization: `Bearer ${key}` } });
    // Keys of orders are made by chance; each is replaced by its place among those this partner sees.
    const keys: string[] = [];
    const body = (await response.text()).replaceAll(/dl_[0-9a-z]+/g, "a deal");
    const text = body.replaceAll(/"[0-9a-z]{29}"/g, (found) => {
      if (!keys.includes(found)) keys.push(found);
      return `"order ${keys.indexOf(found)}"`;
    });
    return { path, status: response.status, text };
  };
  const paths = [
    "orders",
    "orders?limit=1",
    "orders/stripe/o1",
    "orders/stripe/theirs",
    "orders/stripe/nothing",
    "balances",
    "deals",
    "plan",
  ];
  return Promise.all(paths.map((path) => ask(`/v1/partner/${path}`)));
}

onEveryEngine("a partner's API", (bench) => {
  it.each<[Sharing]>([["none"], ["transaction"], ["full"]])(
    "shows nothing that depends on another partner, sharing %s",
    async (sharing) => {
      const seen = await northSees(bench, { sharing, otherwise: false });
      expect(await northSees(bench, { sharing, otherwise: true })).toEqual(seen);
      const [all, page, own, theirs, nothing, sums] = seen;
      expect(JSON.parse(all?.text ?? "")).toMatchObject({
        orders: [{ creditMinor: 2_767 }, { creditMinor: 2_100 }],
        next: null,
      });
      expect(all?.text.includes("shopOrder")).toBe(sharing !== "none");
      expect(JSON.parse(page?.text ?? "")).toMatchObject({
        orders: [{ creditMinor: 2_767 }],
        next: "order 0",
      });
      expect(JSON.parse(own?.text ?? "")).toMatchObject({ reason: "click_reference", plan: { id: "split" } });
      expect([theirs?.status, nothing?.status]).toEqual([404, 404]);
      expect(theirs?.text).toBe(nothing?.text);
      expect(JSON.parse(sums?.text ?? "")).toHaveLength(1);
      expect(JSON.parse(seen[6]?.text ?? "")).toMatchObject({
        deals: [{ state: "registered", territory: "AT" }],
      });
      for (const { text } of seen) expect(text).not.toMatch(/big|south|above/);
    },
  );

  it("knows an answer by its tag, and another order changes it", async () => {
    const { deps, journey, sell } = await openChannel(bench);
    await sell("o1");
    const { key } = await issuePartnerKey(deps, { partner: "north" });
    const ask = (tag?: string) =>
      journey.app.request("/v1/partner/orders", {
        headers: { authorization: `Bearer ${key}`, ...(tag === undefined ? {} : { "if-none-match": tag }) },
      });
    const tag = (await ask()).headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    expect((await ask(tag)).status).toBe(304);
    await sell("o2");
    expect((await ask(tag)).status).toBe(200);
  });
});
