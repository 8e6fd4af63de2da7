import { type CompiledStatement, nameOf } from "../query.ts";

/** A statement that does for many sets of parameters what another does for one. */
export interface ManyStatement {
  readonly name: string;
  readonly text: string;
  /** The values to ask it with: an array for each parameter, as PostgreSQL writes arrays. */
  values(sets: readonly (readonly unknown[])[]): string[];
}

/** The column that says whose a row is: the place of its parameters among the sets, from 1. */
export const whose = "member_n";

/** PostgreSQL's names of the types of a statement's parameters, in their order. */
export type ParameterTypes = readonly string[];

/**
 * Reads for many: `select … where a = $1` becomes a lateral join with the sets of parameters. `offset 0` keeps the planner
 * from pulling the inner query up: so it is run for one set after another by its indexes, keeps its own order, and is
 * never a hash over a whole table.
 */
export const readMany = ({ text }: CompiledStatement, types: ParameterTypes): ManyStatement =>
  manyOf(text, types, (inner, sets) => joined(`${inner} offset 0`, sets));

/**
 * Locks a row for each of many and reads it: an update that changes nothing becomes a locking read. A row that another
 * transaction has locked is passed over.
 */
export function lockMany({ text }: CompiledStatement, types: ParameterTypes): ManyStatement {
  const parts = /^update ("\w+") set .+ where (.+) returning (.+)$/s.exec(text);
  if (parts === null) throw new Error(`this is no update that locks a row: ${text}`);
  const [, table, where, returned] = parts;
  const select = `select ${returned} from ${table} where ${where} for no key update skip locked`;
  return manyOf(select, types, joined);
}

/** Inserts many rows. `on conflict` stays only where the row's sums are to be added to. */
export function insertMany(
  { text }: CompiledStatement,
  types: ParameterTypes,
  { adds }: { adds: boolean },
): ManyStatement {
  const parts =
    /^(insert into "\w+" \([^)]+\)) values \(([^)]+)\)( on conflict \([^)]+\) do update set .+?)?/s;
  const found = new RegExp(`${parts.source}( returning .+| on conflict do nothing)?$`, "s").exec(text);
  if (found === null) throw new Error(`this is no insert of one row: ${text}`);
  const [, into, row, onConflict = ""] = found;
  if (adds !== (onConflict !== "")) throw new Error(`this adds to sums, or should: ${text}`);
  return manyOf(row ?? "", types, (values, sets) => `${into} select ${values} from ${sets}${onConflict}`);
}

/** Changes many rows. */
export function updateMany({ text }: CompiledStatement, types: ParameterTypes): ManyStatement {
  const parts = /^(update "\w+" set .+?) where (.+)$/s.exec(text);
  if (parts === null || / returning /.test(text)) throw new Error(`this is no plain update: ${text}`);
  const [, set, where] = parts;
  const both = `${set}${between}${where}`;
  return manyOf(both, types, (inner, sets) => inner.replace(between, ` from ${sets} where `));
}

const between = " \u0000 ";

const joined = (inner: string, sets: string): string =>
  `select found_.*, member_.n as ${whose} from ${sets} cross join lateral (${inner}) as found_`;

/** Puts columns of the sets in place of a text's parameters; those that it does not name are not sent. */
function manyOf(
  one: string,
  types: ParameterTypes,
  build: (inner: string, sets: string) => string,
): ManyStatement {
  const used = [...new Set([...one.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)))].sort(
    (a, b) => a - b,
  );
  const arrays = used.map((number, index) => `$${index + 1}::${types[number - 1]}[]`).join(", ");
  const columns = used.map((number) => `p${number}, `).join("");
  const sets = `unnest(${arrays}) with ordinality as member_ (${columns}n)`;
  const text = build(
    one.replace(/\$(\d+)/g, (_, number) => `member_.p${number}`),
    sets,
  );
  const values = (all: readonly (readonly unknown[])[]) =>
    used.map((number) => arrayOf(all.map((set) => set[number - 1])));
  return { name: nameOf(text), text, values };
}

/** An array as PostgreSQL reads one: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
export const arrayOf = (values: readonly unknown[]): string => `{${values.map(elementOf).join()}}`;

function elementOf(value: unknown): string {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "string":
      return quoted(value);
    default:
      if (value === null || value === undefined) return "NULL";
      if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString("hex")}"`;
      throw new TypeError("a parameter of this type has no place in an array");
  }
}

// What JSON writes otherwise than as it is: only of quotes and backslashes are its escapes an array's too.
const escapedOtherwise = /[^ -\ud7ff\ue000-\uffff]/;

function quoted(text: string): string {
  if (!escapedOtherwise.test(text)) return JSON.stringify(text);
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
