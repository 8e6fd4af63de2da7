import { closeSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect } from "kysely";
import { makeFolder } from "../make-folder.ts";
import type { Schema } from "../schema.ts";
import { RowMaker } from "./row-maker.ts";

/** Settings of one connection to a database file. */
export interface SqliteFileOptions {
  readOnly?: boolean;
  /** How long a statement blocks the whole thread while another connection writes. */
  busyTimeoutMs: number;
  /** The most memory its page cache takes. */
  cacheKib: number;
  /** Pages in the write-ahead log after which a commit also checkpoints; 0 when a checkpointer does. */
  autocheckpointPages: number;
}

/**
 * Opens a connection that is durable: write-ahead log, and a commit returns when the log is on the disk. Both are
 * read back, since a database that acknowledges and then forgets must not come up at all. A file that is not there
 * is made, for its owner alone.
 */
export function openSqliteFile(path: string, options: SqliteFileOptions): DatabaseSync {
  if (!options.readOnly) createOwnerOnly(path);
  const db = new DatabaseSync(path, {
    readOnly: options.readOnly ?? false,
    timeout: openingBusyMs,
    enableForeignKeyConstraints: true,
  });
  try {
    // The file's format, unlike the rest, is stored: a read-only connection finds it as it is.
    if (!options.readOnly) keepWriteAheadLog(db);
    db.exec(`
      pragma synchronous = full;
      pragma recursive_triggers = on;
      pragma temp_store = memory;
      pragma mmap_size = 0;
      pragma cache_size = ${-options.cacheKib};
      pragma journal_size_limit = ${logBytesKept};
      pragma wal_autocheckpoint = ${options.autocheckpointPages};
      pragma busy_timeout = ${options.busyTimeoutMs};
    `);
    assertDurable(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

// Of a page that a random id falls on, one short row changes, and the whole of it is logged and copied: half of SQLite's
// usual 4,096 bytes spare clicks some of that, and purchases beside a large history. A file keeps what it has.
const pageBytes = 2_048;

// A backup holds its snapshot while the log grows; what it grew to is given back when the log begins anew.
const logBytesKept = 64 * 1_024 * 1_024;

const openingBusyMs = 500;
const openingMs = 3_000;

// Of several processes that open a new file at once one changes its format. To the others SQLite may answer that it is
// locked without waiting at all, since two that wait for each other would wait for ever; so they ask again.
function keepWriteAheadLog(db: DatabaseSync): void {
  let untilMs: number | undefined;
  for (;;) {
    try {
      db.exec(`pragma page_size = ${pageBytes}; pragma journal_mode = wal`);
      return;
    } catch (error) {
      untilMs ??= performance.now() + openingMs;
      if (!isBusy(error) || performance.now() > untilMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 20);
    }
  }
}

/** What a pragma answers, such as `wal` for `journal_mode`. */
export function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0];
}

// https://sqlite.org/rescode.html: the low byte of an extended code is the primary one.
const sqliteBusy = 5;

/** Whether a statement failed only because another connection was writing. */
export function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" && (code & 0xff) === sqliteBusy;
}

const synchronousFull = 2;

function assertDurable(db: DatabaseSync): void {
  const journal = pragma(db, "journal_mode");
  if (journal !== "wal")
    throw new Error(`the database's journal_mode is ${journal} and cannot be set to wal`);
  const synchronous = pragma(db, "synchronous");
  if (synchronous !== synchronousFull)
    throw new Error(`the database's synchronous is ${synchronous}, not full`);
}

// Only a file that is not there is opened by us: closing a descriptor of a database file drops the locks that
// SQLite's own connections in this process hold on it (https://sqlite.org/howtocorrupt.html, 2.2).
function createOwnerOnly(path: string): void {
  makeFolder(dirname(path), 0o700);
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** kysely over an open connection, which `destroy` closes. For migrations and queries that are seldom asked. */
export function kyselyOver(db: DatabaseSync): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: asKyselyExpects(db) }) });
}

function asKyselyExpects(db: DatabaseSync): SqliteDatabase {
  return {
    close: () => db.close(),
    prepare(text) {
      const statement = db.prepare(text);
      const rows = new RowMaker(statement);
      const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => rows.all(statement.all(...values(parameters))),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => rows.each(statement.iterate(...values(parameters))),
      };
    },
  };
}
