import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** A table of single rows in a file of its own. */
export interface RowLog {
  /** Resolves once the row is on the disk. */
  insert(values: SQLInputValue[]): Promise<void>;
  count(): number;
}

/** Rows that come in one turn of the event loop share a commit, as durable as the receiver's own. */
export function openRowLog(path: string): RowLog {
  const db = new DatabaseSync(path);
  db.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table events (
      id text primary key, session text, amount integer, currency text, reference text
    ) strict, without rowid`);
  const insert = db.prepare("insert into events values (?, ?, ?, ?, ?)");
  const begin = db.prepare("begin immediate");
  const commit = db.prepare("commit");
  const countAll = db.prepare("select count(*) as count from events");
  let waiting: { values: SQLInputValue[]; resolve: () => void; reject: (error: unknown) => void }[] = [];

  const flush = () => {
    const batch = waiting;
    waiting = [];
    try {
      begin.run();
      for (const { values } of batch) insert.run(...values);
      commit.run();
    } catch (error) {
      if (db.isTransaction) db.exec("rollback");
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { resolve } of batch) resolve();
  };

  return {
    insert: (values) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ values, resolve, reject });
      }),
    count: () => Number(countAll.get()?.count),
  };
}
