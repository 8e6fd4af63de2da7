import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Query } from "../query.ts";
import type { Tx } from "../store.ts";

interface Prepared {
  readonly statement: StatementSync;
  readonly values: (params: object) => SQLInputValue[];
  readonly rows: RowMaker;
}

/** The prepared statements of one connection, each made on first use. */
export class Statements {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<object, Prepared>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  of<P extends object, R>(query: Query<P, R>): Prepared {
    return this.#prepared.get(query) ?? this.#prepare(query);
  }

  #prepare<P extends object, R>(query: Query<P, R>): Prepared {
    const { text, values } = query.compileFor("sqlite");
    const statement = this.#db.prepare(text);
    statement.setReturnArrays(true);
    const prepared = {
      statement,
      values: values as (params: object) => SQLInputValue[],
      rows: new RowMaker(statement),
    };
    this.#prepared.set(query, prepared);
    return prepared;
  }
}

/**
 * Makes objects of a statement's rows. Those that Node makes are dictionaries to V8, without a shape that a compiled
 * function knows: to make one and read it takes twice the time, to spread it into another three times.
 */
class RowMaker {
  readonly #statement: StatementSync;
  #names: readonly string[] = [];

  constructor(statement: StatementSync) {
    this.#statement = statement;
  }

  of(values: readonly unknown[]): object {
    // Anew where a newer program has given a table a column meanwhile: `select *` then has it too.
    if (values.length !== this.#names.length) this.#names = this.#statement.columns().map(({ name }) => name);
    const names = this.#names;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
    return row;
  }
}

/**
 * A transaction on SQLite. Statements run when they are asked for; the promises are there because PostgreSQL needs
 * them. They are already settled, so that work on a transaction never leaves the event loop's turn.
 *
 * As on PostgreSQL, a statement that failed ends the transaction: what is asked afterwards is refused, and the
 * transaction is not committed even if the work swallowed the error.
 */
export class SqliteTx implements Tx {
  readonly engine = "sqlite";
  readonly #statements: Statements;
  #failure: unknown;
  #ended = false;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]> {
    if (this.#ended) return this.#refuse();
    try {
      const { statement, values, rows } = this.#statements.of(query);
      const found: unknown[] = statement.all(...values(params));
      for (let index = 0; index < found.length; index++) found[index] = rows.of(found[index] as unknown[]);
      return Promise.resolve(found as R[]);
    } catch (error) {
      return this.#fail(error);
    }
  }

  one<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined> {
    if (this.#ended) return this.#refuse();
    try {
      const { statement, values, rows } = this.#statements.of(query);
      const found = statement.get(...values(params)) as unknown[] | undefined;
      return Promise.resolve((found === undefined ? undefined : rows.of(found)) as R | undefined);
    } catch (error) {
      return this.#fail(error);
    }
  }

  run<P extends object, R>(query: Query<P, R>, params: P): Promise<number> {
    if (this.#ended) return this.#refuse();
    try {
      const { statement, values } = this.#statements.of(query);
      return Promise.resolve(statement.run(...values(params)).changes as number);
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** Refuses whatever is asked from now on; throws what a statement failed with, if one did and the work hid it. */
  end(): void {
    this.#ended = true;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Refuses whatever is asked from now on. */
  abandon(): void {
    this.#ended = true;
  }

  #fail(error: unknown): Promise<never> {
    this.#ended = true;
    this.#failure = error;
    return Promise.reject(error);
  }

  #refuse(): Promise<never> {
    return Promise.reject(
      new Error("the transaction has ended: a statement of it failed, or its work is done", {
        cause: this.#failure,
      }),
    );
  }
}
