import pg from "pg";

// https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
const int8 = 20;
const numeric = 1700;

/**
 * Reads the engine's 64-bit integers, and the `numeric` it sums them to, as numbers, as SQLite's are read. Throws
 * where a number could not hold the value exactly: money is never rounded in silence.
 */
export const exactIntegers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === int8 || oid === numeric
      ? exactInteger
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`the database's number ${text} is not a safe integer`);
  return value;
}
