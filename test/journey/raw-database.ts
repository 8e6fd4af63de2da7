import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Config } from "../../server/src/config/config.ts";

/** Runs statements on a database past the receiver, as somebody with the database's own password could. */
export async function runRaw(database: Config["database"], statements: readonly string[]): Promise<void> {
  if (database.engine === "sqlite") {
    const db = new DatabaseSync(database.path);
    try {
      for (const statement of statements) db.exec(statement);
    } finally {
      db.close();
    }
    return;
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The statements that take away what keeps a table from being changed, and what its rows must be. */
export function withoutGuard({ engine }: Config["database"], table: string): string[] {
  return engine === "sqlite"
    ? [
        ...["update", "delete"].map((change) => `drop trigger ${table}_refuse_${change}`),
        "pragma ignore_check_constraints = on",
      ]
    : [
        `drop trigger ${table}_refuse_change on ${table}`,
        `do $$ declare rule text; begin
          for rule in select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'c' loop
            execute format('alter table ${table} drop constraint %I', rule);
          end loop;
        end $$`,
      ];
}
