import { readField } from "./field-values.ts";
import {
  blankSheet,
  type Entry,
  type FormNode,
  type Group,
  type Member,
  type Rows,
  restName,
  type Scope,
  type Sheet,
  spareRow,
} from "./form-node.ts";
import { isSame, scopeOf } from "./nested-form.ts";

/** Names of form fields, by what stands between their dots. */
interface Branch {
  values: string[];
  inner: Map<string, Branch>;
}

/** What a form sent, read by the form that asked: names that it does not have are not looked at. */
export function readSheet(group: Group, form: URLSearchParams): Sheet {
  const root: Branch = { values: [], inner: new Map() };
  for (const [name, value] of form) {
    let at = root;
    for (const part of name.split(".", 20)) {
      const next = at.inner.get(part) ?? { values: [], inner: new Map() };
      at.inner.set(part, next);
      at = next;
    }
    at.values.push(value.replaceAll("\0", "").toWellFormed());
  }
  return sheetIn(group, root);
}

function sheetIn(group: Group, { inner }: Branch): Sheet {
  const entries: Record<string, Entry> = {};
  for (const { name, node } of group.members) {
    const sent = inner.get(name);
    if (sent !== undefined) entries[name] = entryIn(node, sent);
  }
  return { entries, rest: restIn(inner.get(restName)?.values[0]) };
}

function entryIn(node: FormNode, sent: Branch): Entry {
  if (node.shape === "group") return sheetIn(node, sent);
  if (node.shape === "field") return node.as === "choices" ? sent.values : (sent.values[0] ?? "");
  const numbered = [...sent.inner]
    .filter(([at]) => /^\d{1,6}$/.test(at))
    .sort(([one], [other]) => Number(one) - Number(other));
  const spare = sent.inner.get(spareRow);
  const rows = [...numbered.map(([, row]) => row), ...(spare === undefined ? [] : [spare])];
  const sheets = rows.map((row) => sheetIn(node.of, row));
  // A line that was emptied is one that was taken out.
  return node.isLines ? sheets.filter((one) => !isBlank(one)) : sheets;
}

function restIn(text: string | undefined): Sheet["rest"] {
  try {
    const rest: unknown = JSON.parse(text ?? "{}");
    return typeof rest === "object" && rest !== null && !Array.isArray(rest)
      ? (rest as Sheet["rest"])
      : blankSheet.rest;
  } catch {
    return blankSheet.rest;
  }
}

const isBlank = ({ entries, rest }: Sheet): boolean =>
  Object.keys(rest).length === 0 && Object.values(entries).every((one) => String(one).trim() === "");

/** What is wrong with what stands at a path of the document: `rules.0.pay.rateBp`. */
export type SheetProblems = Map<string, string>;

/** The document that a sheet stands for, with what is no value in it as it was typed, and why. */
export function documentOf(
  group: Group,
  { entries, rest }: Sheet,
  { scope: outer, path = "", problems }: { scope: Scope; path?: string; problems: SheetProblems },
): Record<string, unknown> {
  const scope = scopeOf(currencyIn(entries), outer);
  // A member named `__proto__` of a text is one like others.
  const document = new Map<string, unknown>();
  for (const member of group.members) {
    const value = memberValue(member, entries[member.name], {
      scope,
      path: inside(path, member.name),
      problems,
    });
    if (value !== undefined && !(Object.hasOwn(rest, member.name) && isEmpty(value)))
      document.set(member.name, value);
  }
  for (const [name, value] of Object.entries(rest)) if (!document.has(name)) document.set(name, value);
  return Object.fromEntries(document);
}

/** Nothing was entered in a group or a list: what a text has in its place stays. */
const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** Whether a group says more than what a form chooses by itself. */
const saysMore = ({ members }: Group, value: Record<string, unknown>): boolean =>
  Object.entries(value).some(
    ([name, one]) => !isSame(one, members.find((member) => member.name === name)?.byDefault),
  );

function memberValue(
  { node, isRequired }: Member,
  entry: Entry | undefined,
  at: { scope: Scope; path: string; problems: SheetProblems },
): unknown {
  if (entry === undefined) return isRequired && node.shape === "group" ? {} : undefined;
  if (node.shape === "group") {
    const value = documentOf(node, entry as Sheet, at);
    return isRequired || saysMore(node, value) ? value : undefined;
  }
  if (node.shape === "rows") {
    const rows = (entry as readonly Sheet[]).map((one, row) =>
      documentOf(node.of, one, { ...at, path: inside(at.path, row) }),
    );
    return isRequired || rows.length > 0 ? rows : undefined;
  }
  const { value, problem } = readField(node, entry, at.scope);
  if (problem !== undefined) at.problems.set(at.path, problem);
  return value;
}

/** The currency and the measure that were entered in a group, for the numbers beside and below them. */
export const currencyIn = (entries: Sheet["entries"]): Record<string, unknown> => {
  const { currency, counts } = entries;
  const measure = (counts as Sheet | undefined)?.entries?.measure;
  return {
    ...(typeof currency === "string" && currency.trim() !== "" ? { currency: currency.trim() } : {}),
    ...(measure === undefined ? {} : { counts: { measure } }),
  };
};

/** A path one step further in. */
export const inside = (path: string, name: string | number): string =>
  path === "" ? String(name) : `${path}.${name}`;

/** What a button does with a list: `add rules`, `remove rules.1`, `up rules.1`, `down rules.1`, `more capPerOrder`. */
export interface SheetAct {
  deed: "add" | "remove" | "up" | "down" | "more";
  /** Of the list. */
  list: string;
  row: number;
}

/** What a button says; undefined for something else. */
export function readAct(text: string | undefined): SheetAct | undefined {
  const [, deed, path] = /^(add|remove|up|down|more) ([A-Za-z0-9.]{1,200})$/.exec(text ?? "") ?? [];
  if (deed === undefined || path === undefined) return undefined;
  if (deed === "add" || deed === "more") return { deed, list: path, row: -1 };
  const cut = path.lastIndexOf(".");
  const row = Number(path.slice(cut + 1));
  return cut < 0 || !Number.isInteger(row)
    ? undefined
    : { deed: deed as SheetAct["deed"], list: path.slice(0, cut), row };
}

/** The sheet after a button of a list was pressed, and the row that is looked at next; as it is where there is no such row. */
export function actOn(
  group: Group,
  sheet: Sheet,
  { deed, list, row }: SheetAct,
): { sheet: Sheet; row: number } {
  let next = row;
  const change = (rows: readonly Sheet[], { most }: Rows): readonly Sheet[] => {
    if (deed === "add") {
      next = rows.length;
      return rows.length < most ? [...rows, blankSheet] : rows;
    }
    if (deed === "more" || row >= rows.length) return rows;
    const others = rows.toSpliced(row, 1);
    if (deed === "remove") {
      next = Math.min(row, others.length - 1);
      return others;
    }
    next = Math.max(0, Math.min(rows.length - 1, row + (deed === "up" ? -1 : 1)));
    return others.toSpliced(next, 0, rows[row] as Sheet);
  };
  return { sheet: changeAt(group, sheet, list.split("."), change), row: next };
}

function changeAt(
  group: Group,
  sheet: Sheet,
  [name = "", ...further]: readonly string[],
  change: (rows: readonly Sheet[], node: Rows) => readonly Sheet[],
): Sheet {
  const node = group.members.find((one) => one.name === name)?.node;
  const entry = sheet.entries[name];
  const put = (value: Entry): Sheet => ({ ...sheet, entries: { ...sheet.entries, [name]: value } });
  if (node?.shape === "group")
    return put(changeAt(node, (entry as Sheet | undefined) ?? blankSheet, further, change));
  if (node?.shape !== "rows") return sheet;
  const rows = (entry as readonly Sheet[] | undefined) ?? [];
  const [row, ...inner] = further;
  if (row === undefined) return put(change(rows, node));
  const one = rows[Number(row)];
  return one === undefined ? sheet : put(rows.with(Number(row), changeAt(node.of, one, inner, change)));
}
