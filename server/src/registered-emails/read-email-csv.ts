import { type CsvRow, cellsByName, readCsvHeading, readCsvMoment, readCsvRows } from "../http/csv-rows.ts";
import { instant } from "../words/clock.ts";
import type { GivenConsent } from "./consent.ts";
import type { EmailEntry } from "./register-emails.ts";

/** The columns a file may have. Without a heading its only column is `email`. */
const columns = ["email", "product", "consent_version", "consented_at"] as const;
type ColumnName = (typeof columns)[number];

/** What counts for every row that does not say otherwise. */
export interface CsvDefaults {
  product?: string | undefined;
  consent?: GivenConsent | undefined;
}

/**
 * Reads a list of addresses, one a row, as `readCsvRows` does. The first row may be a heading with the columns `email`,
 * `product`, `consent_version` and `consented_at`.
 *
 * @throws {Refusal} `request_invalid`, said by row; what stood there is not repeated
 */
export async function* readEmailCsv(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  defaults: CsvDefaults = {},
): AsyncGenerator<EmailEntry> {
  let heading: readonly ColumnName[] | undefined;
  for await (const row of readCsvRows(chunks)) {
    if (heading === undefined) {
      heading = readCsvHeading(row.cells, { columns, marks: ["email", "e_mail"] });
      if (heading !== undefined) continue;
      heading = ["email"];
    }
    yield entryOf(row, heading, defaults);
  }
}

function entryOf(row: CsvRow, heading: readonly ColumnName[], defaults: CsvDefaults): EmailEntry {
  const cell = cellsByName(row, heading);
  const version = cell("consent_version");
  const at = cell("consented_at");
  return {
    row: row.row,
    email: cell("email"),
    product: cell("product") || defaults.product,
    consent: version === "" && at === "" ? defaults.consent : consentOf(version, at),
  };
}

/** A version without a date, or a date that is none, is kept as invalid rather than dropped. */
const consentOf = (version: string, at: string): GivenConsent => ({
  version,
  wording: "",
  at: instant(readCsvMoment(at) ?? Number.NaN),
});
