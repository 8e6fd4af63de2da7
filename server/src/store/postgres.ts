import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { isMigrated, runMigrations } from "./migrate.ts";
import { isWorthRepeating, pauseBefore, repeatsAtMost } from "./postgres-repeat.ts";
import { PostgresTx } from "./postgres-tx.ts";
import { exactIntegers } from "./postgres-types.ts";
import type { Schema } from "./schema.ts";
import type { OpenedStore, Tx } from "./store.ts";

/** How a PostgreSQL database is opened. */
export interface PostgresStoreOptions {
  /** The most connections for work; reads that are seldom asked have two of their own. */
  poolSize: number;
}

/** The database's settings let it forget what it has acknowledged. */
export class NotDurableError extends Error {
  constructor(setting: string) {
    super(
      `PostgreSQL runs with ${setting}: it would acknowledge purchases and lose them in a crash. ` +
        `Turn it on in postgresql.conf or with ALTER ROLE/ALTER DATABASE.`,
    );
    this.name = "NotDurableError";
  }
}

type Begin = "begin isolation level read committed" | "begin isolation level repeatable read read only";

/** Opens a store on a PostgreSQL database. Rejects when it does not answer or is not durable. */
export async function openPostgres(url: string, options: PostgresStoreOptions): Promise<OpenedStore> {
  const pool = openPool(url, { max: options.poolSize, pipeline: true, ...patience });
  let cold: Kysely<Schema> | undefined;
  let closing: Promise<void> | undefined;
  try {
    await assertDurable(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const underWay = new Set<Promise<unknown>>();
  const close = async () => {
    // The pool ends at once and forgets who waits for a connection, so they are waited for first.
    await Promise.allSettled(underWay);
    await cold?.destroy();
    await pool.end();
  };
  const whileOpen = <T>(ask: () => Promise<T>): Promise<T> => {
    if (closing) return Promise.reject(new Error("the store is closed"));
    const answer = ask().finally(() => underWay.delete(answer));
    underWay.add(answer);
    return answer;
  };
  const inTransaction = <T>(begin: Begin, work: (tx: Tx) => Promise<T>): Promise<T> =>
    whileOpen(() => repeatWhileContended(pool, begin, work));

  return {
    engine: "postgres",
    write: (work) => inTransaction("begin isolation level read committed", work),
    read: (work) => inTransaction("begin isolation level repeatable read read only", work),
    ping: () => whileOpen(async () => void (await pool.query("select 1"))),
    migrate: () => whileOpen(() => migrateDatabase(url)),
    get cold() {
      cold ??= openCold(url);
      return cold;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

// A statement takes milliseconds. These only end what would otherwise hang for ever.
const patience = {
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
} satisfies pg.PoolConfig;

function openPool(url: string, config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: "tallystick",
    types: exactIntegers,
    ...config,
  });
  // A connection that breaks tells it twice: as the rejection of what was asked on it, which the caller sees, and as
  // an event, which without a listener would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

async function repeatWhileContended<T>(
  pool: pg.Pool,
  begin: Begin,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await runOnce(pool, begin, work);
    } catch (error) {
      if (!isWorthRepeating(error) || repeats >= repeatsAtMost) throw error;
      await pauseBefore(repeats);
    }
  }
}

async function runOnce<T>(pool: pg.Pool, begin: Begin, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const tx = new PostgresTx(client);
  let broken: Error | undefined;
  try {
    // Not waited for: it travels together with the first statement, whose own failure tells of it.
    const begun = client.query(begin);
    begun.catch(() => {});
    const result = await work(tx);
    tx.end();
    await begun;
    const { command } = await client.query("commit");
    // The engine answers COMMIT with ROLLBACK, and no error, when a statement had failed and the work hid it.
    if (command !== "COMMIT")
      throw new Error("the transaction was rolled back: one of its statements had failed");
    return result;
  } catch (error) {
    tx.abandon();
    broken = await client.query("rollback").then(
      () => undefined,
      (failure: Error) => failure,
    );
    throw error;
  } finally {
    // A connection that cannot even roll back is thrown away.
    client.release(broken);
  }
}

async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    "select name from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off'",
  );
  const setting = rows[0]?.name;
  if (setting) throw new NotDurableError(`${setting}=off`);
}

function openCold(url: string): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: openPool(url, { max: 2, ...patience }),
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw("set default_transaction_read_only = on"));
      },
    }),
  });
}

/** Of several processes one migrates, in one transaction, while the others wait for its advisory lock. */
async function migrateDatabase(url: string): Promise<void> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: openPool(url, { max: 2 }) }) });
  try {
    if (!(await isMigrated(db))) await runMigrations(db, "postgres");
  } finally {
    await db.destroy();
  }
}
