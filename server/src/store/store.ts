import type { Kysely } from "kysely";
import type { Query } from "./query.ts";
import type { Schema } from "./schema.ts";
import type { SharedTurn } from "./write-turn.ts";

/** One unit of work on the database. Everything in it is committed together or not at all. */
export interface Tx {
  readonly engine: "sqlite" | "postgres";
  /** All rows of a query. */
  all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]>;
  /** The first row of a query, if there is one. */
  one<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined>;
  /** Runs a statement; returns how many rows it changed. */
  run<P extends object, R>(query: Query<P, R>, params: P): Promise<number>;
}

/** How work may be run. */
export interface WriteOptions {
  /**
   * PostgreSQL: true lets it share a transaction with other work that comes at the same time, as far as its statements
   * that write say how (`GroupPart`). It may then be run once more in a transaction of its own.
   */
  inGroup?: boolean;
}

/** The database, whichever engine stands behind it. */
export interface Store {
  readonly engine: "sqlite" | "postgres";
  /**
   * Runs work in a transaction and resolves once it is durable. On SQLite many pieces of work share one commit,
   * each in a savepoint of its own; on PostgreSQL each has its own transaction and is run again after a
   * serialisation failure or a deadlock. So `work` must have no effect but on `tx`, and must await nothing but `tx`.
   */
  write<T>(work: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Runs work that only reads, on one consistent snapshot. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>;
  /** Waits for what is under way and closes. */
  close(): Promise<void>;
}

/** A store as `openStore` gives it, with what only its owner needs. */
export interface OpenedStore extends Store {
  /** Brings the tables up to this program's version. Safe when several processes do so at once. */
  migrate(): Promise<void>;
  /** kysely for queries that are too rare or too varied to be compiled once. It can only read. */
  readonly cold: Kysely<Schema>;
  /** SQLite: what another thread of this process needs to write to the same file in turn with this store. */
  readonly sharedTurn?: SharedTurn;
}
