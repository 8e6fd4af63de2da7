import { expect, it } from "vitest";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { limitAttempt } from "../../server/src/limits/limit-attempt.ts";
import { decideWaiting } from "../../server/src/orders/decide/decide-some.ts";
import { findLossesOfRelated } from "../../server/src/orders/rows/related-losses.ts";
import { createEmailPruner } from "../../server/src/registered-emails/prune-emails.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { createClickPruner } from "../../server/src/renewal/prune-clicks.ts";
import { createRegistrationPruner } from "../../server/src/renewal/prune-registrations.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { Refusal } from "../../server/src/words/refusal.ts";
import { runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { statement } from "../store/rows.ts";
import { openAttack } from "./attack-world.ts";

onEveryEngine("a limit", (bench) => {
  it("that a clock which ran a year ahead used up is open again once the clock is right", async () => {
    const { deps, ...attack } = await openAttack(bench, {
      limits: { serial: { account: { burst: 2, perHour: 1 } } },
    });
    let now = addDays(attack.now, 365);
    const world = { ...deps, clock: () => now };
    const guess = () =>
      limitAttempt(world, { scope: "serial", account: "a" }, () =>
        Promise.reject(new Refusal("serial_unknown", "No such serial.")),
      ).catch((error: Refusal) => error.code);
    expect([await guess(), await guess(), await guess()]).toEqual([
      "serial_unknown",
      "serial_unknown",
      "too_many_requests",
    ]);
    now = attack.now;
    expect([await guess(), await guess(), await guess()]).toEqual([
      "serial_unknown",
      "serial_unknown",
      "too_many_requests",
    ]);
  });
});

onEveryEngine("a token whose key leaked", (bench) => {
  it("is refused when it was signed anew for longer than the log knows", async () => {
    const { deps, ...attack } = await openAttack(bench);
    const expiresAt = addDays(attack.now, 10);
    const { token } = await issueToken(deps, { partner: "mallory", product: "acme-paint", expiresAt });
    const reading = await deps.keys.verify(token, {});
    if (!reading.ok) throw new Error(reading.code);
    const forged = async (change: object) =>
      (await deps.keys.sign({ ...reading.claims, ...change } as typeof reading.claims)).token;
    const later = Math.floor(addDays(attack.now, 3650) / 1000);
    for (const change of [{ exp: later }, { exp: undefined }, { iat: reading.claims.iat - 1 }])
      expect(await attack.follow(await forged(change))).toBe("");
    expect(await attack.follow(token)).not.toBe("");
    expect(attack.logged("click.rejected")).toMatchObject([
      { reason: "token_unknown" },
      { reason: "token_unknown" },
      { reason: "token_unknown" },
    ]);
  });
});

onEveryEngine("names of dots", (bench) => {
  it("are reachable, for orders and for coupons", async () => {
    const attack = await openAttack(bench);
    for (const id of [".", "..", "~.."]) await attack.buy({ id });
    for (const [written, id] of [
      ["~.", "."],
      ["~..", ".."],
      ["~~..", "~.."],
    ])
      expect(await attack.admin("GET", `/v1/orders/stripe/${written}`)).toMatchObject({
        body: { order: id },
      });
    await addCoupon(attack.deps, { code: "..", partner: "honest" });
    expect(await attack.admin("POST", "/v1/coupons/~../end")).toMatchObject({
      body: { code: "..", status: "ended" },
    });
  });
});

onEveryEngine("a blank licence", (bench) => {
  it("is refused when it is registered", async () => {
    const attack = await openAttack(bench);
    expect(await attack.register(" \u00a0 ", attack.honest)).toMatchObject({ status: 400 });
  });
});

onEveryEngine("a token that is clicked again and again", (bench) => {
  const rowsOf = async (attack: Awaited<ReturnType<typeof openAttack>>) => {
    const all = await attack.deps.store.cold.selectFrom("clicks").select("reference").execute();
    return all.map(({ reference }) => reference);
  };

  it("leaves so many rows an hour and one more, and every customer has a reference all the same", async () => {
    const attack = await openAttack(bench, { retention: { clicksPerTokenAndHour: 5 } });
    const references: string[] = [];
    for (let click = 0; click < 50; click++) references.push(await attack.follow(attack.honest));
    expect(await rowsOf(attack)).toHaveLength(6);
    expect(new Set(references).size).toBe(6);
    // Two customers of the last reference are no suspicion: it stands for many clicks.
    for (const id of ["cs_1", "cs_2"]) await attack.buy({ id, reference: references.at(-1) ?? "" });
    expect(await attack.explain("cs_2")).toMatchObject({ outcome: "credited", partner: "honest" });
  });

  it("leaves nothing of clicks that led to no order, once they are old; the others stay for renewals", async () => {
    const attack = await openAttack(bench, { retention: { clicksDays: 40 } });
    const bought = await attack.follow(attack.honest);
    await attack.follow(attack.mallory);
    await attack.buy({ id: "cs_1", reference: bought });
    attack.pass(39);
    const young = await attack.follow(attack.mallory);
    const pruner = createClickPruner({ ...attack.deps, clock: () => attack.now });
    expect(await pruner.prune()).toBe(0);
    attack.pass(2);
    expect(await pruner.prune()).toBe(1);
    expect((await rowsOf(attack)).sort()).toEqual([bought, young].sort());
  });
});

onEveryEngine("a registered address", (bench) => {
  it("is deleted a year after its window, a page in each transaction, and what it credited stays", async () => {
    const attack = await openAttack(bench, { attribution: { windowDays: { email: 30 } } });
    const register = (emails: readonly string[]) =>
      registerEmails(
        attack.deps,
        { partner: "honest", origin: "api", unlimited: true },
        emails.map((email, index) => ({ row: index + 1, email })),
      );
    await register(["ann@home.example", ...Array.from({ length: 600 }, (_, n) => `old-${n}@home.example`)]);
    attack.pass(1);
    await attack.buy({ id: "cs_1", email: "ann@home.example" });
    const pruner = createEmailPruner({ ...attack.deps, clock: () => attack.now });
    attack.pass(393);
    await register(["young@home.example"]);
    expect(await pruner.prune()).toBe(0);
    attack.pass(2);
    expect(await pruner.prune()).toBe(601);
    expect(await pruner.prune()).toBe(0);
    await attack.register("L1", attack.mallory);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "honest" });
    await attack.expectSoundLedger();
  });
});

onEveryEngine("a registration that led to nothing", (bench) => {
  it("is deleted once it is old, a page in each transaction; what an order rests upon stays", async () => {
    const attack = await openAttack(bench, {
      retention: { registrationsDays: 40 },
      attribution: { windowDays: { token: 30 } },
    });
    for (const licence of ["BOUGHT", "UNUSED", "YOUNG"]) {
      if (licence === "YOUNG") attack.pass(41);
      expect((await attack.register(licence, attack.honest)).status).toBe(200);
    }
    for (const licence of ["BOUGHT", "UNUSED"]) await attack.register(licence, attack.mallory);
    await attack.buy({ id: "cs_1", licence: "BOUGHT" });
    const pruner = createRegistrationPruner({ ...attack.deps, clock: () => attack.now });
    expect(await pruner.prune()).toBe(1);
    expect(await pruner.prune()).toBe(0);
    attack.pass(42);
    // The claim that contradicted the deleted one is old now too, and the young registration.
    expect(await pruner.prune()).toBe(2);
    const [kept] = await attack.deps.store.read((tx) =>
      tx.all(statement("select count(*) as kept from registrations"), {}),
    );
    expect(Number(kept?.kept)).toBe(1);
  });
});

onEveryEngine("many sales of one licence", (bench) => {
  it("are decided a few in each transaction, the rest by a job, with the same result", async () => {
    const attack = await openAttack(bench);
    const email = "customer@home.example";
    for (let index = 10; index < 40; index++) {
      await attack.buy({ id: `cs_${index}`, licence: "L1", email });
      attack.pass(0.1);
    }
    await attack.register("L1", attack.honest);
    const credited = async () => {
      const { orders } = (await attack.admin("GET", "/v1/orders?outcome=credited&limit=100")).body as {
        orders: unknown[];
      };
      return orders.length;
    };
    expect(await credited()).toBe(10);
    expect(attack.logged("order.credited")).toHaveLength(10);
    expect(await decideWaiting(attack.deps)).toBe(20);
    expect(await credited()).toBe(30);
    expect(await decideWaiting(attack.deps)).toBe(0);
    await attack.expectSoundLedger();
  });

  it("have no more of their refunds read by whoever buys it next than of the sales that are looked at", async () => {
    const attack = await openAttack(bench);
    await attack.buy({ id: "cs_1", licence: "TRIAL" });
    await attack.refund("cs_1");
    const { cold } = attack.deps.store;
    const like = async (table: "orders" | "events" | "order_links", where: string, own: string[]) => {
      const [row = {}] = await cold.selectFrom(table).selectAll().execute();
      const columns = Object.keys(row);
      const written = columns.map((name) => own.find((one) => one.endsWith(` as ${name}`)) ?? name);
      return `insert into ${table} (${columns.join(", ")}) select ${written.join(", ")} from ${table} where ${where}`;
    };
    const many = Array.from({ length: 300 }, (_, n) => n);
    const statements: string[] = [];
    for (const n of many)
      statements.push(
        await like("orders", "order_id = 'cs_1'", [`'k${n}' as order_key`, `'o${n}' as order_id`]),
        `insert into order_links (namespace, id, order_key) values ('stripe', 'p${n}', 'k${n}')`,
        await like("events", "effect = 'refund' and object_id not like 'x%'", [
          `'x${n}' as event_id`,
          `'x${n}' as object_id`,
          `'p${n}' as link_id`,
        ]),
      );
    await runRaw(attack.database, statements);
    const [order] = await cold
      .selectFrom("orders")
      .selectAll()
      .where("order_id", "=", "cs_1" as never)
      .execute();
    const relation = { licence_hash: order?.licence_hash ?? null, shop: as.shop("stripe") };
    const found = await attack.deps.store.read((tx) =>
      findLossesOfRelated(tx, { ...relation, subscription_id: null }),
    );
    expect(found.length).toBe(200);
  });
});
