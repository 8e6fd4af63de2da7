import type { Placeholders } from "./query.ts";

/** The names of a row's members, all of them. */
export type Columns<Row> = readonly (keyof Row & string)[];

/**
 * The list of a row's columns: the one place beside its type where they are written. It is given as a record, so that a
 * column that is missing, or is none, does not compile.
 */
export const columnsOf = <Row extends object>(columns: Record<keyof Row & string, true>): Columns<Row> =>
  Object.keys(columns) as (keyof Row & string)[];

/** What an insert sets: for each column the parameter of its name. */
export const valuesOf = <Row extends object>(
  columns: Columns<Row>,
  params: Placeholders<Row>,
): Placeholders<Row> => Object.fromEntries(columns.map((name) => [name, params[name]])) as Placeholders<Row>;
