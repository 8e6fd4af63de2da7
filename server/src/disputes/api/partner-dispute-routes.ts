import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, pageLimit } from "../../http/schemas.ts";
import { addToDispute, readPartnerDisputeFile } from "../answer-dispute.ts";
import { fileAnswer } from "../file-answer.ts";
import { listPartnerDisputes, openDispute, showPartnerDispute } from "../open-dispute.ts";
import { disputePage, disputePath, filePath, fileResponse } from "./parts.ts";
import { newDisputeSchema, partnerDisputeSchema, partnerSummarySchema, saidSchema } from "./schemas.ts";

const partner = { who: "partner" as const, tags: ["For partners"] };

const list = route({
  ...partner,
  operationId: "listMyDisputes",
  method: "get",
  path: "/v1/partner/disputes",
  summary: "What you contest, the newest first",
  request: { query: z.strictObject({ limit: pageLimit.optional(), after: cursor.optional() }) },
  responses: {
    200: disputePage(partnerSummarySchema),
  },
});

const open = route({
  ...partner,
  operationId: "openMyDispute",
  method: "post",
  path: "/v1/partner/disputes",
  summary: "Contest a decision",
  description:
    "Name the order by its number, by a serial, or by day and product. The answer is the same whether there is such an order or not.",
  request: { body: jsonBody(newDisputeSchema) },
  responses: {
    201: answer("What you contest", partnerDisputeSchema),
    ...refusals("dispute_file_refused", "too_many_requests"),
  },
});

const show = route({
  ...partner,
  operationId: "showMyDispute",
  method: "get",
  path: "/v1/partner/disputes/{id}",
  summary: "What you contest, with all that was said and what became of your evidence",
  request: { params: disputePath },
  responses: { 200: answer("What you contest", partnerDisputeSchema), ...refusals("dispute_unknown") },
});

const add = route({
  ...partner,
  operationId: "addToMyDispute",
  method: "post",
  path: "/v1/partner/disputes/{id}/messages",
  summary: "Add a word or a file to what you contest",
  request: { params: disputePath, body: jsonBody(saidSchema) },
  responses: {
    201: answer("What you contest", partnerDisputeSchema),
    ...refusals("dispute_unknown", "dispute_ruled", "dispute_file_refused", "too_many_requests"),
  },
});

const file = route({
  ...partner,
  operationId: "readMyDisputeFile",
  method: "get",
  path: "/v1/partner/disputes/{id}/files/{entry}",
  summary: "A file of the thread, as a download",
  request: { params: filePath },
  responses: { 200: fileResponse, ...refusals("dispute_unknown") },
});

/** What a partner contests. Whose it is is told by the API key, never by the request. */
export function addPartnerDisputeRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) =>
    c.json(await listPartnerDisputes(deps, c.get("holder").partner, c.req.valid("query")), 200),
  );
  app.openapi(open, async (c) =>
    c.json(await openDispute(deps, c.get("holder").partner, c.req.valid("json")), 201),
  );
  app.openapi(show, async (c) =>
    c.json(await showPartnerDispute(deps, c.get("holder").partner, c.req.valid("param").id), 200),
  );
  app.openapi(add, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await addToDispute(deps, c.get("holder").partner, id, c.req.valid("json")), 201);
  });
  app.openapi(file, async (c) => {
    const { id, entry: number } = c.req.valid("param");
    const of = { partner: c.get("holder").partner, id, entry: number };
    return fileAnswer(c, await readPartnerDisputeFile(deps, of));
  });
}
