import { CsvError, parse } from "csv-parse";
import { isCalendarDay } from "../words/calendar-day.ts";
import { Refusal } from "../words/refusal.ts";
import { delimiterOf, delimiters, notUtf8, peekLine, readListText } from "./list-text.ts";

/** The longest row that is read, in bytes. */
const rowBytesAtMost = 4_096;

/** A row of a list, its cells trimmed. */
export interface CsvRow {
  cells: string[];
  /** The line of the file it ended on, from 1. */
  row: number;
}

/**
 * Reads a list, one entry a row, as spreadsheets write them (RFC 4180). It is separated by comma, semicolon or tab,
 * whichever its first line has; quoted or not, with any line ends; in UTF-8 with or without a byte order mark, or in
 * UTF-16 with one. Rows without content are passed over, and so is Excel's own first line. It never holds more than a
 * row in memory.
 *
 * @throws {Refusal} `request_invalid`, said by row; what stood there is not repeated
 */
export async function* readCsvRows(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<CsvRow> {
  const { line, text } = await peekLine(readListText(chunks), () => true);
  const delimiter = delimiterOf(line);
  const parser = parse({
    // A list whose first line has one column may have more below.
    delimiter: delimiter === undefined ? [...delimiters] : [delimiter],
    // Named, or the parser takes those of the first row for all: a list put together of two loses its second half.
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: rowBytesAtMost,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
  });
  const feeding = feed(parser, text);
  feeding.catch((error: Error) => parser.destroy(error));
  try {
    let isFirst = true;
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      // Excel's own first line, which says what divides the cells.
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
  if (!isCalendarDay(at.slice(0, 10))) return undefined;
  const moment = Date.parse(at);
  return Number.isNaN(moment) ? undefined : moment;
}

async function feed(parser: ReturnType<typeof parse>, text: AsyncIterable<string>): Promise<void> {
  for await (const piece of text) {
    if (parser.destroyed) return;
    // UTF-16 without a mark is UTF-8 by chance, with a zero in every other byte.
    if (piece.includes("\0")) throw notUtf8();
    if (piece !== "" && !parser.write(piece)) await new Promise((resolve) => parser.once("drain", resolve));
  }
  parser.end();
}

function refusalOf(error: unknown): unknown {
  // Its own message repeats the cell, which holds an address: that is neither answered nor logged.
  if (!(error instanceof CsvError)) return error;
  const { code, lines } = error as CsvError & { lines?: number };
  const words =
    code === "CSV_MAX_RECORD_SIZE"
      ? `a row is longer than ${rowBytesAtMost} bytes, or a quotation mark is not closed`
      : "a quotation mark stands where none may be, or is not closed";
  return new Refusal("request_invalid", `Near row ${lines ?? 1}: ${words}.`);
}
