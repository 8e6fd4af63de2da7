import { expect, it } from "vitest";
import { listDeals } from "../../server/src/deals/deals.ts";
import { removePerson } from "../../server/src/people/people.ts";
import { erasePerson, exportPerson } from "../../server/src/persons/persons.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";
import { everyRow, jane, openFullWorld } from "./full-world.ts";
import { erasedColumns, impersonalColumns, keptColumns } from "./personal-columns.ts";

onEveryEngine("what is kept of a person", (bench) => {
  it("is exported and erased by licence; orders and bookings stay", async () => {
    const world = await openAttack(bench);
    await world.register("L1", world.honest);
    await world.register("L1", world.mallory);
    await world.click(`https://renew.acme.example/r/acme-paint?t=${world.honest}&l=L1`);
    await world.buy({ id: "cs_1", licence: "L1" });
    const person = { licence: " L1 " };
    const kept = await exportPerson(world.deps, person);
    expect(kept.rows.map(({ what }) => what).sort()).toEqual([
      "clicks",
      "registration_conflicts",
      "registrations",
    ]);
    expect(kept.orders).toMatchObject([{ order: "cs_1", partner: "honest" }]);
    expect(await erasePerson(world.deps, person, { dryRun: true })).toMatchObject({ rows: 3, orders: 1 });
    expect(await exportPerson(world.deps, person)).toEqual(kept);
    expect(await erasePerson(world.deps, person)).toMatchObject({
      rows: 3,
      orders: 1,
      stays: expect.stringContaining("accounts"),
    });
    expect(await exportPerson(world.deps, person)).toEqual({
      registrations: [],
      rows: [],
      orders: [],
      rewards: [],
    });
    expect(await world.explain("cs_1")).toMatchObject({ partner: "honest" });
    const everything = await Promise.all(
      (
        [
          "orders",
          "clicks",
          "registrations",
          "registration_conflicts",
          "order_links",
          "licence_checks",
        ] as const
      ).map((table) => world.deps.store.cold.selectFrom(table).selectAll().execute()),
    );
    expect(JSON.stringify(everything)).not.toContain(world.deps.hashes.looseLicence("L1"));
    await world.expectSoundLedger();
  });

  it("is exported and erased by address, and one of the two is needed", async () => {
    const world = await openAttack(bench);
    const email = "Customer+1@home.example";
    await world.buy({ id: "cs_1", email });
    await world.buy({ id: "cs_2", email: "other@home.example" });
    expect((await exportPerson(world.deps, { email })).orders).toMatchObject([{ order: "cs_1" }]);
    expect(await erasePerson(world.deps, { email })).toMatchObject({ orders: 1 });
    expect((await exportPerson(world.deps, { email })).orders).toEqual([]);
    const orders = JSON.stringify(await world.deps.store.cold.selectFrom("orders").selectAll().execute());
    for (const hash of [world.deps.hashes.email(email), world.deps.hashes.emailAlias(email) ?? ""])
      expect(orders).not.toContain(hash);
    for (const person of [{}, { email, licence: "L1" }, { email: "none" }, { licence: " " }])
      await expect(exportPerson(world.deps, person)).rejects.toMatchObject({ code: "request_invalid" });
  });

  it("is nowhere once licence and address are erased, but where it is said why", async () => {
    const world = await openFullWorld(bench);
    const { deps, removed } = world;
    const { email, licence } = jane;
    const exported = await exportPerson(deps, { email });
    expect(exported.registrations).toMatchObject([{ partner: "honest" }]);
    expect(exported.rows.map(({ what, detail }) => `${what}: ${detail}`).sort()).toEqual([
      "customer_people: vendor: Jane Doe; Doe's; agreed to v1; buys acme-paint …0001",
      "deals: accepted of honest",
      "mail_bounces: RCPT TO: answer 550",
      expect.stringContaining("mails: test: Hello"),
      "people: viewer of honest",
      "sessions: Firefox",
      "sign_ins: customer",
    ]);
    expect((await exportPerson(deps, { licence })).rows.map(({ what }) => what)).toContain("disputes");
    const first = await erasePerson(deps, { email });
    expect(first).toMatchObject({ registrations: 1, rows: 6, orders: 1 });
    expect(first.stays).toContain(`person remove ${removed.id}`);
    await removePerson(deps, { person: removed.id });
    expect((await erasePerson(deps, { email })).rows).toBe(1);
    await erasePerson(deps, { licence });

    const { hashes } = deps;
    const traces = [
      email.toLowerCase(),
      licence,
      ...[hashes.email(email), hashes.licence(licence), hashes.looseLicence(licence)],
      hashes.serial("JANE0001" as never),
    ];
    const { rows } = await everyRow(world);
    const left = [...rows].flatMap(([table, all]) =>
      traces.some((trace) => JSON.stringify(all).toLowerCase().includes(trace.toLowerCase())) ? [table] : [],
    );
    // Which licence has which serial, or the serial could be used again.
    expect(left).toEqual(["serial_activations"]);
    // What is sealed is not seen so: each was sealed anew, without the address.
    expect((await listDeals(deps)).deals.map(({ customer }) => customer)).not.toContain(email.toLowerCase());
    expect(rows.get("mails")).toEqual([]);
    for (const table of ["customer_people", "customer_organisations", "customer_licences"])
      expect(rows.get(table)).toEqual([]);
    await world.expectSoundLedger();
  });

  it("is in columns that were all thought about: what is erased, what stays and why, and what is of nobody", async () => {
    const world = await openAttack(bench);
    const { tables } = await everyRow(world);
    const there = tables
      .filter(({ name }) => !name.startsWith("kysely_"))
      .flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
    // Dropped by a migration on one engine alone, or what sorts the journal for SQLite.
    const onOneEngine = ["partners.parent_id", ...namesOf(sqliteColumns)];
    const isOnBoth = (name: string) => !onOneEngine.includes(name);
    const named = namesOf([
      ...Object.entries(erasedColumns),
      ...Object.entries(keptColumns).map(([table, { columns }]) => [table, columns] as const),
      ...Object.entries(impersonalColumns),
    ]);
    expect(named.filter(isOnBoth).toSorted()).toEqual(there.filter(isOnBoth).toSorted());
  });
});

/** Of nobody, on SQLite alone. */
const sqliteColumns = [
  ["partner_movements", "partner_id currency id"],
  ["partner_shares", "partner_id order_key"],
  ["sorted_movements", "slot until"],
  ["partner_orders", "partner_id occurred_at order_key"],
  ["email_orders", "run email_hash order_key"],
  ["email_runs", "run orders"],
  ["sorted_orders", "slot until"],
] as const;

const namesOf = (tables: readonly (readonly [string, string])[]): string[] =>
  tables.flatMap(([table, columns]) => columns.split(" ").map((column) => `${table}.${column}`));
