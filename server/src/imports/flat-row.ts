import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { delimiterOf, delimiters, peekLine, readListText } from "../http/list-text.ts";
import { Refusal } from "../words/refusal.ts";

/** A row of an export, whatever it was written in: what stands under each name. */
export interface FlatRow {
  file: string;
  /** Its line in a CSV file; its place in a JSON one, from 1. */
  row: number;
  format: "csv" | "json";
  cells: ReadonlyMap<string, string>;
}

/** One spelling for a column's name: lower case, and `_` for all that is neither letter, digit nor point. */
export const columnName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.#]+/gu, "_")
    .replace(/^_+|_+$/g, "");

/** Without what no database keeps: NUL, and halves of characters. */
const cellText = (text: string): string => text.toWellFormed().replaceAll("\0", "");

const recordBytesAtMost = 256 * 1024;
const jsonDepthAtMost = 8;

/**
 * Reads an export, JSON where its name ends so and CSV otherwise.
 *
 * @param each lists within an object whose members are rows of their own
 * @throws {Refusal} `request_invalid`; what stood there is not repeated
 */
export async function* readFlatRows(file: string, each: readonly string[]): AsyncGenerator<FlatRow> {
  if (/\.(json|jsonl|ndjson)$/i.test(file)) yield* readJson(file, each);
  else yield* readCsv(file);
}

/** CSV as spreadsheets write it; a line `[[NAME]]` begins a section with a heading of its own. */
async function* readCsv(file: string): AsyncGenerator<FlatRow> {
  const { line, text } = await peekLine(readListText(createReadStream(file)), isHeading);
  const delimiter = delimiterOf(line);
  // Not `pipe`, which leaves a file that cannot be read to the process.
  const parser = pipeline(
    text,
    parse({
      delimiter: delimiter === undefined ? [...delimiters] : [delimiter],
      max_record_size: recordBytesAtMost,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    }),
    () => {},
  );
  let heading: string[] | undefined;
  const name = basename(file);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const [first = ""] = record;
      if (isSection(first)) heading = undefined;
      else if (heading === undefined && isHeading(first)) heading = record.map(columnName);
      else if (heading !== undefined && record.some((cell) => cell !== "")) {
        const cells = new Map(heading.map((column, index) => [column, cellText(record[index] ?? "")]));
        yield { file: name, row: info.lines, format: "csv", cells };
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal("request_invalid", `${name} is no CSV near line ${lineOf(error)}.`);
  }
}

const isSection = (text: string): boolean => /^"?\[\[.*\]\]"?[,;\t]*$/.test(text.trim());
/** Neither a section's name nor Excel's own first line, which says what divides the cells. */
const isHeading = (text: string): boolean => !isSection(text) && !/^sep=/i.test(text.trim());

const lineOf = (error: CsvError): number => Number((error as CsvError & { lines?: number }).lines ?? 1);

/** A list of objects, an object that holds lists of them, or one object a line. */
async function* readJson(file: string, each: readonly string[]): AsyncGenerator<FlatRow> {
  const name = basename(file);
  let text = "";
  for await (const piece of readListText(createReadStream(file))) text += piece;
  let row = 0;
  for (const item of rowsIn(parseJson(text, file), 0))
    for (const cells of expand(item, each)) yield { file: name, row: ++row, format: "json", cells };
}

function parseJson(text: string, file: string): unknown {
  try {
    return /\.json$/i.test(file)
      ? JSON.parse(text)
      : text
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line) => JSON.parse(line) as unknown);
  } catch {
    throw new Refusal("request_invalid", `${basename(file)} is no JSON.`);
  }
}

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function* rowsIn(value: unknown, depth: number): Generator<Members> {
  if (Array.isArray(value)) yield* value.filter(isObject);
  else if (isObject(value) && depth < jsonDepthAtMost)
    for (const member of Object.values(value)) yield* rowsIn(member, depth + 1);
}

/** An object as rows: itself, or each member of its list that holds rows. */
function* expand(item: Members, each: readonly string[]): Generator<Map<string, string>> {
  const list = each.map((name) => item[name]).find((value) => Array.isArray(value)) as unknown[] | undefined;
  if (list === undefined) {
    yield flatten(item, "", new Map(), 0);
    return;
  }
  const own = flatten(item, "parent.", new Map(), 0);
  for (const member of list.filter(isObject)) yield flatten(member, "", new Map(own), 0);
}

function flatten(item: Members, prefix: string, cells: Map<string, string>, depth: number) {
  for (const [name, value] of Object.entries(item)) {
    const column = `${prefix}${columnName(name)}`;
    if (isObject(value) && depth < jsonDepthAtMost) flatten(value, `${column}.`, cells, depth + 1);
    else if (!Array.isArray(value)) cells.set(column, value === null ? "" : cellText(String(value)).trim());
  }
  return cells;
}
