import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kysely, PostgresDialect, Kysely as RealKysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Config } from "../../server/src/config/config.ts";
import { listOrders } from "../../server/src/orders/explain/list-orders.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { migrationNames, migrationsFor } from "../../server/src/store/migrations/index.ts";
import type { Schema } from "../../server/src/store/schema.ts";
import { kyselyOver, openSqliteFile } from "../../server/src/store/sqlite/file.ts";
import { as } from "../../server/src/words/ids.ts";
import { refund, sale } from "../ledger/group-world.ts";
import { addClick, addPartnerRow, ledgerWorld, take } from "../ledger/ledger-world.ts";
import { createDatabase } from "../postgres/create-database.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

/** What was there when the first program could sell, in an order in which rows may be inserted. */
const firstTables = [
  "partners",
  "clicks",
  "events",
  "order_links",
  "orders",
  "decisions",
  "transfers",
  "balances",
] as const;
const firstThatSells = "0004-ledger";
/** Columns that were needed then and are gone. */
const goneSince: Partial<Record<(typeof firstTables)[number], object>> = { partners: { sharing: "none" } };

type Rows = Map<(typeof firstTables)[number], Record<string, unknown>[]>;

const kyselyOn = (database: Config["database"]): Kysely<Schema> =>
  database.engine === "sqlite"
    ? kyselyOver(
        openSqliteFile(database.path, { busyTimeoutMs: 5, cacheKib: 2_048, autocheckpointPages: 1_000 }),
      )
    : new RealKysely({
        dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url }) }),
      });

/** Columns of a table as it stands. */
async function columnsOf(
  db: Kysely<Schema>,
  engine: "sqlite" | "postgres",
  table: string,
): Promise<string[]> {
  const asked =
    engine === "sqlite"
      ? sql<{ name: string }>`select name from pragma_table_info(${table})`
      : sql<{
          name: string;
        }>`select column_name as name from information_schema.columns where table_name = ${table}`;
  return (await asked.execute(db)).rows.map(({ name }) => name);
}

/** Inserts rows of today as far as a table had columns for them. */
async function fill(db: Kysely<Schema>, engine: "sqlite" | "postgres", rows: Rows): Promise<void> {
  for (const table of firstTables) {
    const columns = await columnsOf(db, engine, table);
    const isThere = ([name]: [string, unknown]) =>
      columns.includes(name) && !(table === "transfers" && name === "id");
    const then = (rows.get(table) ?? []).map((row) => ({
      ...Object.fromEntries(Object.entries(row).filter(isThere)),
      ...goneSince[table],
    }));
    await db
      .insertInto(table)
      .values(then as never)
      .execute();
  }
}

/** Brings a database to a state, as the program of that time left it. */
async function bring(database: Config["database"], state: string, rows: Rows): Promise<void> {
  const db = kyselyOn(database);
  const provider = { getMigrations: async () => migrationsFor(database.engine) };
  const { error } = await new Migrator({ db, provider }).migrateTo(state);
  if (error !== undefined) throw error;
  if (state === firstThatSells) await fill(db, database.engine, rows);
  await db.destroy();
}

async function copyOf(
  database: Config["database"],
): Promise<{ copy: Config["database"]; drop: () => Promise<void> }> {
  if (database.engine === "postgres") {
    const template = new URL(database.url).pathname.slice(1);
    const { url, drop } = await createDatabase(inject("postgresUrl"), { template });
    return { copy: { engine: "postgres", url }, drop };
  }
  const folder = await mkdtemp(join(tmpdir(), "tallystick-state-"));
  const path = join(folder, "tallystick.db");
  await copyFile(database.path, path);
  return { copy: { engine: "sqlite", path }, drop: () => rm(folder, { recursive: true, force: true }) };
}

/** On PostgreSQL a state takes half a second, so not each is tried there unless asked: `TALLYSTICK_EVERY_STATE=1`. */
const isTried = (engine: string, index: number) =>
  engine === "sqlite" || process.env.TALLYSTICK_EVERY_STATE === "1" || index % 13 === 3;

describe.each(["sqlite", "postgres"] as const)(
  "a database of any state that was released, on %s",
  (engine) => {
    const bench = benchOf(engine);

    /** The rows that today's program writes for a sale that is credited. */
    async function rowsOfOneSale(): Promise<Rows> {
      const store = await bench.open();
      const world = ledgerWorld(store);
      await addPartnerRow(world, "north", 2000);
      await addClick(world, "click-1", "north");
      await take(world, sale("old", { reference: "click-1" }));
      const rows: Rows = new Map();
      for (const table of firstTables)
        rows.set(table, (await store.cold.selectFrom(table).selectAll().execute()) as never);
      return rows;
    }

    it("opens with its books as they were, and takes what comes", async () => {
      const rows = await rowsOfOneSale();
      const database = await bench.database();
      const found: Record<string, unknown> = {};
      for (const [index, state] of migrationNames.entries()) {
        await bring(database, state, rows);
        if (!isTried(engine, index)) continue;
        const { copy, drop } = await copyOf(database);
        onTestFinished(drop);
        const store = await bench.open({ database: copy });
        const world = ledgerWorld(store);
        const hasSold = state >= firstThatSells;
        if (!hasSold) await addPartnerRow(world, "north", 2000);
        if (hasSold) await take(world, refund("old"));
        await addClick(world, "click-2", "north");
        await take(world, sale("new", { reference: "click-2" }));
        const { orders } = await listOrders(world as never, { limit: 10 });
        const [balance] = await readBalances(world as never);
        const { failures } = await verifyLedger(world as never);
        await store.close();
        found[state] = {
          outcomes: orders.map(({ outcome }) => outcome),
          held: balance?.heldMinor,
          partner: balance?.partner,
          failures,
        };
      }
      const well = (state: string) => {
        const [outcomes, held] =
          state >= firstThatSells ? [["credited", "credited"], 3000] : [["credited"], 2000];
        return { outcomes, held, partner: as.partner("north"), failures: [] };
      };
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, well(state)])));
      expect(Object.keys(found).length).toBeGreaterThan(4);
    });
  },
);
