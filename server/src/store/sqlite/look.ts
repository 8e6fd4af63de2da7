import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { isMigrated, ranMigrations } from "../migrate.ts";
import type { OpenedStore } from "../store.ts";
import { kyselyOver, openSqliteFile } from "./file.ts";
import { SnapshotReads } from "./snapshot-reads.ts";

/** A store that is only looked at. */
export type LookingStore = Pick<OpenedStore, "engine" | "read" | "cold" | "ping" | "close">;

const busyTimeoutMs = 5_000;
const cacheKib = 2_048;

/**
 * Opens a database file on one connection that reads, for a command that only looks. Undefined where there is no such
 * file, or where its tables are not this program's: then it is opened to be written (`openStore`), and that says why.
 */
export async function lookAtSqlite(path: string): Promise<LookingStore | undefined> {
  if (!existsSync(path)) return undefined;
  const open = (readOnly: boolean) =>
    openSqliteFile(path, { readOnly, busyTimeoutMs, cacheKib, autocheckpointPages: 0 });
  // Not one that may only read: the last of all connections that is closed brings the log into the file and removes it.
  const db = open(false);
  db.exec("pragma query_only = on");
  const reads = new SnapshotReads(() => db);
  let cold: { db: DatabaseSync; queries: ReturnType<typeof kyselyOver> } | undefined;
  const store: LookingStore = {
    engine: "sqlite",
    read: (work) => reads.read(work),
    ping: async () => void db.prepare("select 1").get(),
    get cold() {
      if (cold === undefined) {
        const db = open(true);
        cold = { db, queries: kyselyOver(db) };
      }
      return cold.queries;
    },
    async close() {
      await reads.idle();
      await cold?.queries.destroy();
      if (cold?.db.isOpen) cold.db.close();
      if (db.isOpen) db.close();
    },
  };
  try {
    const ran = await ranMigrations((text) => db.prepare(text).all() as { name: string }[]);
    if (isMigrated(ran)) return store;
  } catch {
    // A newer program's: whoever opens it to write says so.
  }
  await store.close();
  return undefined;
}
