import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, pageLimit, partnerId, plainText } from "../../http/schemas.ts";
import { answerStatement } from "../answer-statement.ts";
import { closeStatements } from "../close-statements.ts";
import { listStatements, showStatement } from "../read-statements.ts";
import { exportAnswer } from "../statement-download.ts";
import { exportQuery, exportResponses } from "./export-answer.ts";
import { closeReportSchema, shownSchema, summarySchema } from "./schemas.ts";

const tags = ["Statements"];
const params = z.object({ number: plainText(64) });
const page = { limit: pageLimit.optional(), after: cursor.optional() };
const periodText = plainText(10);

const close = route({
  who: "admin",
  operationId: "closeStatements",
  method: "post",
  path: "/v1/statements",
  tags,
  summary: "Close a period",
  description:
    "A statement for every partner and currency in which something moved. Closing again, or in two processes at once, closes nothing twice.",
  request: {
    body: jsonBody(
      z
        .strictObject({ period: periodText, partner: partnerId.optional(), dryRun: z.boolean().optional() })
        .openapi("StatementClose"),
    ),
  },
  responses: {
    200: answer("What was closed", closeReportSchema),
    ...refusals("partner_unknown", "period_not_begun"),
  },
});

const list = route({
  who: "admin",
  operationId: "listStatements",
  method: "get",
  path: "/v1/statements",
  tags,
  summary: "Statements, the newest first",
  request: {
    query: z.strictObject({ partner: partnerId.optional(), period: periodText.optional(), ...page }),
  },
  responses: {
    200: answer("A page", z.object({ statements: z.array(summarySchema), next: z.string().nullable() })),
    ...refusals("partner_unknown"),
  },
});

const show = route({
  who: "admin",
  operationId: "showStatement",
  method: "get",
  path: "/v1/statements/{number}",
  tags,
  summary: "A statement with a page of its movements",
  request: { params, query: z.strictObject(page) },
  responses: { 200: answer("The statement", shownSchema), ...refusals("statement_unknown") },
});

const download = route({
  who: "admin",
  operationId: "exportStatement",
  method: "get",
  path: "/v1/statements/{number}/export",
  tags,
  summary: "A statement as a document, in its partner's language",
  request: { params, query: exportQuery },
  responses: { ...exportResponses, ...refusals("statement_unknown") },
});

const answerRoute = (word: "accept" | "contest", body: z.ZodType<{ note?: string | undefined }>) =>
  route({
    who: "admin",
    operationId: `${word}Statement`,
    method: "post",
    path: `/v1/statements/{number}/${word}`,
    tags,
    summary: `Note that the partner ${word}s a statement`,
    request: { params, body: jsonBody(body) },
    responses: {
      200: answer("The statement", summarySchema),
      ...refusals("statement_unknown", "statement_settled"),
    },
  });

const note = plainText(500);
const accept = answerRoute("accept", z.strictObject({ note: note.optional() }).openapi("Acceptance"));
const contest = answerRoute("contest", z.strictObject({ note }).openapi("Contest"));

/** Statements for the vendor: close, list, show, download, and what partners said to them. */
export function addStatementRoutes(app: App, deps: Deps): void {
  app.openapi(close, async (c) => c.json(await closeStatements(deps, c.req.valid("json")), 200));
  app.openapi(list, async (c) =>
    c.json(await listStatements(deps, absentLeftOut(c.req.valid("query"))), 200),
  );
  app.openapi(show, async (c) => {
    const shown = await showStatement(deps, c.req.valid("param").number, c.req.valid("query"));
    return c.json(shownAnswer(shown), 200);
  });
  app.openapi(download, async (c) => {
    const about = { number: c.req.valid("param").number, ...c.req.valid("query") };
    const { stream, headers } = await exportAnswer(deps, about, download.path);
    return c.body(stream, 200, headers);
  });
  app.openapi(accept, async (c) => {
    const answering = { answer: "accepted", ...c.req.valid("json") } as const;
    return c.json(await answerStatement(deps, c.req.valid("param").number, answering), 200);
  });
  app.openapi(contest, async (c) => {
    const answering = { answer: "contested", ...c.req.valid("json") } as const;
    return c.json(await answerStatement(deps, c.req.valid("param").number, answering), 200);
  });
}

/** A statement as its schema has it. */
export const shownAnswer = (shown: Awaited<ReturnType<typeof showStatement>>) =>
  shown as unknown as z.input<typeof shownSchema>;
