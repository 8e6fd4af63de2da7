/** How a single value is entered. `measure` is money or a whole number, as what is counted beside it. */
export type FieldKind =
  | "text"
  | "day"
  | "whole"
  | "percent"
  | "money"
  | "measure"
  | "choice"
  | "choices"
  | "words";

/** One value. */
export interface Field {
  shape: "field";
  as: FieldKind;
  /** Of `choice` and `choices`. */
  options: readonly string[];
}

/** Values under names. */
export interface Group {
  shape: "group";
  members: readonly Member[];
}

/** A member of a group. */
export interface Member {
  name: string;
  node: FormNode;
  isRequired: boolean;
  /** What it is where it is left out. */
  byDefault: unknown;
}

/** A list of groups, in order. */
export interface Rows {
  shape: "rows";
  of: Group;
  /** Each is one line of single values: then a blank line stands below them to be filled in. */
  isLines: boolean;
  most: number;
}

/** A part of a document that is entered in a form. */
export type FormNode = Field | Group | Rows;

/** What was entered: texts, ticked values, groups and rows of groups, as they were typed. */
export type Entry = string | readonly string[] | Sheet | readonly Sheet[];

/** What was entered in a group, by the names of its members, and what no field can show: it stays as it is. */
export interface Sheet {
  entries: Readonly<Record<string, Entry>>;
  rest: Readonly<Record<string, unknown>>;
}

/** An empty group. */
export const blankSheet: Sheet = { entries: {}, rest: {} };

/** The name of the hidden field with what a group's fields cannot show. */
export const restName = "~";
/** In place of a number: the blank line below the others. */
export const spareRow = "+";

/** What the numbers of a group are in, and how the reader's language writes them. */
export interface Scope {
  /** What stands before decimals in the reader's language. */
  decimal: "." | ",";
  currency?: string;
  measure?: string;
}
