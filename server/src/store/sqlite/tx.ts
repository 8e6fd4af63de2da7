import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Query } from "../query.ts";
import type { Tx } from "../store.ts";
import { RowMaker } from "./row-maker.ts";

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
      return Promise.resolve(rows.all(statement.all(...values(params))) as R[]);
    } catch (error) {
      return this.#fail(error);
    }
  }

  one<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined> {
    if (this.#ended) return this.#refuse();
    try {
      const { statement, values, rows } = this.#statements.of(query);
      const found = statement.get(...values(params));
      return Promise.resolve((found === undefined ? undefined : rows.one(found)) as R | undefined);
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
