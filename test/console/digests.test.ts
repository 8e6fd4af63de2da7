import { expect, it } from "vitest";
import { noteDeskDigests, readWaiting } from "../../server/src/console/digests.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { chooseDigest, listPeople } from "../../server/src/people/people.ts";
import { noteMoment } from "../../server/src/store/moments.ts";
import { signedIn } from "../access/access-world.ts";
import { linkIn, openMailing } from "../mail/mail-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("the summary for the vendor's people", (bench) => {
  it("says what waits, to whoever wants it that day, once, and ends by one click", async () => {
    const world = await openMailing(bench);
    const { deps, vendor, mailTo } = world;
    const now = deps.clock();
    // Every shop but one was heard just now.
    const [quiet, ...heard] = [...deps.config.shops.keys()];
    await deps.store.write(async (tx) => {
      for (const shop of heard) await noteMoment(tx, `shop:${shop}`, now);
    });
    await openDispute(deps, "north", { number: "A-1", text: "Mine." });
    await registerDeal(deps, { partner: "north", customer: "customer.example" });
    await chooseDigest(deps, vendor.owner, "daily");
    await chooseDigest(deps, vendor.finance, "never");
    await world.flush();
    world.taken.length = 0;
    await Promise.all([noteDeskDigests(deps), noteDeskDigests(deps)]);
    await world.flush();
    const [mail, ...more] = mailTo("owner@vendor.example");
    expect(more).toEqual([]);
    expect(mail?.text).toContain("Contested decisions to answer: 1 (The first is due by the end of ");
    expect(mail?.text).toContain("Deals to answer: 1");
    expect(mail?.text).toContain(`No webhook from ${quiet}`);
    expect(mail?.text).toContain("none has come so far");
    expect(mail?.text).not.toContain("customer.example");
    expect(mail?.text).not.toContain("Held orders");
    for (const shop of heard) expect(mail?.text).not.toContain(`No webhook from ${shop}`);
    expect(linkIn(mail).pathname).toBe("/console");
    expect(mailTo("finance@vendor.example")).toEqual([]);
    expect(mailTo("owner@north.example")).toEqual([]);
    const list = mail?.headers.get("list") as { unsubscribe?: { url: string } } | undefined;
    const stop = new URL(list?.unsubscribe?.url ?? "").pathname;
    expect(await (await world.app.request(stop)).text()).toContain("contested decisions");
    const stopped = await world.app.request(stop, { method: "POST" });
    expect(await stopped.text()).toContain("the console&#39;s settings");
    world.pass(1);
    await noteDeskDigests(deps);
    await world.flush();
    expect(mailTo("owner@vendor.example")).toHaveLength(1);
  });

  it("is not sent where nothing waits, and is chosen in the console", async () => {
    const world = await openMailing(bench);
    const { deps, vendor } = world;
    const auditor = await signedIn(world, { person: vendor.auditor });
    expect(await (await auditor.get("/console/settings")).text()).toMatch(/value="weekly" checked/);
    await auditor.post("/console/settings", { digest: "daily" });
    await auditor.post("/console/settings", { digest: "hourly" });
    const { people } = await listPeople(deps);
    expect(people.find(({ id }) => id === vendor.auditor)?.digest).toBe("daily");
    await deps.store.write(async (tx) => {
      for (const shop of deps.config.shops.keys()) await noteMoment(tx, `shop:${shop}`, deps.clock());
    });
    expect(await readWaiting(deps, deps.clock())).toMatchObject({ held: 0, disputes: 0, shops: [] });
    expect(await noteDeskDigests(deps)).toBe(0);
  });
});
