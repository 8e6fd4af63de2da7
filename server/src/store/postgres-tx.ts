import type pg from "pg";
import type { Query } from "./query.ts";
import type { Tx } from "./store.ts";

/** A transaction on a PostgreSQL connection. A statement is prepared once a connection, by the query's name. */
export class PostgresTx implements Tx {
  readonly engine = "postgres";
  readonly #client: pg.ClientBase;
  #failure: unknown;
  #ended = false;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  async all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]> {
    return (await this.#ask(query, params)).rows as R[];
  }

  async one<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined> {
    return (await this.#ask(query, params)).rows[0] as R | undefined;
  }

  async run<P extends object, R>(query: Query<P, R>, params: P): Promise<number> {
    return (await this.#ask(query, params)).rowCount ?? 0;
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

  async #ask<P extends object, R>(query: Query<P, R>, params: P): Promise<pg.QueryResult> {
    if (this.#ended) {
      throw new Error("the transaction has ended: a statement of it failed, or its work is done", {
        cause: this.#failure,
      });
    }
    const { name, text, values } = query.compileFor("postgres");
    try {
      return await this.#client.query({ name, text, values: values(params) });
    } catch (error) {
      this.#ended = true;
      this.#failure = error;
      throw error;
    }
  }
}
