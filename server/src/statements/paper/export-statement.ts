import type { Deps } from "../../deps/deps.ts";
import { speak } from "../../messages/speak.ts";
import { statementsTexts } from "../../messages/statements/index.ts";
import { lastFour } from "../../partner-details/shown-details.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { StatementFormat } from "../formats.ts";
import { readWholeStatement } from "../read-statements.ts";
import { partnerLineOf, type ShownLine, type StatementDocument, type StatementLine } from "../statement.ts";
import { statementCsv } from "./statement-csv.ts";

/** In which form and language, and who asks. */
export interface ExportOptions {
  format: StatementFormat;
  /** BCP 47; the partner's own by default, and English where that is not spoken here. */
  language?: string | undefined;
  /** Where a partner asks: another's statement is not there. */
  partner?: PartnerId | undefined;
  /** The partner's tax numbers by their ends alone: for those who may not see its details. */
  isMasked?: boolean | undefined;
}

/**
 * A statement as a document, in pieces of text or of bytes. Made from what was frozen when it was closed, so it is the same
 * whenever it is made, and for the vendor the same as for the partner, but for the journal's numbers in JSON.
 *
 * @throws {Refusal} `statement_unknown`
 */
export async function exportStatement(
  deps: Pick<Deps, "store" | "config">,
  number: string,
  { format, language, partner, isMasked = false }: ExportOptions,
): Promise<AsyncIterable<string | Uint8Array>> {
  const { document: whole, lines } = await readWholeStatement(
    deps,
    number,
    partner === undefined ? {} : { partner },
  );
  const document = isMasked ? masked(whole) : whole;
  if (format === "json")
    return statementJson(document, lines(), partner === undefined ? (line) => line : partnerLineOf);
  if (format === "csv") return statementCsv(document, lines());
  const speech = await speak(
    statementsTexts,
    [language, document.language].filter((tag) => tag != null),
  );
  const given = { document, lines: lines(), brand: deps.config.brand };
  if (format === "html") {
    const { statementHtml } = await import("./statement-html.ts");
    return statementHtml(given, speech);
  }
  const { statementPdf } = await import("./statement-pdf.ts");
  return statementPdf(given, speech);
}

function masked(document: StatementDocument): StatementDocument {
  const { selfBilling } = document;
  if (selfBilling === null) return document;
  const { vatId, taxNumber } = selfBilling.seller;
  const seller = {
    ...selfBilling.seller,
    vatId: lastFour(vatId ?? undefined),
    taxNumber: lastFour(taxNumber ?? undefined),
  };
  return { ...document, selfBilling: { ...selfBilling, seller } };
}

async function* statementJson(
  document: StatementDocument,
  lines: AsyncIterable<StatementLine>,
  shown: (line: StatementLine) => ShownLine,
): AsyncGenerator<string> {
  yield `{"document":${JSON.stringify(document)},"movements":[`;
  let before = "";
  for await (const line of lines) {
    yield `${before}${JSON.stringify(shown(line))}`;
    before = ",\n";
  }
  yield "]}\n";
}
