import { Kysely, PostgresDialect, sql } from "kysely";
import type pg from "pg";
import { isMigrated, ranMigrations } from "../migrate.ts";
import type { Schema } from "../schema.ts";
import type { OpenedStore, Tx } from "../store.ts";
import { openCold } from "./cold.ts";
import { byIndexes } from "./group.ts";
import { Lane, type LaneOptions } from "./lane.ts";
import { becomePatient, isSilence, Lines, openPool, patience } from "./pool.ts";
import {
  isChangedTable,
  isLostConnection,
  isLostStatement,
  isWorthRepeating,
  pauseBefore,
  reconnectsAtMost,
  repeatsAtMost,
} from "./repeat.ts";
import { type AskOptions, PostgresTx } from "./tx.ts";
import { forgetYoungPlans } from "./young-plans.ts";

/** How a PostgreSQL database is opened. */
export interface PostgresStoreOptions {
  /** The most connections for work; reads that are seldom asked have two of their own. */
  poolSize: number;
  /** The most pieces of work that share a transaction, where they may. 0: each has its own. */
  groupsOf: number;
  /** How long closing waits for what is under way before it cuts the connections. Default 5,000. */
  closeWithinMs?: number;
  /** How long the answer to a statement is waited for. Default 15,000, and 32,000 while reading. */
  answerWithinMs?: number;
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

/** A kind of transaction: how it begins, and how long the answer to one of its statements is waited for. */
interface Kind {
  begin: string;
  answerWithinMs: number;
}

const writing: Kind = { begin: "begin isolation level read committed", answerWithinMs: patience.writeMs };
/** Of what came for a group and goes alone. */
const writingByIndexes: Kind = { ...writing, begin: `${writing.begin}; ${byIndexes}` };
const reading: Kind = {
  begin: "begin isolation level repeatable read read only",
  answerWithinMs: patience.readMs,
};

/** How long closing waits for what is under way before it cuts the connections. */
const closeWithinMs = 5_000;

/** Opens a store on a PostgreSQL database. Rejects when it does not answer or is not durable. */
export async function openPostgres(url: string, options: PostgresStoreOptions): Promise<OpenedStore> {
  const lines = new Lines();
  const pool = openPool(url, lines, {
    max: options.poolSize,
    pipeline: true,
    // A connection that comes anew plans its statements anew.
    idleTimeoutMillis: 0,
    onConnect: becomePatient,
  });
  const runner = new Runner(pool, lines);
  const waiting = options.answerWithinMs === undefined ? {} : { answerWithinMs: options.answerWithinMs };
  const toWrite = { ...writing, ...waiting };
  const aloneAtMost = Math.max(1, options.poolSize - 2);
  const lane = runner.lane({ ...writingByIndexes, ...waiting }, { groupsOf: options.groupsOf, aloneAtMost });
  let cold: Kysely<Schema> | undefined;
  let closing: Promise<void> | undefined;
  try {
    await assertDurable(pool);
  } catch (error) {
    lines.cut();
    await pool.end();
    throw error;
  }
  const underWay = new Set<Promise<unknown>>();
  const close = async () => {
    const deadline = setTimeout(() => lines.cut(), options.closeWithinMs ?? closeWithinMs);
    // The pool ends at once and forgets who waits for a connection, so they are waited for first.
    await Promise.allSettled(underWay);
    await Promise.all([cold?.destroy(), pool.end()]);
    clearTimeout(deadline);
    // A connection whose other end is gone is not closed by saying goodbye, and would keep the process alive.
    lines.cut();
  };
  const whileOpen = <T>(ask: () => Promise<T>): Promise<T> => {
    if (closing) return Promise.reject(new Error("the store is closed"));
    const answer = ask().finally(() => underWay.delete(answer));
    underWay.add(answer);
    return answer;
  };

  return {
    engine: "postgres",
    write: (work, { inGroup = false } = {}) =>
      whileOpen(() => (inGroup && options.groupsOf > 0 ? lane.write(work) : runner.run(toWrite, work))),
    read: (work) => whileOpen(() => runner.run({ ...reading, ...waiting }, work)),
    ping: () => whileOpen(async () => void (await pool.query(asking("select 1")))),
    migrate: () => whileOpen(() => migrateDatabase(url, lines)),
    get cold() {
      cold ??= openCold(url, lines);
      return cold;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** The connection was lost before the commit was asked for: nothing was changed. */
class Uncommitted extends Error {
  constructor(cause: unknown) {
    super("the connection was lost before the commit", { cause });
  }
}

/** Runs work in transactions on a pool, again where it was not its own fault that it failed. */
class Runner {
  readonly #pool: pg.Pool;
  readonly #lines: Lines;
  /** False once a pooler was met that does not keep prepared statements with their client. */
  #areNamesKept = true;
  /** Raised when tables were changed: then every connection prepares its statements anew. */
  #edition = 0;

  constructor(pool: pg.Pool, lines: Lines) {
    this.#pool = pool;
    this.#lines = lines;
  }

  async run<T>(kind: Kind, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let repeats = 0; ; repeats++) {
      try {
        return await this.#runOnce(kind, work);
      } catch (error) {
        if (repeats >= this.#repeatsAfter(error)) throw error instanceof Uncommitted ? error.cause : error;
        await pauseBefore(repeats);
      }
    }
  }

  /** A lane on which work is run in groups; what does not go on in its group is run by itself. */
  lane(kind: Kind, most: Pick<LaneOptions, "groupsOf" | "aloneAtMost">): Lane {
    return new Lane({
      ...most,
      connect: () => this.#pool.connect(),
      asking: () => this.#asking(kind),
      alone: (work) => this.run(kind, work),
      heard: (client) => this.#lines.heard(client),
      failed: (error, { begunAtMs, isInDoubt, edition }) => {
        this.#learn(error, edition);
        if (isSilence(error)) this.#lines.cutSilentSince(begunAtMs);
        const isHeard = !isSilence(error) && !(isInDoubt && isLostConnection(error));
        return isHeard && !this.#lines.areCut;
      },
    });
  }

  #asking({ answerWithinMs }: Kind): AskOptions {
    return { answerWithinMs, prepare: this.#areNamesKept, edition: this.#edition };
  }

  /** Asks otherwise from now on, where prepared statements failed. Of all that fail in one edition the first begins the next. */
  #learn(error: unknown, edition: number): void {
    if (isLostStatement(error)) this.#areNamesKept = false;
    if (isChangedTable(error) && edition === this.#edition) this.#edition += 1;
  }

  /** How often work may be run again after it failed so. */
  #repeatsAfter(error: unknown): number {
    if (this.#lines.areCut) return 0;
    if (error instanceof Uncommitted) return reconnectsAtMost;
    const isOver = isLostStatement(error) || isChangedTable(error) || isWorthRepeating(error);
    return isOver ? repeatsAtMost : 0;
  }

  async #runOnce<T>(kind: Kind, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    const begunAtMs = performance.now();
    const { begin, answerWithinMs } = kind;
    const options = this.#asking(kind);
    const tx = new PostgresTx(client, options);
    let broken: Error | undefined;
    let isCommitting = false;
    try {
      // Not waited for: it travels together with the first statement, whose own failure tells of it.
      const begun = client.query(asking(begin + forgetYoungPlans(client), answerWithinMs));
      begun.catch(() => {});
      const result = await work(tx);
      tx.end();
      await begun;
      isCommitting = true;
      const { command } = await client.query(asking("commit", answerWithinMs));
      // The engine answers COMMIT with ROLLBACK, and no error, when a statement had failed and the work hid it.
      if (command !== "COMMIT")
        throw new Error("the transaction was rolled back: one of its statements had failed");
      this.#lines.heard(client);
      return result;
    } catch (error) {
      tx.abandon();
      this.#learn(error, options.edition);
      if (isSilence(error)) {
        this.#lines.cutSilentSince(begunAtMs);
        broken = error as Error;
      } else {
        broken = await client.query(asking("rollback", answerWithinMs)).then(
          () => undefined,
          (failure: Error) => failure,
        );
      }
      throw isLostConnection(error) && !isCommitting ? new Uncommitted(error) : error;
    } finally {
      // A connection that cannot even roll back is thrown away.
      client.release(broken);
    }
  }
}

/** A statement whose answer is waited for only so long. pg's types do not know the member. */
const asking = (text: string, query_timeout = patience.writeMs): pg.QueryConfig =>
  ({ text, query_timeout }) as pg.QueryConfig;

async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    asking(
      "select name from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off'",
    ),
  );
  const setting = rows[0]?.name;
  if (setting) throw new NotDurableError(`${setting}=off`);
}

/** Of several processes one migrates, in one transaction, while the others wait for its advisory lock. */
async function migrateDatabase(url: string, lines: Lines): Promise<void> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: openPool(url, lines, { max: 2 }) }) });
  try {
    const ran = await ranMigrations(async (text) => (await sql.raw<{ name: string }>(text).execute(db)).rows);
    if (isMigrated(ran)) return;
    const { runMigrations } = await import("../migrations/run-migrations.ts");
    await runMigrations(db, "postgres");
  } finally {
    await db.destroy();
  }
}
