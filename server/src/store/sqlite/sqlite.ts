import type { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { isMigrated, ranMigrations } from "../migrate.ts";
import type { OpenedStore } from "../store.ts";
import { createSharedTurn, type SharedTurn, WriteTurn } from "../write-turn.ts";
import { startCheckpointer } from "./checkpointer.ts";
import { isBusy, kyselyOver, openSqliteFile } from "./file.ts";
import { GroupCommit } from "./group-commit.ts";
import { SnapshotReads } from "./snapshot-reads.ts";
import { Statements } from "./tx.ts";

/** How a database file is opened. */
export interface SqliteStoreOptions {
  /** False commits each piece of work on its own: the benchmark's control. */
  groupCommit: boolean;
  /** True for a server: checkpoints happen on a thread of their own, so that they do not stall the writer. */
  longRunning: boolean;
  /** Length of the log, in pages, at which that thread begins to copy it. Default 12,000, about 24 MB. */
  checkpointAtPages?: number;
  /** The turn of another store on this file in the same process: the two write in turn, and that one checkpoints. */
  beside?: SharedTurn;
}

// While the pages are forced to the disk commits wait: with 24,000 of them up to 60 ms, with 12,000 half of it. Fewer
// still gain nothing, and the pages that are written several times in that span are copied once.
const usualCheckpointPages = 12_000;

// Memory must stay the same however large the file grows: what SQLite does not keep, the system's cache has.
const writerCacheKib = 8_192;
const readerCacheKib = 2_048;
const readerBusyMs = 5_000;
const migrationBusyMs = 60_000;
// The writer itself hardly blocks on another process: it tries again later and leaves the event loop free meanwhile.
const writerBusyMs = 5;

/** Opens a store on a database file; makes folder and file where they are missing. */
export function openSqlite(path: string, options: SqliteStoreOptions): OpenedStore {
  const db = openSqliteFile(path, {
    busyTimeoutMs: writerBusyMs,
    cacheKib: writerCacheKib,
    autocheckpointPages: options.longRunning || options.beside !== undefined ? 0 : 1_000,
  });
  const sharedTurn = options.beside ?? createSharedTurn();
  const turn = new WriteTurn(sharedTurn);
  const openReader = () =>
    openSqliteFile(path, {
      readOnly: true,
      busyTimeoutMs: readerBusyMs,
      cacheKib: readerCacheKib,
      autocheckpointPages: 0,
    });
  const writer = new GroupCommit(db, new Statements(db), {
    jobsPerCommit: options.groupCommit ? 512 : 1,
    turnMs: 20,
    busyMs: 10_000,
    turn,
  });
  const checkpointer = options.longRunning
    ? startCheckpointer(path, db, turn, options.checkpointAtPages ?? usualCheckpointPages)
    : undefined;
  const reads = new SnapshotReads(openReader);
  let cold: { db: ReturnType<typeof openReader>; queries: ReturnType<typeof kyselyOver> } | undefined;
  let closing: Promise<void> | undefined;

  const close = async () => {
    await Promise.all([writer.idle(), reads.idle()]);
    await checkpointer?.stop();
    await cold?.queries.destroy();
    // kysely closes nothing that it never asked, and whoever copies a store has asked for these queries.
    if (cold?.db.isOpen) cold.db.close();
    reads.close();
    // The last connection of all to be closed checkpoints and removes the write-ahead log.
    db.close();
    checkpointer?.release();
  };
  const whileOpen = <T>(ask: () => Promise<T>): Promise<T> =>
    closing ? Promise.reject(new Error("the store is closed")) : ask();

  return {
    engine: "sqlite",
    sharedTurn,
    write: (work) => whileOpen(() => writer.write(work)),
    read: (work) => whileOpen(() => reads.read(work)),
    ping: () => whileOpen(async () => void db.prepare("select 1").get()),
    migrate: () => whileOpen(() => migrateFile(path, db)),
    get cold() {
      if (cold === undefined) {
        const db = openReader();
        cold = { db, queries: kyselyOver(db) };
      }
      return cold.queries;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Of several processes one migrates, in one transaction, while the others wait for it. */
async function migrateFile(path: string, open: DatabaseSync): Promise<void> {
  const ran = await ranMigrations((text) => open.prepare(text).all() as { name: string }[]);
  if (isMigrated(ran)) return;
  const { runMigrations } = await import("../migrations/run-migrations.ts");
  const db = openSqliteFile(path, {
    busyTimeoutMs: writerBusyMs,
    cacheKib: readerCacheKib,
    autocheckpointPages: 1_000,
  });
  try {
    await beginWhenFree(db, performance.now() + migrationBusyMs);
    await runMigrations(kyselyOver(db), "sqlite", { disableTransactions: true });
    db.exec("commit");
  } finally {
    db.close();
  }
}

// Waits without blocking the thread: the connection that holds the lock may be one of this very process.
async function beginWhenFree(db: DatabaseSync, untilMs: number): Promise<void> {
  for (;;) {
    try {
      db.exec("begin immediate");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > untilMs) throw error;
      await setTimeout(10 + Math.random() * 20);
    }
  }
}
