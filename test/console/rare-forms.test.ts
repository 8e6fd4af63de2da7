import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner, listPartners, showPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { showDeal } from "../../server/src/deals/deals.ts";
import { showDispute } from "../../server/src/disputes/open-dispute.ts";
import { listKeys } from "../../server/src/keys/signing-keys.ts";
import { workEnded } from "../../server/src/work/work.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { idOf, inTwoSteps, textOf, upload } from "./console-forms.ts";
import { openConsole } from "./console-world.ts";

async function openWithPartners(bench: Bench, more: Record<string, unknown> = {}) {
  const world = await openConsole(bench, more);
  for (const id of ["north", "south"]) await addPartner(world.deps, { id, name: id, percent: 20 });
  return { ...world, channel: await world.as("channel") };
}

/** The id in the address that a form led to. */
const madeBy = (answer: Response): string => idOf(answer).replace("?done=kept", "");

onEveryEngine("what is seldom done in the console", (bench) => {
  it("looks through another programme's export, and brings it in", async () => {
    const { deps, as } = await openConsole(bench);
    const channel = await as("channel");
    const sample = new URL("../imports/samples/post-affiliate-pro.csv", import.meta.url);
    const file = { name: "export.csv", text: await readFile(sample, "utf8") };
    const bring = async (fields: Record<string, string>) => {
      const sent = { programme: "post-affiliate-pro", product: "acme-paint", ...fields };
      const started = await upload(channel, "/console/import", sent, file);
      await workEnded(idOf(started));
      return textOf(channel.get(started.headers.get("location") ?? ""));
    };
    expect(await bring({ dryRun: "1" })).toContain("nora-nord");
    expect(await listPartners(deps)).toEqual([]);
    await bring({});
    expect((await listPartners(deps)).map(({ id }) => id).sort()).toEqual(["nora-nord", "wes-weston"]);
  });

  it("suspends a partner, and merges one into another", async () => {
    const { deps, channel } = await openWithPartners(bench);
    await inTwoSteps(channel, "/console/partners/north/suspend");
    expect((await showPartner(deps, "north")).status).toBe("suspended");
    // Nothing is left to do, so no button is offered.
    expect(await textOf(channel.get("/console/partners/north/suspend"))).not.toContain('value="do"');
    const itself = await channel.post("/console/partners/south/merge", { into: "nobody", step: "do" });
    expect([itself.status, (await itself.text()).includes('value="nobody"')]).toEqual([422, true]);
    await addPartner(deps, { id: "south-east", name: "South East", percent: 20 });
    await inTwoSteps(channel, "/console/partners/south-east/merge", { into: "south" });
    expect(await showPartner(deps, "south-east")).toMatchObject({ status: "merged", mergedInto: "south" });
  });

  it("registers a deal and contests an order in a partner's name", async () => {
    const { deps, channel, sell } = await openWithPartners(bench);
    const deal = { partner: "north", customer: "works.example", product: "acme-paint", territory: "at" };
    const wrong = await channel.post("/console/deals/register", { ...deal, customer: "no domain" });
    expect([wrong.status, (await wrong.text()).includes('value="no domain"')]).toEqual([422, true]);
    const registered = await channel.post("/console/deals/register", deal);
    expect(await showDeal(deps, madeBy(registered))).toMatchObject({ partner: "north", territory: "AT" });
    await sell({ order: "A-1" });
    const opened = await channel.post("/console/disputes/open", {
      partner: "south",
      number: "A-1",
      text: "We sold it.",
    });
    expect(await showDispute(deps, madeBy(opened))).toMatchObject({ order: { order: "A-1" }, state: "open" });
    const unsaid = await channel.post("/console/disputes/open", { partner: "south", text: "Which?" });
    expect(unsaid.status).toBe(422);
  });

  it("applies a rule to the held orders that it settles", async () => {
    const home = { rule: "home", class: "territory" };
    const world = await openWithPartners(bench, { attribution: { onConflict: "hold", rules: [home] } });
    const { deps, channel } = world;
    for (const partner of ["north", "south"]) await addCoupon(deps, { code: partner.toUpperCase(), partner });
    await setAgreement(deps, "south", { territories: ["AT"], since: deps.clock() });
    await world.own({
      type: "purchase.completed",
      timestamp: new Date(world.now).toISOString(),
      data: {
        order: "A-1",
        product: "acme-paint",
        lines: [{ product: "acme-paint", quantity: 1, netMinor: 10_000, taxMinor: 1_900, period: "P1Y" }],
        currency: "EUR",
        paidAt: new Date(world.now).toISOString(),
        coupons: ["NORTH", "SOUTH"],
        customer: { country: "AT" },
      },
    });
    expect((await world.explain("A-1", "own")).outcome).toBe("held");
    // The vendor turns the rule on in the configuration.
    const { config } = deps;
    const on = config.conflictRules.map((one) => ({ ...one, on: true }));
    Object.assign(config, { conflictRules: on, policy: { ...config.policy, rules: on } });
    const rehearsed = await textOf(channel.get("/console/rules/home/apply"));
    expect(rehearsed).toContain('name="step" value="do"');
    expect((await world.explain("A-1", "own")).outcome).toBe("held");
    const started = await channel.post("/console/rules/home/apply", { step: "do" });
    await workEnded(idOf(started));
    expect(await world.explain("A-1", "own")).toMatchObject({ outcome: "credited", partner: "south" });
  });

  it("makes a new signing key and revokes the one before, never the only one", async () => {
    const { deps, as } = await openConsole(bench);
    const owner = await as("owner");
    const [first] = await listKeys(deps);
    const key = first?.kid ?? "";
    const only = await owner.post("/console/keys/revoke", { key, step: "do" });
    expect([only.status, (await listKeys(deps))[0]?.status]).toEqual([422, "active"]);
    // Without fields to show again, the page that asks says why.
    expect(await only.text()).toContain("is the only key that signs");
    await inTwoSteps(owner, "/console/keys/rotate");
    await inTwoSteps(owner, "/console/keys/revoke", { key });
    const keys = (await listKeys(deps)).map(({ kid, status }) => [kid === key, status]);
    expect(keys.sort()).toEqual([
      [false, "active"],
      [true, "revoked"],
    ]);
  });

  it("sends a test mail, and says so where no mail is configured", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tallystick-"));
    const { as } = await openConsole(bench, { mail: { from: "Acme <partners@acme.example>", folder } });
    const support = await as("support");
    const to = "ann@acme.example";
    expect(await textOf(support.post("/console/mail/test", { to }))).toContain("The mail was taken");
    const [letter = ""] = await readdir(folder);
    expect(await readFile(join(folder, letter), "utf8")).toContain(to);
    const wrong = await support.post("/console/mail/test", { to: "nobody" });
    expect([wrong.status, (await wrong.text()).includes('value="nobody"')]).toEqual([422, true]);
    const without = await (await openConsole(bench)).as("support");
    expect((await without.post("/console/mail/test", { to })).status).toBe(422);
  });
});
