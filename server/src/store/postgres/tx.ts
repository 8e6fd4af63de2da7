import type pg from "pg";
import type { Query } from "../query.ts";
import type { Tx } from "../store.ts";
import { refusalOfText } from "../unspeakable.ts";

/** How the statements of a transaction are asked. */
export interface AskOptions {
  /** How long an answer is waited for, in milliseconds. */
  answerWithinMs: number;
  /** True prepares a statement once a connection, by the query's name. */
  prepare: boolean;
  /** How often a newer program was found to have changed tables under prepared statements. */
  edition: number;
}

/**
 * A statement with the name that it is prepared by. In another edition the text is another one too: a pooler that keeps
 * prepared statements knows them by their text.
 */
export function preparedBy<Asked extends { name?: string; text: string }>(
  asked: Asked,
  { prepare, edition }: Pick<AskOptions, "prepare" | "edition">,
): Asked | Omit<Asked, "name"> {
  const { name, ...unnamed } = asked;
  if (!prepare || name === undefined) return unnamed;
  return edition === 0
    ? asked
    : { ...asked, name: `${name}_${edition}`, text: `${asked.text} /* ${edition} */` };
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
      const { answerWithinMs } = this.#options;
      const asked = { name, text, values: values(params), query_timeout: answerWithinMs };
      return await this.#client.query(preparedBy(asked, this.#options));
    } catch (error) {
      this.#ended = true;
      this.#failure = refusalOfText(error);
      throw this.#failure;
    }
  }
}
