import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { PurchaseEvent } from "../../server/src/events/purchase-event.ts";
import { query } from "../../server/src/store/query.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { furtherClicks } from "./further-story.ts";
import { addClick, addPartnerRow, ledgerWorld, take } from "./ledger-world.ts";
import { story } from "./story.ts";

const flushQuery = query<object>()((db) => ({
  compile: () => sql`select pg_stat_force_next_flush()`.compile(db),
}));

const resetQuery = query<object>()((db) => ({ compile: () => sql`select pg_stat_reset()`.compile(db) }));

const readQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ rows: number }>`select
      (select sum(seq_tup_read) from pg_stat_user_tables where relname in ('events', 'order_links')) +
      (select sum(idx_tup_read) from pg_stat_user_indexes where relname in ('events', 'order_links')) as rows`.compile(
      db,
    ),
}));

describe("a database of PostgreSQL that was never analyzed", () => {
  const bench = benchOf("postgres");

  it("finds what belongs to an order among all others, though its plans were made while it was empty", async () => {
    // One connection, so that each transaction tells what those before it read.
    const world = ledgerWorld(await bench.open({ poolSize: 1 }));
    const tell = async (run: string) => {
      for (const name of ["north", "south"]) {
        await addPartnerRow(world, name + run, 2000);
        await addClick(world, name + run, name + run);
      }
      for (const name of furtherClicks) await addClick(world, name + run, `north${run}`);
      const told = story(run);
      for (const event of told) await take(world, event as PurchaseEvent);
      return told.length;
    };
    for (let run = 0; run < 12; run++) await tell(`first${run}`);
    await world.store.write((tx) => tx.run(resetQuery, {}));
    const taken = await tell("last");
    await world.store.write((tx) => tx.run(flushQuery, {}));
    const [read] = await world.store.write((tx) => tx.all(readQuery, {}));
    expect(Number(read?.rows)).toBeGreaterThan(taken);
    expect(Number(read?.rows) / taken).toBeLessThan(40);
  });
});
