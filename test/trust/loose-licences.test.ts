import { sql } from "kysely";
import { expect, it } from "vitest";
import { findOrdersBy } from "../../server/src/orders/explain/find-orders.ts";
import { erasePerson, exportPerson } from "../../server/src/persons/persons.ts";
import { looseLicences } from "../../server/src/store/migrations/0055-loose-licences.ts";
import type { Dialect } from "../../server/src/store/migrations/ddl.ts";
import { query } from "../../server/src/store/query.ts";
import { as } from "../../server/src/words/ids.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

const email = "customer@home.example";

type World = Awaited<ReturnType<typeof openAttack>>;

const statement = (text: string) =>
  query<Record<never, never>>()((db) => ({ compile: () => sql.raw(text).compile(db) }));

const moving = (table: string) =>
  query<{ from: string; to: string }>()((db, p) => ({
    compile: () =>
      sql`update ${sql.table(table)} set licence_hash = ${p.to} where licence_hash = ${p.from}`.compile(db),
  }));

/** A receiver that knows on its start that there are licences from before. */
async function openOlder(bench: Bench): Promise<World> {
  const world = await openAttack(bench);
  await world.deps.store.write((tx) =>
    tx.run(statement("insert into exact_licences (licence_hash) values ('another')"), {}),
  );
  return world;
}

/** Makes the database look as it did before licences were loose, this one kept by its very text, and migrates it. */
async function asBefore({ deps }: World, text: string): Promise<void> {
  const from = deps.hashes.looseLicence(text);
  const to = deps.hashes.licence(text);
  const tables = ["orders", "registrations", "registration_conflicts", "clicks"];
  const [, , noted = ""] = looseLicences({ text: "", clustered: "" } as Dialect);
  await deps.store.write(async (tx) => {
    for (const table of tables) await tx.run(moving(table), { from, to });
    await tx.run(statement("delete from exact_licences"), {});
    await tx.run(statement(noted), {});
  });
}

onEveryEngine("a loose licence", (bench) => {
  it("is credited however it is typed", async () => {
    const world = await openAttack(bench);
    await world.register("Acme-0001-xyz", world.honest);
    await world.buy({ id: "cs_1", email, licence: "ACME 0001–XYZ " });
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "honest" });
    const found = await findOrdersBy(world.deps, { licence: "acme0001xyz" });
    expect(found).toMatchObject([{ order: "cs_1" }]);
    expect(await erasePerson(world.deps, { licence: "acme0001XYZ" })).toMatchObject({ orders: 1 });
    expect(await findOrdersBy(world.deps, { licence: "Acme-0001-xyz" })).toEqual([]);
  });

  it("is another where its product's licences are exact, and stays findable when they become loose", async () => {
    const products = [
      {
        id: "acme-paint",
        name: "Acme Paint",
        licence: "exact",
        checkout: { shop: "stripe", url: "https://buy.acme.example/?client_reference_id={reference}" },
      },
    ];
    const world = await openAttack(bench, { products });
    await world.register("abcd-1", world.honest);
    await world.buy({ id: "cs_1", email, licence: "ABCD 1" });
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "unattributed" });
    await world.buy({ id: "cs_2", email, licence: " abcd-1 " });
    expect(await world.explain("cs_2")).toMatchObject({ outcome: "credited", partner: "honest" });
    const paint = world.deps.config.products.get(as.product("acme-paint"));
    Object.assign(paint ?? {}, { licence: "loose" });
    await world.buy({ id: "cs_3", email, licence: "abcd-1" });
    await world.buy({ id: "cs_4", email, licence: "ABCD1" });
    for (const id of ["cs_3", "cs_4"])
      expect(await world.explain(id)).toMatchObject({ outcome: "credited", partner: "honest" });
  });

  it("that was registered before there were loose ones is found in its old spelling, and then in every other", async () => {
    const world = await openOlder(bench);
    await world.register("abcd-1", world.honest);
    await asBefore(world, "abcd-1");
    await world.buy({ id: "cs_1", email, licence: "abcd-1" });
    await world.buy({ id: "cs_2", email, licence: "ABCD 1" });
    for (const id of ["cs_1", "cs_2"])
      expect(await world.explain(id)).toMatchObject({ outcome: "credited", partner: "honest" });
    await world.register("Abcd1", world.mallory);
    const person = { licence: "ABCD-1" };
    const kept = await exportPerson(world.deps, person);
    expect(kept.rows.map(({ what }) => what).sort()).toEqual(["registration_conflicts", "registrations"]);
    expect(kept.orders).toHaveLength(2);
    expect(await erasePerson(world.deps, person)).toMatchObject({ rows: 2, orders: 2 });
    expect(await world.deps.store.cold.selectFrom("licence_spellings").selectAll().execute()).toEqual([]);
    await world.expectSoundLedger();
  });

  it("bought in another spelling first is credited once a copy registers the old one again", async () => {
    const world = await openOlder(bench);
    await world.register("abcd-1", world.honest);
    await asBefore(world, "abcd-1");
    await world.buy({ id: "cs_1", email, licence: "ABCD 1" });
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "unattributed" });
    await world.register("abcd-1", world.honest);
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "honest" });
    await world.expectSoundLedger();
  });

  it("that two partners registered in two spellings is one binding and one claim against it", async () => {
    const world = await openOlder(bench);
    await world.register("abcd-1", world.honest);
    await asBefore(world, "abcd-1");
    await world.register("ABCD1", world.mallory);
    await world.buy({ id: "cs_1", email, licence: "abcd-1" });
    const rows = await world.deps.store.cold.selectFrom("registrations").selectAll().execute();
    expect(rows).toMatchObject([{ partner_id: "honest", licence_hash: world.deps.hashes.licence("abcd-1") }]);
    const claims = await world.deps.store.cold.selectFrom("registration_conflicts").selectAll().execute();
    expect(claims).toMatchObject([{ partner_id: "mallory" }]);
    expect(await world.explain("cs_1")).toMatchObject({ partner: "honest" });
  });
});
