import { CsvError, parse } from "csv-parse";
import { Refusal } from "../words/refusal.ts";

/** The longest row that is read, in bytes. */
const rowBytesAtMost = 4_096;

/** A row of a list, its cells trimmed. */
export interface CsvRow {
  cells: string[];
  /** The line of the file it ended on, from 1. */
  row: number;
}

/**
 * Reads a list, one entry a row, as spreadsheets write them (RFC 4180): comma, semicolon or tab, quoted or not, any line
 * ends, with or without a byte order mark. Rows without content are passed over, and so is Excel's own first line. It
 * never holds more than a row in memory.
 *
 * @throws {Refusal} `request_invalid`, said by row; what stood there is not repeated
 */
export async function* readCsvRows(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    delimiter: [",", ";", "\t"],
    // Named, or the parser takes those of the first row for all: a list put together of two loses its second half.
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: rowBytesAtMost,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
  });
  const feeding = feed(parser, chunks);
  feeding.catch((error: Error) => parser.destroy(error));
  try {
    let isFirst = true;
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      // Excel's own first line, which says what divides the cells: all three do here.
      if (isFirst && (record[0]?.toLowerCase() === "sep=" || record[0]?.toLowerCase() === "sep=|")) continue;
      isFirst = false;
      if (record.every((cell) => cell === "")) continue;
      yield { cells: record, row: info.lines };
    }
    await feeding;
  } catch (error) {
    throw refusalOf(error);
  } finally {
    parser.destroy();
  }
}

/**
 * The columns that a first row names, in its order; undefined when it names none of `marks`, and so is no heading.
 *
 * @throws {Refusal} `request_invalid` where a column has another name, or two have the same
 */
export function readCsvHeading<Name extends string>(
  cells: readonly string[],
  { columns, marks }: { columns: readonly Name[]; marks: readonly string[] },
): readonly Name[] | undefined {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[ -]/g, "_"));
  if (!names.some((name) => marks.includes(name))) return undefined;
  const read = names.map((name) => {
    const known = columns.find((column) => column === name.replace("e_mail", "email"));
    if (known === undefined)
      throw new Refusal(
        "request_invalid",
        `Row 1: the columns are ${columns.join(", ")}; one has another name.`,
      );
    return known;
  });
  const twice = read.find((name, index) => read.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Refusal("request_invalid", `Row 1: two columns are named ${twice}; leave one out.`);
  return read;
}

/** The cells of a row by the names of its columns. @throws {Refusal} `request_invalid` where it has more of them */
export function cellsByName<Name extends string>(
  { cells, row }: CsvRow,
  heading: readonly Name[],
): (name: Name) => string {
  if (cells.slice(heading.length).some((cell) => cell !== ""))
    throw new Refusal("request_invalid", `Row ${row}: has more cells than the list has columns.`);
  return (name) => cells[heading.indexOf(name)] ?? "";
}

/** A moment in a cell: a date or a time with its offset; undefined for what is none, such as 30 February. */
export function readCsvMoment(at: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(at)) return undefined;
  // `Date.parse` takes 30 February for 2 March.
  const day = at.slice(0, 10);
  const parsed = Date.parse(day);
  if (Number.isNaN(parsed) || !new Date(parsed).toISOString().startsWith(day)) return undefined;
  const moment = Date.parse(at);
  return Number.isNaN(moment) ? undefined : moment;
}

async function feed(
  parser: ReturnType<typeof parse>,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const write = async (text: string) => {
    if (text.includes("\0")) throw notUtf8();
    if (text !== "" && !parser.write(text)) await new Promise((resolve) => parser.once("drain", resolve));
  };
  for await (const chunk of chunks) {
    if (parser.destroyed) return;
    await write(utf8.decode(chunk, { stream: true }));
  }
  await write(utf8.decode());
  parser.end();
}

/** UTF-16 without a mark is UTF-8 by chance, with a zero in every other byte. */
const notUtf8 = (cause?: unknown) =>
  new Refusal("request_invalid", "The list is not UTF-8: save it as “CSV UTF-8”.", { cause });

function refusalOf(error: unknown): unknown {
  const { code: cause } = error as { code?: unknown };
  if (cause === "ERR_ENCODING_INVALID_ENCODED_DATA") return notUtf8(error);
  // Its own message repeats the cell, which holds an address: that is neither answered nor logged.
  if (!(error instanceof CsvError)) return error;
  const { code, lines } = error as CsvError & { lines?: number };
  const words =
    code === "CSV_MAX_RECORD_SIZE"
      ? `a row is longer than ${rowBytesAtMost} bytes, or a quotation mark is not closed`
      : "a quotation mark stands where none may be, or is not closed";
  return new Refusal("request_invalid", `Near row ${lines ?? 1}: ${words}.`);
}
