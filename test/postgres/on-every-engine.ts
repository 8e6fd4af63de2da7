import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import type { Config } from "../../server/src/config/config.ts";
import { type OpenStoreOptions, openStore } from "../../server/src/store/open-store.ts";
import type { Engine } from "../../server/src/store/query.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { freshDatabase, migratedDatabase } from "./fresh-database.ts";

/** What a suite needs to make databases on one engine. All of it is closed and removed after the suite. */
export interface Bench {
  readonly engine: Engine;
  /** A new, empty database, as the configuration would name it. */
  database(): Promise<Config["database"]>;
  /** A store with all tables, on the database given or on a new one. */
  open(options?: OpenStoreOptions & { database?: Config["database"] }): Promise<OpenedStore>;
}

/** Runs one suite on SQLite and on PostgreSQL: real ones, in the same words. */
export function onEveryEngine(name: string, suite: (bench: Bench) => void): void {
  for (const engine of ["sqlite", "postgres"] as const) {
    describe(`${name} on ${engine}`, () => suite(benchOf(engine)));
  }
}

/** The same for a suite that is about one engine only. Call it inside a `describe`. */
export function benchOf(engine: Engine): Bench {
  const undo: (() => Promise<unknown>)[] = [];
  // The last thing made is removed first: a store before its database.
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });
  const database = async (make = freshDatabase): Promise<Config["database"]> => {
    if (engine === "postgres") {
      const fresh = await make();
      undo.push(fresh.drop);
      return { engine, url: fresh.url };
    }
    const folder = await mkdtemp(join(tmpdir(), "tallystick-test-"));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    return { engine, path: join(folder, "tallystick.db") };
  };
  return {
    engine,
    database: () => database(),
    async open({ database: given, ...options } = {}) {
      const store = await openStore(given ?? (await database(migratedDatabase)), options);
      undo.push(() => store.close());
      await store.migrate();
      return store;
    },
  };
}
