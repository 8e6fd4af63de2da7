import { Kysely, PostgresDialect, type PostgresPoolClient } from "kysely";
import type { Schema } from "../schema.ts";
import { becomePatient, type Lines, openPool, patience } from "./pool.ts";

/**
 * kysely over two connections of its own that can only read. Each query is a transaction that says so: a setting of the
 * session would stay with a connection that a pooler then lends to somebody who writes.
 */
export function openCold(url: string, lines: Lines): Kysely<Schema> {
  const pool = openPool(url, lines, { max: 2, query_timeout: patience.readMs, onConnect: becomePatient });
  return new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: {
        options: {},
        connect: async () => readOnly(await pool.connect()),
        end: () => pool.end(),
      },
    }),
  });
}

interface Client {
  query(text: string): Promise<unknown>;
  release(broken?: Error): void;
}

function readOnly(client: Client & object): PostgresPoolClient {
  const begun = client.query("begin read only");
  begun.catch(() => {});
  const ask = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  return {
    query: (async (...args: unknown[]) => {
      await begun;
      return ask(...args);
    }) as PostgresPoolClient["query"],
    release: () => {
      client.query("commit").then(
        () => client.release(),
        (error: Error) => client.release(error),
      );
    },
  };
}
