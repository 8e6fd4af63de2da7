import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { mergePartner } from "../../server/src/channel/partner-standing.ts";
import { endPartner } from "../../server/src/channel/partners.ts";
import { importCustomers } from "../../server/src/customers/import-customers.ts";
import {
  addOrganisation,
  listOrganisations,
  moveOrganisation,
} from "../../server/src/customers/organisations.ts";
import { resealCustomers } from "../../server/src/customers/reseal-customers.ts";
import { listCustomers, listPartnerCustomers } from "../../server/src/customers/shown-customers.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { erasePerson, exportPerson } from "../../server/src/persons/persons.ts";
import { as } from "../../server/src/words/ids.ts";
import { openConsole } from "../console/console-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openCustomers } from "./customers-world.ts";

const list = (text: string) => Readable.from([Buffer.from(text)]);

onEveryEngine("customers", (bench) => {
  it("are told by a list, sealed, with their organisations and their part in each licence", async () => {
    const { deps, sell, everyCustomer } = await openCustomers(bench);
    await sell("cs_1", deps.clock(), { licence: "AAAA-BBBB" });
    const csv = `email;name;organisation;parts;product;licence;version;language
Ann@works.example;Ann Baker;Works > Vienna;buys uses;acme-paint;aaaa bbbb;3.1;de-AT
bob@works.example;;Works;decides;acme-paint;AAAA-BBBB;2.0;
carl@works.example;Carl;Works;administers;;;;
ann@works.example;;;uses;acme-paint;CCCC-DDDD;;
nobody;;;;acme-paint;AAAA-BBBB;;
dora@works.example;;;paints;acme-paint;AAAA-BBBB;;
emil@works.example;;;;other;AAAA-BBBB;;
fred@works.example;;;;;;;
`;
    const dry = await importCustomers(deps, list(csv), { dryRun: true });
    expect((await listCustomers(deps)).customers).toEqual([]);
    const report = await importCustomers(deps, list(csv));
    expect(report).toEqual(dry);
    expect(report).toEqual({
      received: 8,
      kept: 4,
      invalid: [
        { row: 6, reason: "not_an_address" },
        { row: 7, reason: "part_unknown" },
        { row: 8, reason: "product_unknown" },
        { row: 9, reason: "licence_missing" },
      ],
    });
    await importCustomers(deps, list(csv));
    const { customers } = await listCustomers(deps);
    expect(customers.map(({ email }) => email).sort()).toEqual([
      "ann@works.example",
      "bob@works.example",
      "carl@works.example",
    ]);
    expect(customers.find(({ email }) => email === "ann@works.example")).toMatchObject({
      name: "Ann Baker",
      language: "de-AT",
      organisation: { name: "Vienna" },
      licences: expect.arrayContaining([
        expect.objectContaining({
          licenceEnd: "bbbb",
          version: "3.1",
          parts: ["buys", "uses"],
          partner: "north",
        }),
        expect.objectContaining({ licenceEnd: "DDDD", version: null, parts: ["uses"], partner: null }),
      ]),
    });
    expect(customers.find(({ email }) => email.startsWith("carl"))).toMatchObject({
      organisationParts: ["administers"],
      licences: [],
    });
    const { organisations } = await listOrganisations(deps);
    expect(organisations.map(({ name, parent }) => [name, parent])).toEqual([
      ["Works", null],
      ["Vienna", organisations[0]?.organisation],
    ]);
    // Who has another version is left out; of whom none is known is not.
    expect(
      (await everyCustomer("3")).map(({ email, licenceEnd }) => `${email} ${licenceEnd}`).sort(),
    ).toEqual(["ann@works.example DDDD", "ann@works.example bbbb"]);
    expect(await everyCustomer()).toHaveLength(3);
    for (const table of ["customer_people", "customer_organisations", "customer_licences"] as const) {
      const rows = await deps.store.cold.selectFrom(table).selectAll().execute();
      const bytes = JSON.stringify(rows, (_, value) =>
        value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value,
      );
      for (const secret of ["works.example", "Baker", "Vienna", "AAAA-BBBB"])
        expect(bytes).not.toContain(secret);
    }
  });

  it("are kept from orders only where the configuration says so, and linked to the licence once it is known", async () => {
    const { deps, buy, everyCustomer, sell } = await openCustomers(bench);
    await buy("closed", { licence: "AAAA-BBBB", email: "ann@works.example", keeps: false });
    expect((await listCustomers(deps)).customers).toEqual([]);
    await buy("open", { licence: "AAAA-BBBB", email: "Ann@works.example", keeps: true });
    await buy("again", { licence: "CCCC-DDDD", email: "ann@works.example", keeps: true });
    await buy("bare", { email: "bob@works.example", keeps: true });
    const found = await everyCustomer();
    expect(found.map(({ email, licenceEnd }) => `${email} ${licenceEnd}`).sort()).toEqual([
      "Ann@works.example BBBB",
      "Ann@works.example DDDD",
      "bob@works.example null",
    ]);
    expect(found.find(({ licence }) => licence === null)).toMatchObject({ partner: null, parts: ["buys"] });
    await buy("bare", { licence: "EEEE-FFFF", email: "bob@works.example", keeps: true, changed: true });
    expect((await everyCustomer()).filter(({ email }) => email.startsWith("bob"))).toMatchObject([
      { licenceEnd: "FFFF", order: null },
    ]);
    // What the vendor tells of the same address is more of the same person.
    await tellCustomers(deps, { by: "vendor" }, [
      {
        row: 1,
        email: "ann@works.example",
        name: "Ann",
        product: "acme-paint",
        licence: "AAAA-BBBB",
        parts: ["uses"],
      },
    ]);
    await buy("third", { licence: "AAAA-BBBB", email: "ann@works.example", keeps: true });
    const [ann] = (await listCustomers(deps)).customers;
    expect(ann).toMatchObject({ name: "Ann", source: "vendor" });
    expect(ann?.licences.find(({ licenceEnd }) => licenceEnd === "BBBB")).toMatchObject({
      parts: ["buys", "uses"],
    });
    // Who sells the next term is the one who sold it.
    await sell("cs_9", deps.clock(), { licence: "AAAA-BBBB", by: "south" });
    expect((await everyCustomer()).find(({ licenceEnd }) => licenceEnd === "BBBB")).toMatchObject({
      partner: "south",
    });
  });

  it.each([true, false])("come from a shop's webhook as the configuration says: %s", async (fromOrders) => {
    const { deps, sell } = await openConsole(bench, { customers: { fromOrders } });
    await sell({ order: "A-1", email: "Ann@works.example", licence: "AAAA-BBBB" });
    expect((await listCustomers(deps)).customers.map(({ email }) => email)).toEqual(
      fromOrders ? ["Ann@works.example"] : [],
    );
  });

  it("are told and seen by the partner who sold the licence alone, while everything is shared", async () => {
    const { deps, journey, sell, ask, agree } = await openCustomers(bench);
    await sell("cs_n", deps.clock(), { licence: "NNNN-0001", by: "north" });
    await sell("cs_s", deps.clock(), { licence: "SSSS-0001", by: "south" });
    const told = (licence: string) => ({
      method: "POST",
      body: { customers: [{ email: "ann@works.example", name: "Ann", product: "acme-paint", licence }] },
    });
    const path = "/v1/partner/customers";
    expect(await ask("north", path, told("NNNN-0001"))).toMatchObject({
      status: 409,
      body: { code: "sharing_not_agreed" },
    });
    for (const partner of ["north", "south", "big"]) await agree(partner, { sharing: "full" });
    // Another's licence and nobody's are refused alike, byte by byte.
    const others = await ask("north", path, told("SSSS-0001"));
    expect(others.body).toEqual({
      received: 1,
      kept: 0,
      invalid: [{ row: 1, reason: "licence_not_sold" }],
    });
    expect((await ask("north", path, told("ZZZZ-0001"))).text).toBe(others.text);
    expect((await ask("big", path, told("NNNN-0001"))).text).toBe(others.text);
    const before = await ask("south", path);
    expect(await ask("north", path, told("NNNN-0001"))).toMatchObject({ body: { kept: 1 } });
    expect((await ask("south", path)).text).toBe(before.text);
    // The same address told by both: each sees what it told, and of its own licence alone.
    const csv =
      "email,name,product,licence,organisation\nann@works.example,Anna,acme-paint,SSSS-0001,Works\n";
    expect(await ask("south", path, { method: "POST", body: csv, type: "text/csv" })).toMatchObject({
      body: { kept: 1 },
    });
    expect((await ask("north", path)).body).toMatchObject({
      customers: [{ name: "Ann", organisation: null, licences: [{ licenceEnd: "0001" }] }],
      next: null,
    });
    expect((await ask("south", path)).body).toMatchObject({
      customers: [{ name: "Anna", organisation: "Works" }],
    });
    expect((await ask("big", path)).body).toEqual({ customers: [], next: null });
    // What the vendor told of a licence is for who sold it.
    await tellCustomers(deps, { by: "vendor" }, [
      { row: 1, email: "bob@works.example", product: "acme-paint", licence: "NNNN-0001" },
      { row: 2, email: "bob@works.example", product: "acme-paint", licence: "SSSS-0001" },
    ]);
    const ofNorth = (await ask("north", path)).body.customers as { email: string; licences: unknown[] }[];
    expect(ofNorth.find(({ email }) => email.startsWith("bob"))?.licences).toHaveLength(1);
    const [own] = ofNorth.filter(({ email }) => email.startsWith("ann")) as unknown as { customer: string }[];
    const foreign = await ask("south", `${path}/${own?.customer}`, { method: "DELETE" });
    expect(foreign.status).toBe(404);
    const missing = await ask("south", `${path}/${own?.customer.replace(/.$/, "_")}`, { method: "DELETE" });
    expect(missing.text.replace(/cu_\w+/, "")).toBe(foreign.text.replace(/cu_\w+/, ""));
    // The agreement is lowered: nothing is seen at once, and what it told is sealed for the vendor alone.
    const sealed = async () =>
      (await deps.store.cold.selectFrom("customer_people").select("sealed_for").execute())
        .map(({ sealed_for }) => sealed_for)
        .sort();
    expect(await sealed()).toEqual(["north 1", "south 1", "vendor"]);
    journey.pass(1);
    await agree("north", { sharing: "transaction" });
    await agree("south", { note: "as before" });
    expect((await ask("north", path)).body).toEqual({ customers: [], next: null });
    expect(await resealCustomers(deps)).toBe(3);
    expect(await sealed()).toEqual(["south 2", "vendor", "vendor"]);
    expect(await resealCustomers(deps)).toBe(0);
    expect((await ask("south", path)).body).toMatchObject({ customers: [{ name: "Anna" }, {}] });
    expect((await listCustomers(deps)).customers.map(({ name }) => name).sort()).toEqual([
      "Ann",
      "Anna",
      null,
    ]);
    await endPartner(deps, "south");
    expect(await listPartnerCustomers(deps, as.partner("south"))).toEqual({ customers: [], next: null });
    await resealCustomers(deps);
    expect(await sealed()).toEqual(["vendor", "vendor", "vendor"]);
  });

  it("of a partner that was merged are the other's, and its own id sees none", async () => {
    const { deps, sell, ask, agree } = await openCustomers(bench);
    await sell("cs_s", deps.clock(), { licence: "SSSS-0001", by: "south" });
    for (const partner of ["north", "south"]) await agree(partner, { sharing: "full" });
    const told = { email: "ann@works.example", product: "acme-paint", licence: "SSSS-0001" };
    const path = "/v1/partner/customers";
    await ask("south", path, { method: "POST", body: { customers: [told] } });
    await mergePartner(deps, "south", { into: "north" });
    await resealCustomers(deps);
    expect((await ask("north", path)).body).toMatchObject({ customers: [{ email: told.email }] });
    expect((await listPartnerCustomers(deps, as.partner("south"))).customers).toEqual([]);
    expect((await ask("north", path, { method: "POST", body: { customers: [told] } })).body).toMatchObject({
      kept: 1,
    });
  });

  it("stand in organisations without circles, and each teller's apart", async () => {
    const { deps } = await openCustomers(bench);
    const top = await addOrganisation(deps, { name: "Group" });
    const part = await addOrganisation(deps, { name: "Part", parent: top.organisation });
    expect(await addOrganisation(deps, { name: " group " })).toEqual(top);
    await expect(
      moveOrganisation(deps, { organisation: top.organisation, parent: part.organisation }),
    ).rejects.toMatchObject({ code: "organisation_cycle" });
    await expect(
      moveOrganisation(deps, { organisation: top.organisation, parent: top.organisation }),
    ).rejects.toMatchObject({ code: "organisation_cycle" });
    expect(await moveOrganisation(deps, { organisation: part.organisation, parent: null })).toMatchObject({
      parent: null,
    });
    // Two moves that are each sound make no circle together.
    const moves = await Promise.allSettled([
      moveOrganisation(deps, { organisation: top.organisation, parent: part.organisation }),
      moveOrganisation(deps, { organisation: part.organisation, parent: top.organisation }),
    ]);
    expect(moves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("are exported and erased with everything that is kept of the person", async () => {
    const { deps } = await openCustomers(bench);
    const email = "ann@works.example";
    await tellCustomers(deps, { by: "vendor" }, [
      { row: 1, email, product: "acme-paint", licence: "AAAA-BBBB", organisation: ["Ann Baker's"] },
      { row: 2, email: "bob@works.example", product: "acme-paint", licence: "AAAA-BBBB" },
    ]);
    expect((await exportPerson(deps, { email })).rows).toMatchObject([{ what: "customer_people" }]);
    expect(await erasePerson(deps, { email })).toMatchObject({ rows: 1 });
    expect((await listCustomers(deps)).customers.map((one) => one.email)).toEqual(["bob@works.example"]);
    expect((await listOrganisations(deps)).organisations).toEqual([]);
    expect(await erasePerson(deps, { licence: "AAAA-BBBB" })).toMatchObject({ rows: 1 });
    expect((await listCustomers(deps)).customers).toMatchObject([{ licences: [] }]);
  });
});
