import { z } from "@hono/zod-openapi";
import { showPartner } from "../../channel/partners.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { plainText } from "../../http/schemas.ts";
import { streamText } from "../../http/text-stream.ts";
import { readBalances } from "../balances.ts";
import { type ExportFormat, exportFormats, exportLedger } from "../export.ts";
import { balanceSchema } from "./schemas.ts";

const tags = ["Ledger"];

const balances = route({
  who: "admin",
  operationId: "readBalances",
  method: "get",
  path: "/v1/ledger/balances",
  tags,
  summary: "What partners have, by currency",
  request: { query: z.strictObject({ partner: plainText(64).optional() }) },
  responses: {
    200: answer("The balances", z.array(balanceSchema)),
    ...refusals("partner_unknown"),
  },
});

const journal = route({
  who: "admin",
  operationId: "exportLedger",
  method: "get",
  path: "/v1/ledger/export",
  tags,
  summary: "The journal",
  request: { query: z.strictObject({ format: z.enum(exportFormats) }) },
  responses: {
    200: {
      description: "The journal, streamed",
      content: {
        "text/csv": { schema: z.string() },
        "application/json": { schema: z.array(z.looseObject({})) },
        "text/plain": { schema: z.string() },
      },
    },
  },
});

const mediaTypes: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  hledger: "text/plain; charset=utf-8",
};

const fileNames: Record<ExportFormat, string> = {
  csv: "tallystick.csv",
  json: "tallystick.json",
  hledger: "tallystick.journal",
};

/** What is owed, and the journal behind it. */
export function addLedgerRoutes(app: App, deps: Deps): void {
  app.openapi(balances, async (c) => {
    const { partner } = c.req.valid("query");
    if (partner !== undefined) await showPartner(deps, partner);
    return c.json(await readBalances(deps, partner === undefined ? {} : { partner }), 200);
  });
  app.openapi(journal, async (c) => {
    const { format } = c.req.valid("query");
    const stream = await streamText(exportLedger(deps, format), { log: deps.log, route: journal.path });
    return c.body(stream, 200, {
      "content-type": mediaTypes[format],
      "content-disposition": `attachment; filename="${fileNames[format]}"`,
    });
  });
}
