import { expect, it } from "vitest";
import { suspendPartner } from "../../server/src/channel/partner-standing.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { licencesOfCustomer } from "../../server/src/mandates/customer-licences.ts";
import { endMandate, giveMandate } from "../../server/src/mandates/mandates.ts";
import { erasePerson } from "../../server/src/persons/persons.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openCustomers } from "./customers-world.ts";

const ann = "ann@works.example";
const path = "/v1/partner/mandates";

onEveryEngine("a mandate", (bench) => {
  it("lets a partner act on the one licence that its customer named, until she ends it", async () => {
    const { deps, journey, sell, ask } = await openCustomers(bench);
    await sell("cs_1", deps.clock(), { licence: "AAAA-BBBB", email: ann });
    await sell("cs_2", deps.clock(), { licence: "CCCC-DDDD", email: ann });
    const licences = await licencesOfCustomer(deps, ann);
    expect(licences).toMatchObject([
      { parts: ["buys"], seller: { id: "north" }, mandates: [], mayGive: true },
      { parts: ["buys"], seller: { id: "north" }, mandates: [], mayGive: true },
    ]);
    const [first] = licences;
    const given = await giveMandate(deps, { email: ann, key: first?.key ?? "", partner: "north" });
    expect(await giveMandate(deps, { email: ann, key: first?.key ?? "", partner: "north" })).toEqual(given);
    expect((await ask("north", path)).body).toMatchObject({
      mandates: [{ product: "acme-paint" }],
      next: null,
    });
    // Another partner, a mandate that is not there and one that has ended are the same to each.
    expect((await ask("south", path)).body).toEqual({ mandates: [], next: null });
    const own = `${path}/${given.mandate}`;
    const foreign = await ask("south", own);
    expect(foreign.status).toBe(404);
    expect(await ask("north", own)).toMatchObject({
      status: 200,
      body: { term: { endsAt: expect.stringMatching(/^20/), toldBy: "shop" } },
    });
    const send = (partner: string, what: string, body: object) =>
      ask(partner, `${own}/${what}`, { method: "POST", body });
    // The licence has to be the mandate's: one of the two is, whichever was named first.
    const tried = await Promise.all(
      ["aaaa bbbb", "CCCC-DDDD"].map((licence) => send("north", "renewal-link", { licence })),
    );
    expect(tried.map(({ status }) => status).sort()).toEqual([200, 409]);
    const which = tried[0]?.status === 200 ? "AAAA-BBBB" : "CCCC-DDDD";
    const linked = await send("north", "renewal-link", { licence: which, email: ann });
    const { partner } = await journey.click(String(linked.body.url)).then(async ({ reference }) => {
      const [row] = await deps.store.cold
        .selectFrom("clicks")
        .select(["partner_id as partner"])
        .where("reference", "=", reference as never)
        .execute();
      return { partner: row?.partner };
    });
    expect(partner).toBe("north");
    expect(await send("north", "registrations", { licence: which })).toMatchObject({
      status: 200,
      body: { partner: "north", status: "bound" },
    });
    for (const what of ["renewal-link", "registrations"])
      expect((await send("south", what, { licence: which })).status).toBe(404);
    await suspendPartner(deps, "north");
    expect((await send("north", "renewal-link", {})).status).toBe(409);
    // She ends it; nobody else can.
    await expect(
      endMandate(deps, { email: "eve@works.example", mandate: given.mandate }),
    ).rejects.toMatchObject({ code: "mandate_unknown" });
    await endMandate(deps, { email: ann, mandate: given.mandate });
    expect((await ask("north", own)).text).toBe(foreign.text);
    expect((await ask("north", path)).body).toEqual({ mandates: [], next: null });
  });

  it("is given by who bought or whom the vendor says so of, and by nobody that a partner names", async () => {
    const { deps, sell, ask, agree } = await openCustomers(bench);
    await sell("cs_1", deps.clock(), { licence: "AAAA-BBBB", by: "north" });
    await agree("north", { sharing: "full" });
    const product = "acme-paint";
    const licence = "AAAA-BBBB";
    const made = { email: "made-up@north.example", product, licence, organisation: ["Made up"] };
    await ask("north", "/v1/partner/customers", {
      method: "POST",
      body: { customers: [made, { ...made, email: "boss@north.example", parts: ["administers"] }] },
    });
    await tellCustomers(deps, { by: "vendor" }, [
      { row: 1, email: ann, product, licence, parts: ["uses"], organisation: ["Works", "Vienna"] },
      { row: 2, email: "boss@works.example", parts: ["administers"], organisation: ["Works"] },
      { row: 3, email: "clerk@works.example", parts: ["decides"], organisation: ["Works"] },
    ]);
    for (const email of [made.email, "boss@north.example", ann]) {
      const [one] = await licencesOfCustomer(deps, email);
      expect(one, email).toMatchObject({ mayGive: false });
      await expect(
        giveMandate(deps, { email, key: one?.key ?? "", partner: "north" }),
        email,
      ).rejects.toMatchObject({ code: "customer_unknown" });
    }
    // An organisation's administrator sees the licences of it and of those below it; others in it do not.
    expect(await licencesOfCustomer(deps, "clerk@works.example")).toEqual([]);
    const [all] = await licencesOfCustomer(deps, "boss@works.example");
    expect(all).toMatchObject({ parts: [], licenceEnd: "BBBB", mayGive: true });
    await giveMandate(deps, { email: "boss@works.example", key: all?.key ?? "", partner: "south" });
    expect((await ask("south", path)).body).toMatchObject({ mandates: [{ licenceEnd: "BBBB" }] });
    // What a customer gave goes with her.
    await erasePerson(deps, { email: "boss@works.example" });
    expect((await ask("south", path)).body).toEqual({ mandates: [], next: null });
  });
});
