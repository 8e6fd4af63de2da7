import type pg from "pg";
import type { Query } from "./query.ts";
import type { Tx } from "./store.ts";
import { refusalOfText } from "./unspeakable.ts";

/** How the statements of a transaction are asked. */
export interface AskOptions {
  /** How long an answer is waited for, in milliseconds. */
  answerWithinMs: number;
  /** True prepares a statement once a connection, by the query's name. */
  prepare: boolean;
}

/** A transaction on a PostgreSQL connection. */
export class PostgresTx implements Tx {
  readonly engine = "postgres";
  readonly #client: pg.ClientBase;
  readonly #options: AskOptions;
  #failure: unknown;
  #ended = false;

  constructor(client: pg.ClientBase, options: AskOptions) {
    this.#client = client;
    this.#options = options;
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
      const { prepare, answerWithinMs } = this.#options;
      const asked = { text, values: values(params), query_timeout: answerWithinMs };
      return await this.#client.query(prepare ? { name, ...asked } : asked);
    } catch (error) {
      this.#ended = true;
      this.#failure = refusalOfText(error);
      throw this.#failure;
    }
  }
}
