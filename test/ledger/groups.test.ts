import { describe, expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { insertTransfer } from "../../server/src/books/rows/transfers.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { putDestination } from "../../server/src/outbox/rows/destinations.ts";
import { as } from "../../server/src/words/ids.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { statement, transfer } from "../store/rows.ts";
import {
  count,
  groupWorld,
  indexes,
  minutes,
  once,
  refund,
  register,
  sale,
  takeAll,
  takeEveryKind,
} from "./group-world.ts";
import { addClick, addPartnerRow, type LedgerWorld, ledgerWorld, noon } from "./ledger-world.ts";

const depsOf = (world: LedgerWorld) => world as unknown as Deps;

describe.each([1, 2, 64])("purchases in groups of %d at the most", (groupsOf) => {
  const bench = benchOf("postgres");

  it("stay in their groups, whatever their evidence is", async () => {
    const world = await groupWorld(await bench.open({ groupsOf }));
    for (const answers of await takeEveryKind(world)) expect(answers).toEqual(once);
    // North's: 21 by a click, and of 40 copies one purchase whole and one of which half went back.
    expect(await readBalances(depsOf(world), { partner: "north" })).toMatchObject([
      { heldMinor: (21 + 40 + 20) * 2000 },
    ]);
    expect(await verifyLedger(depsOf(world))).toMatchObject({ ok: true, failures: [] });
  });

  it("tell destinations of their credits", async () => {
    const world = await groupWorld(await bench.open({ groupsOf }));
    await world.store.write((tx) =>
      putDestination(tx, {
        id: "north/webhook",
        partner_id: as.partner("north"),
        kind: "webhook",
        network: null,
        url: "https://north.example/hook",
        secret: null,
        previous_secret: null,
        previous_until: null,
        settings: "{}",
        status: "active",
        created_at: noon,
        changed_at: noon,
      }),
    );
    const byClick = indexes.map((index) => sale(`told-${index}`, { reference: `click-${index}` }));
    expect(await takeAll(world, byClick)).toEqual(once);
    const told = await world.store.cold.selectFrom("outbox").selectAll().execute();
    expect(told).toHaveLength(count / 2);
    for (const message of told) expect(message).toMatchObject({ kind: "convert", state: "pending", seq: 1 });
  });

  it("count once, and wait for one another where they are of one copy or one order", async () => {
    const world = await groupWorld(await bench.open({ groupsOf }));
    await register(world, "shared");
    const some = indexes.slice(0, 12);
    const sales = some.map((index) =>
      sale(`shared-${index}`, {
        licence: "shared",
        email: "one@b.example",
        subscription: as.provider("sub"),
        occurredAt: minutes(index),
      }),
    );
    const refunds = some.map((index) => refund(`shared-${index}`));
    const answers = await takeAll(world, [...sales, ...sales, ...refunds, ...sales, ...refunds]);
    expect(answers.filter(({ status }) => status === "recorded")).toHaveLength(2 * some.length);
    expect(await readBalances(depsOf(world), { partner: "north" })).toMatchObject([
      { heldMinor: some.length * 1000 },
    ]);
    expect(await verifyLedger(depsOf(world))).toMatchObject({ ok: true, failures: [] });
  });

  it("count once when two receivers take the same at the same time", async () => {
    const database = await bench.database();
    const one = ledgerWorld(await bench.open({ database, groupsOf }));
    const other = ledgerWorld(await bench.open({ database, groupsOf }));
    await addPartnerRow(one, "north", 2000);
    for (const index of indexes) await addClick(one, `click-${index}`, "north");
    const events = indexes.map((index) => sale(`both-${index}`, { reference: `click-${index}` }));
    const answers = await Promise.all([takeAll(one, events), takeAll(other, events.toReversed())]);
    expect(answers.flat().filter(({ status }) => status === "recorded")).toHaveLength(count);
    expect(await readBalances(depsOf(one))).toMatchObject([{ heldMinor: count * 2000 }]);
    expect(await verifyLedger(depsOf(one))).toMatchObject({ ok: true, failures: [] });
  });

  it("go alone where one of their group breaks a rule of the database, and only that one fails", async () => {
    const world = await groupWorld(await bench.open({ groupsOf }));
    const events = indexes.map((index) => sale(`beside-${index}`, { reference: `click-${index}` }));
    const nothing = world.store.write((tx) => insertTransfer(tx, transfer({ amount_minor: 0 })), {
      inGroup: true,
    });
    const refused = expect(nothing).rejects.toThrow(/check constraint/);
    const answers = await takeAll(world, events);
    await refused;
    expect(answers.map(({ status }) => status)).toEqual(once.map(({ status }) => status));
    expect(await verifyLedger(depsOf(world))).toMatchObject({ ok: true, failures: [] });
  });

  it("are recorded although the connection of their group is cut", async () => {
    const world = await groupWorld(await bench.open({ groupsOf }));
    const events = indexes.map((index) => sale(`cut-${index}`, { reference: `click-${index}` }));
    const cut = statement("select pg_terminate_backend(pg_backend_pid())");
    const suicide = world.store.write((tx) => tx.all(cut, {}), { inGroup: true });
    const refused = expect(suicide).rejects.toThrow(/terminat/);
    const answers = await takeAll(world, events);
    await refused;
    expect(answers.map(({ status }) => status)).toEqual(once.map(({ status }) => status));
    expect(await readBalances(depsOf(world), { partner: "north" })).toMatchObject([
      { heldMinor: count * 1000 },
    ]);
    expect(await verifyLedger(depsOf(world))).toMatchObject({ ok: true, failures: [] });
  });

  it("are not held up by work beside them that fails, or awaits something else", async () => {
    const { store } = await groupWorld(await bench.open({ groupsOf }));
    let open = () => {};
    const other = new Promise<void>((resolve) => {
      open = resolve;
    });
    const answers = await Promise.allSettled([
      store.write(() => Promise.reject(new Error("its own fault")), { inGroup: true }),
      store.write(() => other, { inGroup: true }),
      store
        .write(async (tx) => (await tx.all(statement("select 1 as one"), {})).length, { inGroup: true })
        .finally(open),
    ]);
    expect(answers).toMatchObject([
      { reason: { message: "its own fault" } },
      { status: "fulfilled" },
      { status: "fulfilled", value: 1 },
    ]);
  });
});
