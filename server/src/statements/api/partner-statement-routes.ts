import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, pageLimit, plainText } from "../../http/schemas.ts";
import { answerStatement } from "../answer-statement.ts";
import { listStatements, showStatement } from "../read-statements.ts";
import { exportAnswer } from "../statement-download.ts";
import { exportQuery, exportResponses } from "./export-answer.ts";
import { shownSchema, summarySchema } from "./schemas.ts";
import { shownAnswer } from "./statement-routes.ts";

const tags = ["For partners"];
const unchanged = { 304: { description: "As it was under the tag in `If-None-Match`" } };
const params = z.object({ number: plainText(64) });
const page = { limit: pageLimit.optional(), after: cursor.optional() };
const note = plainText(500);

const list = route({
  who: "partner",
  operationId: "listMyStatements",
  method: "get",
  path: "/v1/partner/statements",
  tags,
  summary: "Your statements, the newest first",
  request: { query: z.strictObject(page) },
  responses: {
    200: answer("A page", z.object({ statements: z.array(summarySchema), next: z.string().nullable() })),
    ...unchanged,
  },
});

const show = route({
  who: "partner",
  operationId: "showMyStatement",
  method: "get",
  path: "/v1/partner/statements/{number}",
  tags,
  summary: "One of your statements, with a page of its movements",
  description: "As it was closed: with what your agreement showed you then.",
  request: { params, query: z.strictObject(page) },
  responses: { 200: answer("The statement", shownSchema), ...unchanged, ...refusals("statement_unknown") },
});

const download = route({
  who: "partner",
  operationId: "exportMyStatement",
  method: "get",
  path: "/v1/partner/statements/{number}/export",
  tags,
  summary: "One of your statements as a document",
  request: { params, query: exportQuery },
  responses: { ...exportResponses, ...refusals("statement_unknown") },
});

const accept = route({
  who: "partner",
  operationId: "acceptMyStatement",
  method: "post",
  path: "/v1/partner/statements/{number}/accept",
  tags,
  summary: "Accept a document that the vendor wrote in your name",
  request: { params, body: jsonBody(z.strictObject({ note: note.optional() }).openapi("MyAcceptance")) },
  responses: {
    200: answer("The statement", summarySchema),
    ...refusals("statement_unknown", "statement_settled"),
  },
});

const contest = route({
  who: "partner",
  operationId: "contestMyStatement",
  method: "post",
  path: "/v1/partner/statements/{number}/contest",
  tags,
  summary: "Contest a document before it is accepted: silence accepts it no more",
  request: { params, body: jsonBody(z.strictObject({ note }).openapi("MyContest")) },
  responses: {
    200: answer("The statement", summarySchema),
    ...refusals("statement_unknown", "statement_settled"),
  },
});

/** A partner's own statements. Whose they are is told by the API key, never by the request. */
export function addPartnerStatementRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => {
    const found = await listStatements(deps, { partner: c.get("holder").partner, ...c.req.valid("query") });
    return isKnownAnswer(c, found) ? c.body(null, 304) : c.json(found, 200);
  });
  app.openapi(show, async (c) => {
    const asked = { partner: c.get("holder").partner, ...c.req.valid("query") };
    const shown = await showStatement(deps, c.req.valid("param").number, asked);
    return isKnownAnswer(c, shown) ? c.body(null, 304) : c.json(shownAnswer(shown), 200);
  });
  app.openapi(download, async (c) => {
    const { number } = c.req.valid("param");
    const about = { number, partner: c.get("holder").partner, ...c.req.valid("query") };
    const { stream, headers } = await exportAnswer(deps, about, download.path);
    return c.body(stream, 200, headers);
  });
  app.openapi(accept, async (c) => {
    const said = { answer: "accepted", partner: c.get("holder").partner, ...c.req.valid("json") } as const;
    return c.json(await answerStatement(deps, c.req.valid("param").number, said), 200);
  });
  app.openapi(contest, async (c) => {
    const said = { answer: "contested", partner: c.get("holder").partner, ...c.req.valid("json") } as const;
    return c.json(await answerStatement(deps, c.req.valid("param").number, said), 200);
  });
}
