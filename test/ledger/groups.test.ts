import { describe, expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { insertCoupon } from "../../server/src/coupons/rows/coupons.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import type { PurchaseEvent, SaleEvent } from "../../server/src/events/purchase-event.ts";
import { recordEvent } from "../../server/src/orders/record-event.ts";
import { verifyLedger } from "../../server/src/orders/verify.ts";
import { putDestination } from "../../server/src/outbox/rows/destinations.ts";
import { insertRegistration } from "../../server/src/renewal/rows/registrations.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { addClick, addPartnerRow, type LedgerWorld, ledgerWorld, noon, shop } from "./ledger-world.ts";

const id = as.provider;
const minutes = (count: number) => instant(noon + count * 60_000);
const count = 40;
const indexes = Array.from({ length: count }, (_, index) => index);

/** A sale as most shops tell it, under two ids. */
const sale = (name: string, over: Partial<SaleEvent> = {}): SaleEvent => ({
  effect: "sale",
  eventId: `evt_${name}`,
  objectId: `cs_${name}`,
  order: id(`cs_${name}`),
  providerIds: [id(`cs_${name}`), id(`pi_${name}`)],
  cycle: "new",
  product: as.product("acme-paint"),
  netMinor: 10_000,
  taxMinor: 2000,
  currency: as.currency("EUR"),
  occurredAt: minutes(0),
  ...over,
});

const refund = (name: string): PurchaseEvent => ({
  effect: "refund",
  eventId: `evt_re_${name}`,
  objectId: `re_${name}`,
  target: [id(`pi_${name}`)],
  amountMinor: 6000,
  cumulative: true,
  currency: as.currency("EUR"),
  occurredAt: minutes(20),
});

/** Records an event, and says how often its work was run: twice when it did not stay in its group. */
async function take(world: LedgerWorld, event: PurchaseEvent) {
  let runs = 0;
  const told = { shop, event: concealEvent(event, world.hashes) };
  const { status } = await world.store.write(
    (tx) => {
      runs += 1;
      return recordEvent(tx, world, told, world.clock());
    },
    { inGroup: true },
  );
  return { status, runs };
}

const takeAll = (world: LedgerWorld, events: readonly PurchaseEvent[]) =>
  Promise.all(events.map((event) => take(world, event)));

const once = indexes.map(() => ({ status: "recorded", runs: 1 }));

async function openWorld(bench: ReturnType<typeof benchOf>, groupsOf: number): Promise<LedgerWorld> {
  const world = ledgerWorld(await bench.open({ groupsOf }));
  await addPartnerRow(world, "north", 2000);
  await addPartnerRow(world, "south", 1000);
  for (const index of indexes) await addClick(world, `click-${index}`, index % 2 === 0 ? "north" : "south");
  return world;
}

/** Licences that copies with a token of north's have registered. */
const register = (world: LedgerWorld, licence: string) =>
  world.store.write((tx) =>
    insertRegistration(tx, {
      product: as.product("acme-paint"),
      licence_hash: world.hashes.licence(licence),
      partner_id: as.partner("north"),
      jti: as.token("jti-north"),
      token_issued_at: instant(noon - 86_400_000),
      bound_at: instant(noon - 3_600_000),
      sold: null,
      contradicted: null,
    }),
  );

describe.each([1, 2, 64])("purchases in groups of %d at the most", (groupsOf) => {
  const bench = benchOf("postgres");

  it("stay in their groups, whatever their evidence is", async () => {
    const world = await openWorld(bench, groupsOf);
    const licence = (index: number) => `licence-${index}`;
    for (const index of indexes) await register(world, licence(index));
    const now = noon;
    const coupon = { partner_id: as.partner("south"), products: null, valid_until: null, ended_at: null };
    await world.store.write((tx) =>
      insertCoupon(tx, { code: "SOUTH10", ...coupon, valid_from: now, created_at: now }),
    );
    // What is asked for the first time may have to be made ready.
    await takeAll(world, [sale("warm-up", { reference: "click-0", coupons: ["SOUTH10"] })]);

    const byClick = indexes.map((index) => sale(`click-${index}`, { reference: `click-${index}` }));
    expect(await takeAll(world, byClick)).toEqual(once);
    const first = (index: number) =>
      sale(`first-${index}`, { licence: licence(index), email: `${index}@b.example` });
    expect(await takeAll(world, indexes.map(first))).toEqual(once);
    const renewal = (index: number) =>
      sale(`renewal-${index}`, {
        licence: licence(index),
        email: `${index}@b.example`,
        subscription: id(`sub-${index}`),
        cycle: "renewal",
        occurredAt: minutes(5),
      });
    expect(await takeAll(world, indexes.map(renewal))).toEqual(once);
    expect(
      await takeAll(
        world,
        indexes.map((index) => refund(`renewal-${index}`)),
      ),
    ).toEqual(once);
    const withCoupon = indexes.map((index) => sale(`coupon-${index}`, { coupons: ["SOUTH10"] }));
    expect(await takeAll(world, withCoupon)).toEqual(once);
    // North's: 21 by a click, and of 40 copies one purchase whole and one of which half went back.
    expect(await readBalances(world as unknown as Deps, { partner: "north" })).toMatchObject([
      { heldMinor: (21 + 40 + 20) * 2000 },
    ]);
    expect(await verifyLedger(world as unknown as Deps)).toMatchObject({ ok: true, failures: [] });
  });

  it("tell destinations of their credits", async () => {
    const world = await openWorld(bench, groupsOf);
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
    const world = await openWorld(bench, groupsOf);
    await register(world, "shared");
    const sales = indexes.map((index) =>
      sale(`shared-${index}`, {
        licence: "shared",
        email: "one@b.example",
        subscription: id("sub"),
        occurredAt: minutes(index),
      }),
    );
    const events = [...sales, ...sales, ...indexes.map((index) => refund(`shared-${index}`)), ...sales];
    const answers = await takeAll(world, events);
    expect(answers.filter(({ status }) => status === "recorded")).toHaveLength(2 * count);
    expect(await readBalances(world as unknown as Deps, { partner: "north" })).toMatchObject([
      { heldMinor: count * 1000 },
    ]);
    expect(await verifyLedger(world as unknown as Deps)).toMatchObject({ ok: true, failures: [] });
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
    expect(await readBalances(one as unknown as Deps)).toMatchObject([{ heldMinor: count * 2000 }]);
    expect(await verifyLedger(one as unknown as Deps)).toMatchObject({ ok: true, failures: [] });
  });
});
