import { expect, it } from "vitest";
import { erasePerson, exportPerson } from "../../server/src/persons/persons.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

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
    expect(await exportPerson(world.deps, person)).toEqual({ registrations: [], rows: [], orders: [] });
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
});
