import { type CsvRow, cellsByName, readCsvHeading, readCsvMoment, readCsvRows } from "../http/csv-rows.ts";
import { instant } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import type { ToldCustomer } from "./tell-customers.ts";

/** The columns a list of customers may have. */
export const customerColumns = [
  "email",
  "name",
  "address",
  "language",
  "organisation",
  "parts",
  "product",
  "licence",
  "version",
  "consent_version",
  "consented_at",
] as const;
type ColumnName = (typeof customerColumns)[number];

/**
 * Reads a list of customers, one person and one licence a row, with a heading. Organisations one above the other are
 * divided by `>`, parts by spaces.
 *
 * @throws {Refusal} `request_invalid`, said by row; what stood there is not repeated
 */
export async function* readCustomerCsv(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<ToldCustomer> {
  let heading: readonly ColumnName[] | undefined;
  for await (const row of readCsvRows(chunks)) {
    if (heading !== undefined) {
      yield customerOf(row, heading);
      continue;
    }
    heading = readCsvHeading(row.cells, { columns: customerColumns, marks: ["email", "e_mail"] });
    if (heading === undefined)
      throw new Refusal(
        "request_invalid",
        `The first row names the columns: ${customerColumns.join(", ")}; email has to be among them.`,
      );
  }
}

function customerOf(row: CsvRow, heading: readonly ColumnName[]): ToldCustomer {
  const cell = cellsByName(row, heading);
  const told = (name: ColumnName) => cell(name) || undefined;
  const organisation = told("organisation")
    ?.split(">")
    .map((name) => name.trim());
  const parts = told("parts")?.toLowerCase().split(/\s+/);
  const version = cell("consent_version");
  const at = cell("consented_at");
  return {
    row: row.row,
    email: cell("email"),
    name: told("name"),
    address: told("address"),
    language: told("language"),
    organisation,
    parts,
    product: told("product"),
    licence: told("licence"),
    version: told("version"),
    ...(version === "" && at === ""
      ? {}
      : { consent: { version, at: instant(readCsvMoment(at) ?? Number.NaN) } }),
  };
}
