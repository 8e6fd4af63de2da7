import type { CompiledStatement, Engine, Statement } from "./query.ts";

/** What a statement does to one table, as its text says it. Kysely writes the text, or whoever wrote the query by hand. */
export interface Write {
  does: "insert" | "update" | "delete";
  table: string;
  /** Whether the whole statement is this write: there is no `with` around it. */
  isWhole: boolean;
  /** Of an insert all columns, in the order of its values; of an update those that it sets. */
  columns: readonly WrittenColumn[];
  /** Where an insert has its rows from: one row of parameters alone, a query, or anything else. */
  from: "parameters" | "query" | "other";
  /** Whether an update says which rows: behind what it sets stands `where`. */
  isLimited: boolean;
}

/** A column that is written, and whether its value is a parameter of the statement. */
export interface WrittenColumn {
  name: string;
  isParameter: boolean;
}

// Of a lock (`for update`) and of an insert's conflict (`do update`), the word is no write of its own.
const anyWrite = /\b(?:(insert) into|(?<!for |key |do )(update)|(delete) from) "?(\w+)"?/g;

/** All that a statement writes, in the order in which its text says so; empty for one that only reads. */
export function readWrites(text: string): Write[] {
  return [...text.matchAll(anyWrite)].map((found) => {
    const [head, insert, update, , table = ""] = found;
    const isWhole = text.slice(0, found.index).trim() === "";
    const rest = text.slice(found.index + head.length);
    const write = { table, isWhole, columns: [], from: "other", isLimited: false } as const;
    if (insert !== undefined) return { ...write, does: "insert", ...readInsert(rest) };
    if (update !== undefined) return { ...write, does: "update", ...readUpdate(rest) };
    return { ...write, does: "delete" };
  });
}

/** The same for each statement, read once for each engine; `read` is given the compiled statement and what it writes. */
export function perStatement<T>(
  read: (compiled: CompiledStatement, writes: readonly Write[]) => T,
): (statement: Statement, engine: Engine) => T {
  const known = { sqlite: new WeakMap<Statement, [T]>(), postgres: new WeakMap<Statement, [T]>() };
  return (statement, engine) => {
    let made = known[engine].get(statement);
    if (made === undefined) {
      const compiled = statement.compileFor(engine);
      made = [read(compiled, readWrites(compiled.text))];
      known[engine].set(statement, made);
    }
    return made[0];
  };
}

const insertForm = /^ \(([^)]*)\)\s+(values|select)\b/;
const parameter = /^(?:\?|\$\d+)$/;

/** Behind `insert into table`. */
function readInsert(rest: string): Pick<Write, "columns" | "from"> {
  const [head = "", names = "", source] = insertForm.exec(rest) ?? [];
  const columns = names.split(", ").map((name) => name.replaceAll('"', ""));
  if (source === "select") return { columns: columns.map(computed), from: "query" };
  const [values, behind] = listAt(rest, head.length + " (".length);
  const given = columns.map((name, at) => ({ name, isParameter: parameter.test(values[at] ?? "") }));
  const isOneRow = source === "values" && !/^\)\s*,/.test(behind);
  return {
    columns: given,
    from: isOneRow && values.every((one) => parameter.test(one)) ? "parameters" : "other",
  };
}

const computed = (name: string): WrittenColumn => ({ name, isParameter: false });
const assignment = /^"?(\w+)"?\s*=\s*(.*)$/s;

/** Behind `update table`. */
function readUpdate(rest: string): Pick<Write, "columns" | "isLimited"> {
  const set = /^(?: as "?\w+"?)?\s+set\s+/.exec(rest)?.[0];
  if (set === undefined) return { columns: [], isLimited: false };
  const [assigned, behind] = listAt(rest, set.length);
  const columns = assigned.map((one) => {
    const [, name = "", value = ""] = assignment.exec(one) ?? [];
    return { name, isParameter: parameter.test(value) };
  });
  return { columns, isLimited: /^\s*where\b/.test(behind) };
}

/** The members of a list that begins at a place of a text, split at its commas, and what stands behind it. */
function listAt(text: string, start: number): [members: string[], behind: string] {
  const members: string[] = [];
  const mark = /'[^']*'|[(),]|(?<!\bdistinct)\s(?=(?:where|from|returning)\b)/g;
  mark.lastIndex = start;
  let from = start;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [word] = found;
    if (word === "(") depth++;
    else if (word === ")" && depth > 0) depth--;
    else if (depth === 0 && !word.startsWith("'")) {
      members.push(text.slice(from, found.index).trim());
      from = found.index + 1;
      if (word !== ",") return [members, text.slice(found.index)];
    }
  }
  return [[...members, text.slice(from).trim()], ""];
}
