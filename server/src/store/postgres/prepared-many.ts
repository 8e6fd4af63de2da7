import type { Statement } from "../query.ts";
import type { Row } from "./group-tx.ts";
import {
  insertMany,
  lockMany,
  type ManyStatement,
  type ParameterTypes,
  readMany,
  updateMany,
} from "./many.ts";

/**
 * The statements that groups ask, each made once. PostgreSQL says which types the parameters of the original have, so
 * that nobody has to write them down.
 */
export class ManyStatements {
  readonly #made = new Map<Statement, ManyStatement>();

  /** Makes a statement for many, unless it was made before. `ask` runs a statement in the transaction under way. */
  async prepare(statement: Statement, ask: (text: string) => Promise<Row[]>): Promise<void> {
    const compiled = statement.compileFor("postgres");
    if (this.#made.has(statement) || !/\$1\b/.test(compiled.text)) return;
    await ask(`prepare asked_types as ${compiled.text}`);
    const [row] = await ask(
      "select parameter_types::text[] as types from pg_prepared_statements where name = 'asked_types'",
    );
    await ask("deallocate asked_types");
    this.#made.set(statement, manyOf(statement, row?.types as ParameterTypes));
  }

  /** A statement that was made before. */
  of(statement: Statement): ManyStatement {
    const many = this.#made.get(statement);
    if (many === undefined) throw new Error("the statement was not made ready");
    return many;
  }
}

function manyOf(statement: Statement, types: ParameterTypes): ManyStatement {
  const compiled = statement.compileFor("postgres");
  switch (statement.part?.does) {
    case undefined:
      return readMany(compiled, types);
    case "lock":
      return lockMany(compiled, types);
    case "update":
      return updateMany(compiled, types);
    default:
      return insertMany(compiled, types, { adds: statement.part?.does === "add" });
  }
}
