import { availableParallelism } from "node:os";
import type { Config } from "../config/config.ts";
import { openSqlite } from "./sqlite/sqlite.ts";
import type { OpenedStore } from "./store.ts";
import type { SharedTurn } from "./write-turn.ts";

/** How a store is opened, beyond what the configuration says. */
export interface OpenStoreOptions {
  /** SQLite: false commits each piece of work on its own, the benchmark's control. Default true. */
  groupCommit?: boolean;
  /** PostgreSQL: the most connections. Default twice the processors, and 4 at least. */
  poolSize?: number;
  /** PostgreSQL: the most pieces of work that share a transaction, where they may; 0 gives each its own. Default 64. */
  groupsOf?: number;
  /** PostgreSQL: how long the answer to a statement is waited for. Default 15,000, and 32,000 while reading. */
  answerWithinMs?: number;
  /** PostgreSQL: how long closing waits for what is under way. Default 5,000. */
  closeWithinMs?: number;
  /** SQLite: true for a server, which moves checkpoints to a thread. Default false: a command is done too soon. */
  longRunning?: boolean;
  /** SQLite, long running: length of the log, in pages, at which it is copied. Default 12,000, about 24 MB. */
  checkpointAtPages?: number;
  /** SQLite: the `sharedTurn` of another store on this file in the same process; that one checkpoints. */
  beside?: SharedTurn;
}

/**
 * Opens the database of the configuration. Its tables are brought up to date by `migrate`, not by this. Rejects
 * when the database does not answer, or would not be durable.
 */
export async function openStore(
  database: Config["database"],
  options: OpenStoreOptions = {},
): Promise<OpenedStore> {
  if (database.engine === "postgres") {
    // The driver is loaded where it is needed: a command on SQLite starts without it.
    const { openPostgres } = await import("./postgres/postgres.ts");
    const poolSize = database.connections ?? Math.max(4, 2 * availableParallelism());
    return openPostgres(database.url, { poolSize, groupsOf: 64, ...options });
  }
  return openSqlite(database.path, { groupCommit: true, longRunning: false, ...options });
}
