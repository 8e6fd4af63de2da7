import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, pageLimit, partnerId } from "../../http/schemas.ts";
import { answerDispute, readDisputeFile } from "../answer-dispute.ts";
import { fileAnswer } from "../file-answer.ts";
import { listDisputes, openDispute, showDispute } from "../open-dispute.ts";
import { disputeStates } from "../rows/schema.ts";
import { ruleDispute, ruleDisputes } from "../rule-dispute.ts";
import { disputePage, disputePath, filePath, fileResponse } from "./parts.ts";
import {
  classRulingSchema,
  enteredDisputeSchema,
  recordSchema,
  ruledClassSchema,
  rulingSchema,
  saidSchema,
  summarySchema,
} from "./schemas.ts";

const vendor = { who: "admin" as const, tags: ["Contested decisions"] };

const list = route({
  ...vendor,
  operationId: "listDisputes",
  method: "get",
  path: "/v1/disputes",
  summary: "Contested decisions, the newest first; with `due` what waits for you, the most urgent first",
  request: {
    query: z.strictObject({
      state: z.enum(disputeStates).optional(),
      partner: partnerId.optional(),
      due: z.enum(["true"]).optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: disputePage(summarySchema),
    ...refusals("partner_unknown"),
  },
});

const open = route({
  ...vendor,
  operationId: "openDispute",
  method: "post",
  path: "/v1/disputes",
  summary: "Enter what a partner contests by letter or telephone",
  request: { body: jsonBody(enteredDisputeSchema) },
  responses: {
    201: answer("The contested decision", recordSchema),
    ...refusals("partner_unknown", "dispute_file_refused", "too_many_requests"),
  },
});

const show = route({
  ...vendor,
  operationId: "showDispute",
  method: "get",
  path: "/v1/disputes/{id}",
  summary: "A contested decision with everybody's part in the order, side by side",
  request: { params: disputePath },
  responses: { 200: answer("The contested decision", recordSchema), ...refusals("dispute_unknown") },
});

const reply = route({
  ...vendor,
  operationId: "answerDispute",
  method: "post",
  path: "/v1/disputes/{id}/answers",
  summary: "Answer the partner, or note something that it does not see",
  request: { params: disputePath, body: jsonBody(saidSchema.extend({ internal: z.boolean().optional() })) },
  responses: {
    201: answer("The contested decision", recordSchema),
    ...refusals("dispute_unknown", "dispute_ruled", "dispute_file_refused"),
  },
});

const rule = route({
  ...vendor,
  operationId: "ruleDispute",
  method: "post",
  path: "/v1/disputes/{id}/ruling",
  summary: "Rule on a contested decision: the order is decided anew, with entries for all tiers",
  request: { params: disputePath, body: jsonBody(rulingSchema) },
  responses: {
    200: answer("The contested decision", recordSchema),
    ...refusals(
      "dispute_unknown",
      "dispute_ruled",
      "order_unknown",
      "partner_unknown",
      "second_person_needed",
    ),
  },
});

const ruleClass = route({
  ...vendor,
  operationId: "ruleDisputes",
  method: "post",
  path: "/v1/disputes/rulings",
  summary: "Rule on a class of contested decisions",
  request: { body: jsonBody(classRulingSchema) },
  responses: { 200: answer("What came of it", ruledClassSchema), ...refusals("partner_unknown") },
});

const file = route({
  ...vendor,
  operationId: "readDisputeFile",
  method: "get",
  path: "/v1/disputes/{id}/files/{entry}",
  summary: "A file that was sent as evidence, as a download",
  request: { params: filePath },
  responses: { 200: fileResponse, ...refusals("dispute_unknown") },
});

/** Contested decisions, for the vendor. */
export function addDisputeRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => {
    const { due, ...filter } = c.req.valid("query");
    return c.json(await listDisputes(deps, { ...filter, due: due !== undefined }), 200);
  });
  app.openapi(open, async (c) => {
    const { partner, ...dispute } = c.req.valid("json");
    const { id } = await openDispute(deps, partner, dispute);
    return c.json(await showDispute(deps, id), 201);
  });
  app.openapi(show, async (c) => c.json(await showDispute(deps, c.req.valid("param").id), 200));
  app.openapi(reply, async (c) =>
    c.json(await answerDispute(deps, c.req.valid("param").id, c.req.valid("json")), 201),
  );
  app.openapi(ruleClass, async (c) => c.json(await ruleDisputes(deps, c.req.valid("json")), 200));
  app.openapi(rule, async (c) =>
    c.json(await ruleDispute(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  app.openapi(file, async (c) => {
    const { id, entry: seq } = c.req.valid("param");
    return fileAnswer(c, await readDisputeFile(deps, id, seq));
  });
}
