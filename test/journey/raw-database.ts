import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Config } from "../../server/src/config/config.ts";

/** Runs statements on a database past the receiver, as somebody with the database's own password could: all or none. */
export async function runRaw(database: Config["database"], statements: readonly string[]): Promise<void> {
  if (database.engine === "sqlite") return runOnSqlite(database.path, statements);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query("begin");
    for (const statement of statements) await client.query(statement);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

function runOnSqlite(path: string, statements: readonly string[]): void {
  const db = new DatabaseSync(path);
  try {
    db.exec("begin immediate");
    for (const statement of statements) db.exec(statement);
    db.exec("commit");
  } finally {
    db.close();
  }
}

/** Takes away all that keeps a table's rows from being changed, and on PostgreSQL what they must be too. */
export async function dropGuards(database: Config["database"], table: string): Promise<void> {
  if (database.engine !== "sqlite") {
    const each = (query: string, action: string) =>
      `do $$ declare name text; begin for name in ${query} loop execute format('${action}', name); end loop; end $$`;
    return runRaw(database, [
      each(
        `select tgname from pg_trigger where tgrelid = '${table}'::regclass and not tgisinternal`,
        `drop trigger %I on ${table}`,
      ),
      each(
        `select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'c'`,
        `alter table ${table} drop constraint %I`,
      ),
    ]);
  }
  const db = new DatabaseSync(database.path);
  const triggers = db.prepare("select name from sqlite_master where type = 'trigger' and tbl_name = ?");
  const names = triggers.all(table).map(({ name }) => String(name));
  db.close();
  await runRaw(
    database,
    names.map((name) => `drop trigger ${name}`),
  );
}
