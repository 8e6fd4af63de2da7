import type { Deps } from "../deps/deps.ts";
import { streamPieces } from "../http/text-stream.ts";
import type { PartnerId } from "../words/ids.ts";
import type { StatementFormat } from "./formats.ts";

const mediaTypes: Record<StatementFormat, string> = {
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
  json: "application/json",
};

/**
 * A statement as a download. Never shown in the place of a page of ours.
 *
 * @param route - by which it was asked for, for the log
 */
export async function exportAnswer(
  deps: Deps,
  about: {
    number: string;
    format: StatementFormat;
    language?: string | undefined;
    partner?: PartnerId;
    isMasked?: boolean;
  },
  route: string,
): Promise<{ stream: ReadableStream<Uint8Array>; headers: Record<string, string> }> {
  const { number, ...options } = about;
  const { exportStatement } = await import("./paper/export-statement.ts");
  const pieces = await exportStatement(deps, number, options);
  return {
    stream: await streamPieces(pieces, { log: deps.log, route }),
    headers: {
      "content-type": mediaTypes[about.format],
      "content-disposition": `attachment; filename="${number}.${about.format}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  };
}
