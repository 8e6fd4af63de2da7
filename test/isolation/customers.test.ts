import { expect, it } from "vitest";
import type { Sharing } from "../../server/src/agreements/agreement.ts";
import { mergePartner } from "../../server/src/channel/partner-standing.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { licencesOfCustomer } from "../../server/src/mandates/customer-licences.ts";
import { giveMandate } from "../../server/src/mandates/mandates.ts";
import { findUntold } from "../../server/src/notices/rows/notices.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { announcePlan } from "../../server/src/simulations/announce-plan.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { openCustomers } from "../customers/customers-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";

const ann = "ann@works.example";
const product = "acme-paint";

/** What north is answered by each route about customers, in two worlds that differ in what is others' alone. */
async function northSees(bench: Bench, { sharing, otherwise }: { sharing: Sharing; otherwise: boolean }) {
  const { deps, start, sell, ask, agree } = await openCustomers(bench);
  await agree("north", { sharing });
  await sell("o1", addDays(start, -3), { licence: "NNNN-0001", email: ann });
  if (otherwise) {
    await agree("south", { sharing: "full" });
    await agree("big", { sharing: "full" });
    await addPartner(deps, { id: "old-south", name: "Old South" });
    await sell("o2", addDays(start, -2), { by: "south", licence: "SSSS-0001", email: ann });
    await ask("south", "/v1/partner/customers", {
      method: "POST",
      body: {
        customers: [
          {
            email: ann,
            name: "South's Ann",
            organisation: ["Works", "South's"],
            product,
            licence: "SSSS-0001",
          },
          { email: "sam@south.example", product, licence: "SSSS-0001" },
        ],
      },
    });
    const theirs = (await licencesOfCustomer(deps, ann)).find(({ seller }) => seller?.id === "south");
    await giveMandate(deps, { email: ann, key: theirs?.key ?? "", partner: "south" });
    await mergePartner(deps, "old-south", { into: "south" });
    await tellCustomers(deps, { by: "vendor" }, [
      { row: 1, email: "sue@works.example", product, licence: "SSSS-0001" },
      { row: 2, email: "bob@works.example", product, licence: "SSSS-0001", parts: ["administers"] },
    ]);
  }
  await tellCustomers(deps, { by: "vendor" }, [
    {
      row: 1,
      email: "bob@works.example",
      name: "Bob",
      organisation: ["Works"],
      product,
      licence: "NNNN-0001",
    },
  ]);
  const own = (await licencesOfCustomer(deps, ann)).find(({ seller }) => seller?.id === "north");
  const { mandate } = await giveMandate(deps, { email: ann, key: own?.key ?? "", partner: "north" });
  const told = (licence: string) => ({
    method: "POST",
    body: { customers: [{ email: ann, name: "Ann", product, licence }] },
  });
  const asked = [
    ["customers", told("NNNN-0001")],
    ["customers", told("SSSS-0001")],
    ["customers", told("ZZZZ-0001")],
    ["customers", {}],
    ["customers?limit=1", {}],
    [`customers/cu_${"0".repeat(25)}`, { method: "DELETE" }],
    ["mandates", {}],
    [`mandates/${mandate}`, {}],
    [`mandates/${mandate}/renewal-link`, { method: "POST", body: { licence: "SSSS-0001" } }],
    [`mandates/ma_${"0".repeat(25)}`, {}],
  ] as const;
  const seen: { path: string; status: number; text: string }[] = [];
  for (const [path, how] of asked) {
    const { status, text } = await ask("north", `/v1/partner/${path}`, how);
    // Ids are made by chance.
    const plain = (some: string) => some.replaceAll(/(cu|ma)_[0-9a-z]{25}/g, "$1");
    seen.push({ path: plain(path), status, text: plain(text) });
  }
  return seen;
}

onEveryEngine("what a partner learns of customers", (bench) => {
  it.each<[Sharing]>([["none"], ["transaction"], ["full"]])(
    "depends on no other partner, sharing %s",
    async (sharing) => {
      const seen = await northSees(bench, { sharing, otherwise: false });
      expect(await northSees(bench, { sharing, otherwise: true })).toEqual(seen);
      const isFull = sharing === "full";
      expect(seen.map(({ status }) => status)).toEqual(
        isFull
          ? [200, 200, 200, 200, 200, 404, 200, 200, 409, 404]
          : [409, 409, 409, 200, 200, 404, 200, 200, 409, 404],
      );
      const { customers } = JSON.parse(seen[3]?.text ?? "") as { customers: { name: string }[] };
      expect(customers.map(({ name }) => name).sort()).toEqual(isFull ? ["Ann", "Bob"] : []);
    },
  );

  it("of a change that is announced has its own name in it and nobody else's share", async () => {
    const { deps, start, sell, journey } = await openCustomers(bench);
    const plan = (rateBp: number, overrideBp: number) => ({
      plan: "split",
      name: "Split",
      promise: "each_sale",
      rules: [{ rule: "seller", pay: { rateBp } }],
      overrides: [{ rule: "above", pay: { rateBp: overrideBp }, from: "vendor" }],
    });
    await addPlan(deps, plan(2_000, 500));
    await assignPlan(deps, { plan: "split", since: start });
    await sell("o1", deps.clock(), { licence: "N-1" });
    await sell("o2", deps.clock(), { licence: "S-1", by: "south" });
    for (const partner of ["north", "south", "big"])
      await setPartnerWebhook(deps, { partner, url: `https://hooks.${partner}.example/in` });
    journey.pass(30);
    await addPlan(deps, plan(1_500, 250));
    await assignPlan(deps, { plan: "split", since: addDays(deps.clock(), 14) });
    expect((await announcePlan(deps, "split")).told.sort()).toEqual(["big", "north", "south"]);
    const notices = await deps.store.read((tx) => findUntold(tx, 10));
    const messages = await deps.store.cold
      .selectFrom("outbox")
      .selectAll()
      .where("kind", "=", "notice")
      .execute();
    expect([notices.length, messages.length]).toEqual([3, 3]);
    // All say the same but for whom they are to: the plan's name and the day, and neither a rate nor another partner.
    const ownName = /"partner":"(?:north|south|big)"/;
    const texts = [
      ...notices.map(({ facts }) => facts),
      ...messages.map(({ facts }) => facts.replace(ownName, "")),
    ];
    expect(new Set(texts).size).toBe(2);
    for (const text of texts) expect(text).not.toMatch(/north|south|big|above|rate|\b(1500|2000|250|500)\b/i);
  });
});
