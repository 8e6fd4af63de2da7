import type { StatementSync } from "node:sqlite";

/**
 * Makes objects of the rows that a statement gives. Those that Node makes are dictionaries to V8, without a shape that a
 * compiled function knows: to make one and read it takes twice the time, to spread it into another three times. So the
 * statement gives arrays once it has its maker.
 */
export class RowMaker {
  readonly #statement: StatementSync;
  #names: readonly string[] = [];

  constructor(statement: StatementSync) {
    this.#statement = statement;
    statement.setReturnArrays(true);
  }

  /** The object of one row. */
  one(given: unknown): object {
    const values = given as readonly unknown[];
    // Anew where a newer program has given a table a column meanwhile: `select *` then has it too.
    if (values.length !== this.#names.length) this.#names = this.#statement.columns().map(({ name }) => name);
    const names = this.#names;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
    return row;
  }

  /** The objects of all rows; the array is the one that is given. */
  all(given: unknown[]): object[] {
    for (let index = 0; index < given.length; index++) given[index] = this.one(given[index]);
    return given as object[];
  }

  /** The object of each row, as they are asked for. */
  *each(given: Iterable<unknown>): Generator<object, void> {
    for (const values of given) yield this.one(values);
  }
}
