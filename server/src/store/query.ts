import { createHash } from "node:crypto";
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import type { Schema } from "./schema.ts";

/** The engines a query can be compiled for. */
export type Engine = "sqlite" | "postgres";

/** A query with named parameters, built once by kysely and compiled once for each engine. */
export interface Query<P extends object, R> {
  compileFor(engine: Engine): CompiledStatement;
  /** Types only; nothing is stored here. */
  readonly types?: { params: P; row: R };
}

/** SQL text with the order in which the parameters' values must be given. */
export interface CompiledStatement {
  /**
   * The name of the prepared statement: a hash of its text. So two programs that share a connection through a pooler
   * never mean different statements by one name.
   */
  readonly name: string;
  readonly text: string;
  readonly values: (params: object) => unknown[];
}

/** A placeholder for each named parameter of a query. */
export type Placeholders<P> = { [Name in keyof P]-?: RawBuilder<P[Name]> };

class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const databases = {
  sqlite: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new Error("a compiler has no database to look into");
      },
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new Error("a compiler has no database to look into");
      },
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
} satisfies Record<Engine, Kysely<Schema>>;

/**
 * Defines a query. `build` receives kysely and a placeholder for each named parameter; it runs once an engine,
 * on first use, so a hot query costs no building.
 *
 * @example
 * const clickByReference = query<{ reference: Reference }>()((db, p) =>
 *   db.selectFrom("clicks").selectAll().where("reference", "=", p.reference));
 */
export const query =
  <P extends object>() =>
  <R>(build: (db: Kysely<Schema>, params: Placeholders<P>) => Compilable<R>): Query<P, R> => {
    const compiled: Partial<Record<Engine, CompiledStatement>> = {};
    return {
      compileFor: (engine) => {
        compiled[engine] ??= statementOf(build(databases[engine], placeholders<P>()).compile());
        return compiled[engine];
      },
    };
  };

function placeholders<P>(): Placeholders<P> {
  return new Proxy({} as Placeholders<P>, { get: (_, name) => sql`${new Parameter(String(name))}` });
}

function statementOf(compiled: CompiledQuery): CompiledStatement {
  const slots = compiled.parameters;
  const values = (params: object) =>
    slots.map((slot) =>
      slot instanceof Parameter ? ((params as Record<string, unknown>)[slot.name] ?? null) : slot,
    );
  return { name: nameOf(compiled.sql), text: compiled.sql, values };
}

// 96 bits: long enough that no two texts meet, short enough for PostgreSQL's 63 characters.
const nameOf = (text: string): string => `t${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
