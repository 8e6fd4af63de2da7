import { CsvError, parse } from "csv-parse";
import { instant } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import type { GivenConsent } from "./consent.ts";
import type { EmailEntry } from "./register-emails.ts";

/** The columns a file may have. Without a heading its only column is `email`. */
const columns = ["email", "product", "consent_version", "consented_at"] as const;
type ColumnName = (typeof columns)[number];

const rowBytesAtMost = 4_096;

/** What counts for every row that does not say otherwise. */
export interface CsvDefaults {
  product?: string | undefined;
  consent?: GivenConsent | undefined;
}

/**
 * Reads a list of addresses, one a row, as spreadsheets write them (RFC 4180): comma, semicolon or tab, quoted or not,
 * any line ends, with or without a byte order mark. The first row may be a heading with the columns `email`,
 * `product`, `consent_version` and `consented_at`. It never holds more than a row in memory.
 *
 * @throws {Refusal} `request_invalid`, said by row; what stood there is not repeated
 */
export async function* readEmailCsv(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  defaults: CsvDefaults = {},
): AsyncGenerator<EmailEntry> {
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
    let heading: readonly ColumnName[] | undefined;
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (heading === undefined) {
        // Excel's own first line, which says what divides the cells: all three do here.
        if (record[0]?.toLowerCase() === "sep=" || record[0]?.toLowerCase() === "sep=|") continue;
        heading = headingOf(record);
        if (heading !== undefined) continue;
        heading = ["email"];
      }
      if (record.every((cell) => cell === "")) continue;
      yield entryOf(record, heading, info.lines, defaults);
    }
    await feeding;
  } catch (error) {
    throw refusalOf(error);
  } finally {
    parser.destroy();
  }
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

/** The columns that a first row names; nothing when it is an address already. */
function headingOf(record: readonly string[]): ColumnName[] | undefined {
  const names = record.map((cell) => cell.toLowerCase().replace(/[ -]/g, "_"));
  const isHeading = names.some((name) => name === "email" || name === "e_mail");
  if (!isHeading) return undefined;
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

function entryOf(
  record: readonly string[],
  heading: readonly ColumnName[],
  row: number,
  defaults: CsvDefaults,
): EmailEntry {
  if (record.slice(heading.length).some((cell) => cell !== ""))
    throw new Refusal("request_invalid", `Row ${row}: has more cells than the list has columns.`);
  const cell = (name: ColumnName) => record[heading.indexOf(name)] ?? "";
  const version = cell("consent_version");
  const at = cell("consented_at");
  return {
    row,
    email: cell("email"),
    product: cell("product") || defaults.product,
    consent: version === "" && at === "" ? defaults.consent : consentOf(version, at),
  };
}

/** A version without a date, or a date that is none, is kept as invalid rather than dropped. */
const consentOf = (version: string, at: string): GivenConsent => ({
  version,
  wording: "",
  at: instant(
    /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(at) && isDay(at) ? Date.parse(at) : Number.NaN,
  ),
});

/** Whether a month has such a day: `Date.parse` takes 30 February for 2 March. */
function isDay(at: string): boolean {
  const day = at.slice(0, 10);
  const parsed = Date.parse(day);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
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
