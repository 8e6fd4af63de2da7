import { expect, it } from "vitest";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { listOrganisations } from "../../server/src/customers/organisations.ts";
import { listCustomers } from "../../server/src/customers/shown-customers.ts";
import { workEnded } from "../../server/src/work/work.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { idOf, inTwoSteps, textOf, upload } from "./console-forms.ts";
import { openConsole } from "./console-world.ts";

const path = "/console/customers";
const licence = "LICENCE-0001-WXYZ";
const ann = {
  email: "ann@works.example",
  name: "Ann <Works>",
  address: "1 Paint Street",
  language: "de",
  organisation: "Works > Vienna",
  part_uses: "1",
  part_decides: "1",
  product: "acme-paint",
  licence,
};

onEveryEngine("customers in the console", (bench) => {
  it("keeps one, shows who sold the licence, the address whole or not by role, and removes it", async () => {
    const world = await openConsole(bench);
    await addPartner(world.deps, { id: "north", name: "North", percent: 20 });
    await addCoupon(world.deps, { code: "NORTH10", partner: "north" });
    await world.sell({ order: "A-1", coupon: "NORTH10", licence });
    const [channel, auditor, support] = [
      await world.as("channel"),
      await world.as("auditor"),
      await world.as("support"),
    ];
    expect((await support.post(`${path}/add`, ann)).status).toBe(403);
    const refused = await channel.post(`${path}/add`, { ...ann, licence: "", organisation: "" });
    expect([refused.status, (await refused.text()).includes(`value="${ann.email}"`)]).toEqual([422, true]);
    const kept = await channel.post(`${path}/add`, ann);
    expect(kept.headers.get("location")).toBe(`${path}?done=kept`);
    const list = await textOf(channel.get(path));
    for (const said of [
      ann.email,
      "Ann &lt;Works&gt;",
      "Vienna",
      "uses, decides",
      "…WXYZ",
      "/console/partners/north",
    ])
      expect(list).toContain(said);
    expect([list.includes(licence), list.includes(ann.address)]).toEqual([false, false]);

    for (const where of [path, `${path}?format=csv`]) {
      const masked = await textOf(auditor.get(where));
      expect([masked.includes("a…@works.example"), masked.includes(ann.email)]).toEqual([true, false]);
      expect(masked).not.toContain(`${path}/remove`);
    }
    const [{ customer } = { customer: "" }] = (await listCustomers(world.deps)).customers;
    expect((await auditor.get(`${path}/remove?customer=${customer}`)).status).toBe(403);
    expect(await textOf(support.get(`${path}/remove?customer=${customer}`))).toContain(ann.email);
    expect(await inTwoSteps(support, `${path}/remove`, { customer })).toBe(`${path}?done=removed`);
    expect((await listCustomers(world.deps)).customers).toEqual([]);
    expect((await support.get(`${path}/remove?customer=${customer}`)).status).toBe(404);
    const { entries } = await listAudit(world.deps);
    expect(entries.map(({ actor }) => actor)).toEqual(expect.arrayContaining([channel.actor, support.actor]));
    expect(JSON.stringify(entries)).not.toContain(ann.email);
  });

  it("brings a list in, after a run that keeps nothing and names rows that are left out", async () => {
    const world = await openConsole(bench);
    const channel = await world.as("channel");
    const text = "email,organisation,parts\nann@works.example,Works > Vienna,buys\nno address,Works,buys\n";
    const send = async (fields: Record<string, string>) => {
      const started = await upload(channel, `${path}/import`, fields, { name: "c.csv", text });
      await workEnded(idOf(started));
      return textOf(channel.get(started.headers.get("location") ?? ""));
    };
    const rehearsed = await send({ dryRun: "1" });
    expect(rehearsed).toContain("not_an_address");
    expect(rehearsed).not.toContain("no address");
    expect((await listCustomers(world.deps)).customers).toEqual([]);
    await send({});
    expect((await listCustomers(world.deps)).customers).toMatchObject([{ email: "ann@works.example" }]);
  });

  it("shows organisations below those they are a part of, and moves one", async () => {
    const world = await openConsole(bench);
    const [channel, auditor] = [await world.as("channel"), await world.as("auditor")];
    for (const organisation of ["Works > Vienna", "Holding"])
      await channel.post(`${path}/add`, { email: `${organisation.length}@works.example`, organisation });
    const idNamed = async (wanted: string) =>
      (await listOrganisations(world.deps)).organisations.find(({ name }) => name === wanted)?.organisation ??
      "";
    const [works, vienna, holding] = [
      await idNamed("Works"),
      await idNamed("Vienna"),
      await idNamed("Holding"),
    ];
    const tree = await textOf(auditor.get(`${path}/organisations`));
    expect([tree.includes("Works &gt; Vienna"), tree.includes("organisations/move")]).toEqual([true, false]);
    const move = `${path}/organisations/move`;
    expect((await auditor.get(`${move}?organisation=${works}`)).status).toBe(403);
    expect(await textOf(channel.get(`${move}?organisation=${works}`))).toContain(`value="${holding}"`);
    expect((await channel.get(move)).status).toBe(404);
    expect(await inTwoSteps(channel, move, { organisation: works, below: holding })).toBe(
      `${path}/organisations?done=kept`,
    );
    expect(await textOf(channel.get(`${path}/organisations`))).toContain("Holding &gt; Works &gt; Vienna");
    const circle = await channel.post(move, { organisation: holding, below: vienna, step: "do" });
    expect(circle.status).toBe(422);
    expect(await inTwoSteps(channel, move, { organisation: works })).toBe(`${path}/organisations?done=kept`);
    const moved = (await listOrganisations(world.deps)).organisations.find(({ name }) => name === "Works");
    expect(moved?.parent).toBeNull();
  });
});
