import { expect, it } from "vitest";
import { readDetails, setDetails, showDetails } from "../../server/src/partner-details/details.ts";
import { as } from "../../server/src/words/ids.ts";
import { openPeople } from "../access/access-world.ts";
import { detailsOf, ibans } from "../payouts/payout-details.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { read, seen } from "./seen.ts";

const north = as.partner("north");
const path = "/portal/details/edit";
const form = {
  legalName: "North Shop GmbH",
  street: "Hafenstraße",
  town: "Hamburg",
  country: "DE",
  treatment: "domestic",
  taxNumber: "12/345/6789",
  kind: "iban",
  accountName: "North Shop GmbH",
  account: ibans[0] ?? "",
};

onEveryEngine("the portal's payment details", (bench) => {
  it("are entered by a form, and shown by their last characters alone", async () => {
    const world = await openPeople(bench);
    const { deps, partner } = world;
    const owner = await world.signIn(partner.north.owner);
    expect(seen(await read(owner.get("/portal/details", { "accept-language": "en" })))).toContain(
      "were entered yet",
    );
    expect((await owner.post(path, { ...form, partner: "south" })).headers.get("location")).toBe(
      "/portal/details",
    );
    expect(await showDetails(deps, "north")).toMatchObject({
      legalName: form.legalName,
      accounts: [{ account: "DE…3000" }],
    });
    await expect(showDetails(deps, "south")).rejects.toMatchObject({ code: "details_unknown" });
    for (const page of ["/portal/details", path]) {
      const text = await read(owner.get(page));
      for (const shown of ["North Shop GmbH", "DE…3000", "…6789"]) expect(text).toContain(shown);
      expect(/0532|37040044|12\/345/.test(text)).toBe(false);
    }
    const south = await world.signIn(partner.south.owner);
    for (const page of ["/portal/details", path])
      expect(await read(south.get(page))).not.toContain("North Shop");
  });

  it("keep what a form leaves empty, and hold payouts where the account changes", async () => {
    const world = await openPeople(bench);
    const { deps, partner } = world;
    await setDetails(deps, "north", detailsOf("North"));
    const finance = await world.signIn(partner.north.finance);
    const whole = () => deps.store.read((tx) => readDetails(tx, deps.hashes, north, deps.clock()));
    const { account: _, taxNumber: __, ...rest } = form;
    expect((await finance.post(path, rest)).status).toBe(303);
    const kept = await whole();
    expect(kept?.details).toMatchObject({
      legalName: "North Shop GmbH",
      tax: { vatId: "DE123456789" },
      accounts: detailsOf("North").accounts.map(({ name }) => ({ name, iban: "DE89370400440532013000" })),
      email: "ann@north.example",
      language: "de",
    });
    expect(await showDetails(deps, "north")).toMatchObject({ payoutsHeldUntil: null });
    await finance.post(path, rest);
    expect((await whole())?.version).toBe(kept?.version);
    await finance.post(path, { ...rest, account: ibans[1] ?? "" });
    const { payoutsHeldUntil, accounts } = await showDetails(deps, "north");
    expect(payoutsHeldUntil).not.toBeNull();
    expect(accounts).toHaveLength(1);
    expect(seen(await read(finance.get("/portal/details", { "accept-language": "en" })))).toContain(
      "payouts wait until",
    );
  });

  it("say which field is wrong without its value", async () => {
    const world = await openPeople(bench);
    const owner = await world.signIn(world.partner.north.owner);
    const wrong = await owner.post(path, { ...form, account: "DE00 1111 2222 3333 4444 55" });
    const text = await wrong.text();
    expect([wrong.status, text.includes("accounts[0].iban")]).toEqual([400, true]);
    expect(text).toContain("North Shop GmbH");
    expect(/1111|12\/345/.test(text)).toBe(false);
    await expect(showDetails(world.deps, "north")).rejects.toMatchObject({ code: "details_unknown" });
  });

  it("are changed soon after a sign-in alone, and by no viewer", async () => {
    const world = await openPeople(bench);
    const viewer = await world.signIn(world.partner.north.viewer);
    for (const page of ["/portal/details", path]) expect((await viewer.get(page)).status).toBe(403);
    expect((await viewer.post(path, form)).status).toBe(403);
    const owner = await world.signIn(world.partner.north.owner);
    world.pass(world.deps.config.signIn.freshMinutes / 1440);
    expect((await owner.get("/portal/details")).status).toBe(200);
    expect((await owner.get(path)).headers.get("location")).toContain("again=1");
    expect((await owner.post(path, form)).status).toBe(403);
    await expect(showDetails(world.deps, "north")).rejects.toMatchObject({ code: "details_unknown" });
  });
});
