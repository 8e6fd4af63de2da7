import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { expect, it } from "vitest";
import { listSharing } from "../../server/src/channel/rows/agreements.ts";
import { findChain, listPositions } from "../../server/src/channel/rows/positions.ts";
import type { Config } from "../../server/src/config/config.ts";
import { claimLinks, findLossEvents } from "../../server/src/events/rows/events.ts";
import type { EventRow } from "../../server/src/events/rows/schema.ts";
import { migrationsFor } from "../../server/src/store/migrations/index.ts";
import type { Schema } from "../../server/src/store/schema.ts";
import { kyselyOver, openSqliteFile } from "../../server/src/store/sqlite/file.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { event, insert, partner, order as rowOf, statement } from "./rows.ts";

const kyselyOn = (database: Config["database"]): Kysely<Schema> =>
  database.engine === "sqlite"
    ? kyselyOver(
        openSqliteFile(database.path, { busyTimeoutMs: 5, cacheKib: 2_048, autocheckpointPages: 1_000 }),
      )
    : new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url }) }) });

/** Fills a database as a program did that knew the migrations up to one. */
async function asItWasBefore(
  database: Config["database"],
  last: string,
  fill: (db: Kysely<Schema>) => Promise<void>,
) {
  const db = kyselyOn(database);
  const provider = { getMigrations: async () => migrationsFor(database.engine) };
  const { error } = await new Migrator({ db, provider }).migrateTo(last);
  if (error !== undefined) throw error;
  await fill(db);
  await db.destroy();
}

/** An event in the columns of that time. */
function asItWas({
  movement_id,
  status: _,
  net_minor: __,
  lines: ___,
  note: ____,
  created_at: _____,
  amounts_rank: ______,
  told: _______,
  seal: ________,
  ...row
}: EventRow) {
  return { ...row, dispute_id: movement_id };
}

onEveryEngine("a database of an earlier program", (bench) => {
  const stripe = as.shop("stripe");
  const order = as.order("order-1");
  const refund = event({
    event_id: "evt_2",
    object_id: "re_1",
    effect: "refund",
    occurred_at: instant(1_900_000_000_001),
  });

  it("keeps its events, and knows which sales it took", async () => {
    const database = await bench.database();
    await asItWasBefore(database, "0011-email-tallies", async (db) => {
      await db
        .insertInto("events")
        .values([event({ object_id: "in_1" }), refund].map(asItWas) as never)
        .execute();
      const link = { namespace: stripe, order_key: order };
      const links = [
        { ...link, id: "cs_1" },
        { ...link, id: "pi_1" },
      ];
      await db
        .insertInto("order_links")
        .values(links as never)
        .execute();
    });
    const store = await bench.open({ database });

    const claim = (ids: string[], sold: string) =>
      store.write((tx) => claimLinks(tx, { namespace: stripe, ids, order_key: as.order("order-2"), sold }));
    expect(await claim(["cs_1", "in_1"], "in_1")).toEqual({ keys: new Set([order]), soldBefore: true });
    expect(await claim(["cs_1", "pi_1"], "cs_1")).toEqual({ keys: new Set([order]), soldBefore: false });
    expect(await claim(["cs_1", "pi_1"], "cs_1")).toEqual({ keys: new Set([order]), soldBefore: true });
    expect(await claim(["cs_9", "pi_1"], "cs_9")).toEqual({
      keys: new Set([order, as.order("order-2")]),
      soldBefore: false,
    });

    const losses = await store.read((tx) => findLossEvents(tx, order));
    expect(losses.map((loss) => loss.object_id)).toEqual(["re_1"]);
    const again = { ...refund, event_id: "evt_3" };
    await expect(store.write((tx) => tx.run(insert.events, again))).rejects.toThrow(/unique/i);
  });

  it("keeps who stood above whom and what was shared, since the partner was added", async () => {
    const database = await bench.database();
    await asItWasBefore(database, "0027-probes", async (db) => {
      for (const [id, parent_id] of [
        ["big", null],
        ["shop", "big"],
      ]) {
        const sharing = id === "shop" ? "full" : "none";
        const row = { ...partner({ id: as.partner(`${id}`), created_at: instant(5) }), parent_id, sharing };
        await db
          .insertInto("partners")
          .values(row as never)
          .execute();
      }
    });
    const store = await bench.open({ database });
    const shop = as.partner("shop");
    expect(await store.read(listPositions)).toEqual([
      { partner: shop, parent: "big", since: 5, recordedAt: 5 },
    ]);
    const chain = await store.read((tx) => findChain(tx, { partner: shop, at: instant(5) }));
    expect(chain.map(({ id }) => id)).toEqual(["shop", "big"]);
    const sharing = (at: number) => store.read((tx) => listSharing(tx, instant(at)));
    expect(await sharing(5)).toEqual([
      { id: "big", sharing: "none" },
      { id: "shop", sharing: "full" },
    ]);
    expect((await sharing(4)).map((one) => one.sharing)).toEqual(["none", "none"]);
  });

  it("gives each sale what its order has, so that the order can be checked against it from then on", async () => {
    const database = await bench.database();
    await asItWasBefore(database, "0034-partner-bookings", async (db) => {
      const {
        amounts_rank: _,
        told: __,
        seal: _______,
        ...sale
      } = event({ event_id: "evt_1", amount_minor: 0, net_minor: null });
      const { amounts_event: ___, told_by: ____, ...row } = rowOf({ reference: "ref_1" });
      const { chain: _____, country: ______, ...known } = row;
      const link = { namespace: stripe, order_key: known.order_key, sold: 1 };
      await db
        .insertInto("events")
        .values([sale, { ...sale, event_id: "evt_9", object_id: "in_9" }] as never)
        .execute();
      await db
        .insertInto("order_links")
        .values({ ...link, id: "cs_1" } as never)
        .execute();
      await db
        .insertInto("orders")
        .values(known as never)
        .execute();
      await db
        .insertInto("partners")
        .values([partner(), partner({ id: as.partner("edited") })] as never)
        .execute();
      const change = { partner_id: "edited", change: "edited", changed: '{"percent":20}', recorded_at: 1 };
      await db
        .insertInto("partner_history")
        .values(change as never)
        .execute();
    });
    const store = await bench.open({ database });
    const all = (text: string) => store.read((tx) => tx.all(statement(text), {}));
    expect(await all("select amounts_event, told_by from orders")).toEqual([
      { amounts_event: "evt_1", told_by: expect.stringMatching(/^\["evt_1", ?"evt_9"\]$/) },
    ]);
    const [first, second] = await all(
      "select net_minor, amount_minor, currency, amounts_rank, told from events order by event_id",
    );
    expect(first).toMatchObject({ net_minor: 4900, amount_minor: 5831, currency: "EUR", amounts_rank: 1 });
    expect(JSON.parse(String(first?.told))).toMatchObject({ cycle: "new", reference: "ref_1" });
    expect(second).toEqual(first);
    expect(await all("select id, added_percent_bp from partners order by id")).toEqual([
      { id: "edited", added_percent_bp: null },
      { id: "north-light", added_percent_bp: 2000 },
    ]);
    const wrong = store.write((tx) => tx.run(statement("update orders set net_minor = 1"), {}));
    await expect(wrong).rejects.toThrow(/is what a sale tells/);
    const told = store.write((tx) => tx.run(statement("update events set net_minor = 1"), {}));
    await expect(told).rejects.toThrow(/is append-only/);
  });
});
