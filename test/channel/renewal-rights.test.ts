import { expect, it } from "vitest";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { erasePerson } from "../../server/src/persons/persons.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

const rights = { renewalRights: { beforeDays: 60, afterDays: 30 } };

/** Copies that tell when their licences end. */
async function openTerms(bench: Bench) {
  const world = await openChannel(bench, {
    trust: { registrations: { perLicencePerDay: 1000, perAddressPerHour: 1000 } },
  });
  const tokenOf = async (partner: string) =>
    (await issueToken(world.deps, { partner, product: "acme-paint" })).token;
  const tokens = { north: await tokenOf("north"), south: await tokenOf("south") };
  const tell = async (licence: string, token: string, expiresAt?: number) => {
    const body = {
      product: "acme-paint",
      licence,
      token,
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    };
    const response = await world.journey.app.request("/v1/registrations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.status;
  };
  return { ...world, tokens, tell };
}

onEveryEngine("a renewal", (bench) => {
  // North sold a year on day 0, so its window runs from day 305 to day 395. The customer clicks south's link today.
  it.each<[day: number, partner: string, reason: string]>([
    [304, "north", "earlier_purchase"],
    [306, "north", "incumbent"],
    [395, "north", "incumbent"],
    [396, "south", "open_after_window"],
  ])("on day %i of a term of a year is %s's by %s", async (day, partner, reason) => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const sold = addDays(start, -500);
    await setAgreement(deps, "north", { ...rights, since: sold });
    await sell("first", sold);
    await sell("next", addDays(sold, day), { by: "south" });
    const record = await journey.explain("next");
    expect([record.partner, record.reason]).toEqual([partner, reason]);
    await journey.expectSoundLedger();
  });

  it("of a copy that no shop of the vendor's sold is the right of its own partner, by the end that the copy told", async () => {
    const { deps, journey, sell, tokens, tell } = await openTerms(bench);
    await setAgreement(deps, "north", { ...rights, since: deps.clock() });
    const endsAt = addDays(deps.clock(), 365);
    expect(await tell("COPY-0001", tokens.north, endsAt)).toBe(200);
    journey.pass(330);
    await sell("next", deps.clock(), { by: "south", licence: "COPY-0001" });
    expect(await journey.explain("next")).toMatchObject({ partner: "north", reason: "incumbent" });
    // Without the end there is no term, and the usual ranking holds.
    expect(await tell("COPY-0002", tokens.north)).toBe(200);
    journey.pass(1);
    await sell("other", deps.clock(), { by: "south", licence: "COPY-0002" });
    expect((await journey.explain("other")).reason).not.toBe("incumbent");
    await journey.expectSoundLedger();
  });

  it("keeps what the shop told of the term, whatever copies say of it", async () => {
    const { deps, journey, start, sell, tokens, tell } = await openTerms(bench);
    await setAgreement(deps, "north", { ...rights, since: start });
    await sell("first", start, { licence: "SHOP-0001" });
    for (const day of [1, 40, 100, 3_000]) await tell("SHOP-0001", tokens.north, addDays(start, day));
    journey.pass(306);
    await sell("next", deps.clock(), { by: "south", licence: "SHOP-0001" });
    expect(await journey.explain("next")).toMatchObject({ partner: "north", reason: "incumbent" });
  });

  it("passes over ends that cannot be, of others' copies, and more of them than a licence has", async () => {
    const { deps, journey, tokens, tell } = await openTerms(bench);
    const kept = async (licence: string) =>
      deps.store.cold
        .selectFrom("licence_terms")
        .selectAll()
        .where("licence_hash", "=", deps.hashes.looseLicence(licence))
        .execute();
    const now = deps.clock();
    for (const days of [-4_000, 4_000, 2_000_000])
      expect(await tell("COPY-0001", tokens.north, addDays(now, days))).toBe(200);
    expect(await kept("COPY-0001")).toEqual([]);
    expect(await tell("COPY-0001", tokens.south, addDays(now, 30))).toBe(200);
    expect(await kept("COPY-0001")).toEqual([]);
    for (let day = 1; day <= 40; day += 1) {
      await tell("COPY-0001", tokens.north, addDays(now, day));
      journey.pass(1);
    }
    expect(await kept("COPY-0001")).toHaveLength(32);
    expect(await erasePerson(deps, { licence: "COPY-0001" })).toMatchObject({ rows: expect.any(Number) });
    expect(await kept("COPY-0001")).toEqual([]);
  });

  it("is of no term that was paid back whole, whenever that was", async () => {
    const { deps, journey, start, sell, refund, tokens, tell } = await openTerms(bench);
    await setAgreement(deps, "north", { ...rights, since: start });
    const incumbents = async () => {
      const all = await Promise.all(["next-1", "next-2"].map((order) => journey.explain(order)));
      return all.map(({ partner, reason }) => reason === "incumbent" && partner);
    };
    for (const at of [1, 2]) {
      await tell(`BACK-000${at}`, tokens.north);
      await sell(`first-${at}`, start, { licence: `BACK-000${at}` });
    }
    await refund("first-1", 5, { amountMinor: 16_600 });
    journey.pass(340);
    for (const at of [1, 2])
      await sell(`next-${at}`, deps.clock(), { by: "south", licence: `BACK-000${at}` });
    expect(await incumbents()).toEqual([false, "north"]);
    await refund("first-2", 341, { amountMinor: 16_599 });
    expect(await incumbents()).toEqual([false, "north"]);
    await refund("first-2", 342, { amountMinor: 1 });
    expect(await incumbents()).toEqual([false, false]);
    await journey.expectSoundLedger();
  });

  it("keeps the right that was agreed when the term was sold, whatever is agreed later", async () => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const sold = addDays(start, -365);
    await setAgreement(deps, "north", { ...rights, since: sold });
    await setAgreement(deps, "north", { renewalRights: null, since: addDays(sold, 10) });
    await sell("first", sold);
    await sell("next", start, { by: "south" });
    expect(await journey.explain("next")).toMatchObject({ partner: "north", reason: "incumbent" });
  });

  it("is the incumbent's whichever of the sales is heard of first", async () => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const sold = addDays(start, -365);
    await setAgreement(deps, "north", { ...rights, since: sold });
    await sell("next", start, { by: "south" });
    expect(await journey.explain("next")).toMatchObject({ partner: "south" });
    await sell("first", sold);
    expect(await journey.explain("next")).toMatchObject({ partner: "north", reason: "incumbent" });
    await journey.expectSoundLedger();
  });
});
