import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import type { Engine } from "../query.ts";

/** The words in which the engines' table definitions differ. */
export interface Dialect {
  readonly engine: Engine;
  /** Instants and money. SQLite's `integer` holds 64 bits; PostgreSQL's holds 32. */
  readonly int64: string;
  /** Ids compare byte by byte on both engines, so that pages of a listing have one order everywhere. */
  readonly text: string;
  /** Hashes of which there are millions: 16 bytes rather than 22 characters. */
  readonly bytes: string;
  /** Ends a table whose rows are found by number: rows are appended, the key is an index beside them. */
  readonly appended: string;
  /** Ends a table that is its own primary key's tree: on SQLite one random page a write rather than two. */
  readonly clustered: string;
  /** Statements that make the database itself refuse to change or delete a table's rows. */
  appendOnly(table: string): string[];
}

const sqlite: Dialect = {
  engine: "sqlite",
  int64: "integer",
  text: "text",
  bytes: "blob",
  appended: "strict",
  clustered: "strict, without rowid",
  appendOnly: (table) =>
    ["update", "delete"].map(
      (change) => `create trigger ${table}_refuse_${change} before ${change} on ${table}
        begin select raise(abort, '${table} is append-only'); end`,
    ),
};

// The triggers are ALWAYS ones: a session in replication mode, which skips ordinary triggers, is refused too.
const postgres: Dialect = {
  engine: "postgres",
  int64: "bigint",
  text: 'text collate "C"',
  bytes: "bytea",
  appended: "",
  clustered: "",
  appendOnly: (table) => [
    `create or replace function refuse_change() returns trigger language plpgsql as $$
      begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$`,
    `create trigger ${table}_refuse_change before update or delete or truncate on ${table}
      for each statement execute function refuse_change()`,
    `alter table ${table} enable always trigger ${table}_refuse_change`,
  ],
};

const dialects: Record<Engine, Dialect> = { sqlite, postgres };

/**
 * A check that a column holds one of some words. They are compared one by one: for `in` with three words or more
 * SQLite fills a table of its own at each insert, which can cost more than the insert itself.
 */
export const oneOf = (column: string, words: readonly string[]): string =>
  `check (${words.map((word) => `${column} = '${word}'`).join(" or ")})`;

/** What a migration file gives: its statements, in the words of an engine. */
export type Definition = (dialect: Dialect) => readonly string[];

/** A migration that runs a definition's statements one after another. */
export function migrationOf(definition: Definition, engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of definition(dialects[engine])) await sql.raw(statement).execute(db);
    },
  };
}
