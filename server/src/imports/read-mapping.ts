import { z } from "zod";
import { readDocument } from "../cli/read-document.ts";
import { problemText } from "../config/config-problems.ts";
import { isCurrencyCode } from "../words/currency-code.ts";
import { Refusal } from "../words/refusal.ts";
import { type Mapping, mappingSchema } from "./mapping.ts";
import { mappings, type Programme } from "./programmes.ts";

/** What stands beside a mapping on the command line. */
export interface MappingOptions {
  /** A mapping file; it replaces the programme's own. */
  file?: string | undefined;
  currency?: string | undefined;
  product?: string | undefined;
}

/**
 * The mapping of a programme, or one of the vendor's own.
 *
 * @throws {Refusal} `request_invalid`
 */
export async function readMapping(
  programme: Programme,
  { file, currency, product }: MappingOptions,
): Promise<Mapping> {
  if (file === undefined && programme === "csv")
    throw new Refusal(
      "request_invalid",
      "A list of one's own needs --mapping FILE; docs/imports.md has one.",
    );
  if (currency !== undefined && !isCurrencyCode(currency.toUpperCase()))
    throw new Refusal("request_invalid", "Expected a currency by its ISO 4217 code, such as EUR.");
  const written: unknown =
    file === undefined ? mappings[programme as Exclude<Programme, "csv">] : await readDocument(file);
  const parsed = mappingSchema.safeParse(written);
  if (!parsed.success) {
    const schema = { jsonSchema: () => z.toJSONSchema(mappingSchema, { io: "input" }), whole: "(the file)" };
    throw new Refusal("request_invalid", `The mapping: ${problemText(parsed.error, written, schema)}.`);
  }
  return {
    ...parsed.data,
    ...(currency === undefined ? {} : { currency }),
    ...(product === undefined ? {} : { product }),
  };
}
