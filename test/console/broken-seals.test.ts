import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { as } from "../../server/src/words/ids.ts";
import { signedIn } from "../access/access-world.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { crawl } from "./crawl.ts";
import { type FullWorld, fullCustomer, openFullWorld } from "./full-world.ts";

/** What is sealed and shown on pages. Who is signed in is sealed too, and is left whole: somebody looks. */
const shown = [
  ["customer_people", "sealed"],
  ["customer_organisations", "name_sealed"],
  ["deals", "customer_sealed"],
  ["reward_codes", "code_sealed"],
  ["partner_details", "sealed"],
  ["mails", "sealed"],
] as const;

/** Changes the last byte of every sealed text, as somebody with the database's file can. */
function breakSeals({ database }: FullWorld): void {
  if (database.engine !== "sqlite") throw new Error("this is about SQLite");
  const file = new DatabaseSync(database.path);
  for (const { name } of file.prepare("select name from sqlite_master where type = 'trigger'").all())
    file.exec(`drop trigger "${name}"`);
  for (const [table, column] of shown) {
    const { changes } = file
      .prepare(
        `update ${table} set ${column} = cast(substr(${column}, 1, length(${column}) - 1) || x'00' as blob)`,
      )
      .run();
    expect(Number(changes), table).toBeGreaterThan(0);
  }
  file.close();
}

it("a broken seal keeps no page from showing the rest, and says what cannot be shown", async () => {
  const world = await openFullWorld(benchOf("sqlite"), { partners: 8, days: 8 });
  breakSeals(world);
  const owner = await world.as("owner");
  const partner = await signedIn(world, { person: as.person(world.made.person) });
  const customer = await signedIn(world, { customer: fullCustomer });
  const failed: string[] = [];
  for (const [browser, ...starts] of [
    [owner, "/console", "/console/partners/partner-1"],
    [partner, "/portal"],
    [customer, "/account"],
  ] as const)
    for (const { path, status } of await crawl(world, browser, starts))
      if (status >= 500) failed.push(`${path}: ${status}`);
  expect(failed).toEqual([]);
  const read = async (browser: typeof partner, path: string) =>
    (await browser.get(path, { "accept-language": "en" })).text();
  for (const path of ["/console/customers", "/console/deals", "/console/customers/organisations"])
    expect(await read(owner, path), path).toContain("(cannot be opened)");
  for (const [browser, path] of [
    [owner, "/console/partners/partner-1/details"],
    [partner, "/portal/details"],
  ] as const)
    expect(await read(browser, path), path).toContain("its seal is broken");
  const fields = { legalName: "North", street: "Hafenstraße", town: "Hamburg", country: "DE" };
  const entered = await partner.post("/portal/details/edit", { ...fields, treatment: "domestic" });
  expect([entered.status, await read(partner, "/portal/details")]).toEqual([
    303,
    expect.stringContaining("Hafenstraße"),
  ]);
  const document = JSON.stringify(detailsOf("Anew"));
  await owner.post("/console/partners/nordic/details/set", { document });
  expect(await read(owner, "/console/partners/nordic/details")).toContain("Anew");
});
