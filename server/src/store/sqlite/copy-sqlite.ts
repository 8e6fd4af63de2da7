import { existsSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { pragma } from "./file.ts";

/** What a copied database holds, asked of the copy itself. */
export interface CopiedDatabase {
  /** Names of the migrations that have run in it, oldest first. */
  migrations: string[];
  /** Rows of some tables; a table that the copy does not have is left out. */
  rows: Record<string, number>;
}

/** Small enough that a step takes milliseconds, large enough that steps are few. */
const pagesAStep = 2_000;

/**
 * Copies a database file by SQLite's own backup interface, as it stands at the first page, while others write to it.
 * The reading transaction that is held open keeps the pages as they were: without it, SQLite begins the copy anew
 * after each commit of another process, and a loaded receiver would never let it end. Meanwhile the write-ahead log
 * cannot be begun anew and grows with what is written. Neither the tables nor the file are changed.
 *
 * @param options.onProgress hears how many pages of how many are copied
 * @throws when there is no such database
 */
export async function copySqlite(
  from: string,
  to: string,
  options: { onProgress?: (done: number, total: number) => void } = {},
): Promise<void> {
  const { onProgress } = options;
  const source = openExisting(from);
  try {
    source.exec("begin");
    // Only with its first read does the transaction have a snapshot.
    source.prepare("select count(*) from sqlite_schema").get();
    await backup(source, to, {
      rate: pagesAStep,
      progress: ({ totalPages, remainingPages }) => onProgress?.(totalPages - remainingPages, totalPages),
    });
    source.exec("commit");
  } finally {
    source.close();
  }
}

/** Looks into a copy without changing it: what SQLite finds wrong with it, at most 100 sentences. */
export function checkSqlite(path: string): string[] {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const found = db.prepare("pragma integrity_check(100)").all() as { integrity_check: string }[];
    return found.map((row) => row.integrity_check).filter((words) => words !== "ok");
  } finally {
    db.close();
  }
}

/** Reads what a copy holds. `tables` are counted where they are there. */
export function describeSqlite(path: string, tables: readonly string[]): CopiedDatabase {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const there = new Set(
      (db.prepare("select name from sqlite_schema where type = 'table'").all() as { name: string }[]).map(
        ({ name }) => name,
      ),
    );
    const count = (table: string) =>
      Number((db.prepare(`select count(*) as rows from "${table}"`).get() as { rows: number }).rows);
    return {
      migrations: there.has("kysely_migration")
        ? (db.prepare("select name from kysely_migration order by name").all() as { name: string }[]).map(
            ({ name }) => name,
          )
        : [],
      rows: Object.fromEntries(tables.filter((name) => there.has(name)).map((name) => [name, count(name)])),
    };
  } finally {
    db.close();
  }
}

/**
 * Takes a copy out of the write-ahead log's format, so that it is one file that others may read from a read-only
 * medium; the store puts it back when it opens it.
 */
export function leaveWriteAheadLog(path: string): void {
  const db = new DatabaseSync(path);
  try {
    db.exec("pragma journal_mode = delete");
    const mode = pragma(db, "journal_mode");
    if (mode !== "delete") throw new Error(`the copy's journal_mode is ${mode} and cannot be set to delete`);
  } finally {
    db.close();
  }
}

/** Opens a file that is there already. A connection that may write removes the log again where it is the only one. */
function openExisting(path: string): DatabaseSync {
  if (!existsSync(path)) throw new Error(`There is no database ${path}`);
  const db = new DatabaseSync(path);
  db.exec("pragma busy_timeout = 5000; pragma cache_size = -2048; pragma query_only = on");
  return db;
}
