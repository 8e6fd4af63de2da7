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
import type { GroupPart } from "./group-part.ts";
import type { Schema } from "./schema.ts";

/** The engines a query can be compiled for. */
export type Engine = "sqlite" | "postgres";

/** What a query is once its parameters' and rows' types do not matter. */
export interface Statement {
  compileFor(engine: Engine): CompiledStatement;
  /** How it is made ready for a group of transactions, where it writes; without it whoever asks it goes alone. */
  readonly part?: GroupPart | undefined;
}

/** A query with named parameters, built once by kysely and compiled once for each engine. */
export interface Query<P extends object, R> extends Statement {
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

/** kysely for each engine, with no database behind it: made when its first query is compiled. */
const compilers: Partial<Record<Engine, Kysely<Schema>>> = {};

function compilerFor(engine: Engine): Kysely<Schema> {
  compilers[engine] ??= new Kysely<Schema>({
    dialect: {
      createAdapter: () => (engine === "sqlite" ? new SqliteAdapter() : new PostgresAdapter()),
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new Error("a compiler has no database to look into");
      },
      createQueryCompiler: () =>
        engine === "sqlite" ? new SqliteQueryCompiler() : new PostgresQueryCompiler(),
    },
  });
  return compilers[engine];
}

const defined: Statement[] = [];

/** Every query of the modules that are loaded: what holds them all to their indexes asks for them here. */
export const definedQueries = (): readonly Statement[] => defined;

/**
 * Defines a query. `build` receives kysely, a placeholder for each named parameter, and the engine, for where the two
 * keep something differently; it runs once an engine, on first use, so a hot query costs no building. `part` says how one that writes is made ready for a group.
 *
 * @example
 * const clickByReference = query<{ reference: Reference }>()((db, p) =>
 *   db.selectFrom("clicks").selectAll().where("reference", "=", p.reference));
 */
export const query =
  <P extends object>() =>
  <R>(
    build: (db: Kysely<Schema>, params: Placeholders<P>, engine: Engine) => Compilable<R>,
    part?: GroupPart<keyof P & string, P>,
  ): Query<P, R> => {
    const compiled: Partial<Record<Engine, CompiledStatement>> = {};
    const made: Query<P, R> = {
      part,
      compileFor: (engine) => {
        compiled[engine] ??= statementOf(build(compilerFor(engine), placeholders<P>(), engine).compile());
        return compiled[engine];
      },
    };
    defined.push(made);
    return made;
  };

function placeholders<P>(): Placeholders<P> {
  return new Proxy({} as Placeholders<P>, { get: (_, name) => sql`${new Parameter(String(name))}` });
}

function statementOf(compiled: CompiledQuery): CompiledStatement {
  const slots = compiled.parameters;
  const names = slots.map((slot) => (slot instanceof Parameter ? slot.name : undefined));
  // A purchase binds some hundred and fifty values.
  const values = (params: object) => {
    const given = params as Record<string, unknown>;
    const all = new Array<unknown>(names.length);
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      all[index] = name === undefined ? slots[index] : (given[name] ?? null);
    }
    return all;
  };
  let ownName: string | undefined;
  return {
    // Made when it is asked for: only PostgreSQL does, and a command would load Node's crypto for it.
    get name() {
      ownName ??= nameOf(compiled.sql);
      return ownName;
    },
    text: compiled.sql,
    values,
  };
}

/** The name of a text: 96 bits, so that no two texts meet, in PostgreSQL's 63 characters. */
export const nameOf = (text: string): string =>
  `t${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
