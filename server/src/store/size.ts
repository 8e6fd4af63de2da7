import { stat } from "node:fs/promises";
import { sql } from "kysely";
import type { Config } from "../config/config.ts";
import { query } from "./query.ts";
import type { Store } from "./store.ts";

const sizeQuery = query<object>()((db) =>
  db.selectNoFrom(sql<number>`pg_database_size(current_database())`.as("bytes")),
);

/** What a database takes on the disk, in bytes. On PostgreSQL the log is the whole server's and is not counted. */
export async function measureDatabase(
  store: Pick<Store, "read">,
  database: Config["database"],
): Promise<{ data: number; log: number }> {
  if (database.engine === "sqlite") {
    return { data: await fileBytes(database.path), log: await fileBytes(`${database.path}-wal`) };
  }
  const row = await store.read((tx) => tx.one(sizeQuery, {}));
  return { data: Number(row?.bytes ?? 0), log: 0 };
}

/** Asks for the name alone: opening a database's file and closing it again would drop SQLite's locks on it. */
const fileBytes = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
