import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, moment, partnerId, plainText } from "../../http/schemas.ts";
import { editPartner } from "../edit-partner.ts";
import { readPartnerHistory } from "../partner-history.ts";
import { mergePartner, suspendPartner } from "../partner-standing.ts";
import { addPartner, endPartner, listPartners, resumePartner, showPartner } from "../partners.ts";
import { newPartnerSchema, partnerChangesSchema, partnerSchema } from "./schemas.ts";

/** A change of a partner. */
const partnerHistorySchema = z
  .object({
    change: z.enum(["edited", "ended", "resumed"]),
    changed: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    recordedAt: isoTime,
  })
  .openapi("PartnerHistoryEntry");

const tags = ["Partners"];

const list = route({
  who: "admin",
  operationId: "listPartners",
  method: "get",
  path: "/v1/partners",
  tags,
  summary: "All partners",
  request: { query: z.strictObject({}) },
  responses: {
    200: answer("The partners", z.array(partnerSchema)),
  },
});

const add = route({
  who: "admin",
  operationId: "addPartner",
  method: "post",
  path: "/v1/partners",
  tags,
  summary: "Add a partner",
  request: { body: jsonBody(newPartnerSchema) },
  responses: {
    201: answer("The partner", partnerSchema),
    ...refusals("partner_exists", "parent_unknown", "tiers_exceeded"),
  },
});

const show = route({
  who: "admin",
  operationId: "showPartner",
  method: "get",
  path: "/v1/partners/{id}",
  tags,
  summary: "One partner",
  request: { params: z.object({ id: plainText(64) }) },
  responses: { 200: answer("The partner", partnerSchema), ...refusals("partner_unknown") },
});

const edit = route({
  who: "admin",
  operationId: "editPartner",
  method: "patch",
  path: "/v1/partners/{id}",
  tags,
  summary: "Change a partner",
  description:
    "What is left out stays; `email: null` forgets the address. What was decided stays, and so do its rates.",
  request: { params: z.object({ id: plainText(64) }), body: jsonBody(partnerChangesSchema) },
  responses: {
    200: answer("The partner", partnerSchema),
    ...refusals("partner_unknown", "parent_unknown", "parent_cycle", "tiers_exceeded"),
  },
});

const end = route({
  who: "admin",
  operationId: "endPartner",
  method: "post",
  path: "/v1/partners/{id}/end",
  tags,
  summary: "End the agreement with a partner",
  description:
    "Purchases from then on earn it nothing; what it was credited for already stays. One that has ended already keeps its date.",
  request: {
    params: z.object({ id: plainText(64) }),
    body: jsonBody(z.strictObject({ since: moment.optional() }).openapi("AgreementEnd")),
  },
  responses: {
    200: answer("The partner", partnerSchema),
    ...refusals("partner_unknown"),
  },
});

const resume = route({
  who: "admin",
  operationId: "resumePartner",
  method: "post",
  path: "/v1/partners/{id}/resume",
  tags,
  summary: "Take the end of an agreement back",
  description: "Purchases from then on earn the partner again. Orders that were decided meanwhile stay.",
  request: { params: z.object({ id: plainText(64) }) },
  responses: {
    200: answer("The partner", partnerSchema),
    ...refusals("partner_unknown", "partner_merged"),
  },
});

const suspend = route({
  who: "admin",
  operationId: "suspendPartner",
  method: "post",
  path: "/v1/partners/{id}/suspend",
  tags,
  summary: "Suspend a partner",
  description:
    "What it would be credited for from then on is held for a person, nothing is paid out to it, and it enters nothing new. `resume` ends it.",
  request: { params: z.object({ id: plainText(64) }) },
  responses: {
    200: answer("The partner", partnerSchema),
    ...refusals("partner_unknown", "partner_ended"),
  },
});

const merge = route({
  who: "admin",
  operationId: "mergePartner",
  method: "post",
  path: "/v1/partners/{id}/merge",
  tags,
  summary: "Merge a partner into another that is the same firm",
  description:
    "It ends, and what names it credits the other from then on. What was decided and earned stays its own. For good.",
  request: {
    params: z.object({ id: plainText(64) }),
    body: jsonBody(z.strictObject({ into: partnerId }).openapi("PartnerMerge")),
  },
  responses: {
    200: answer("The partner that was merged", partnerSchema),
    ...refusals("partner_unknown", "partner_ended", "partner_merged", "parent_cycle", "tiers_exceeded"),
  },
});

const history = route({
  who: "admin",
  operationId: "readPartnerHistory",
  method: "get",
  path: "/v1/partners/{id}/history",
  tags,
  summary: "What was changed of a partner",
  request: { params: z.object({ id: plainText(64) }) },
  responses: {
    200: answer("The changes, the oldest first", z.array(partnerHistorySchema)),
    ...refusals("partner_unknown"),
  },
});

/** The vendor's channel: list, add, show, edit, end, suspend, merge, resume, history. */
export function addPartnerRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listPartners(deps), 200));
  app.openapi(add, async (c) => c.json(await addPartner(deps, c.req.valid("json")), 201));
  app.openapi(show, async (c) => c.json(await showPartner(deps, c.req.valid("param").id), 200));
  app.openapi(edit, async (c) =>
    c.json(await editPartner(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  app.openapi(resume, async (c) => c.json(await resumePartner(deps, c.req.valid("param").id), 200));
  app.openapi(history, async (c) => c.json(await readPartnerHistory(deps, c.req.valid("param").id), 200));
  app.openapi(suspend, async (c) => c.json(await suspendPartner(deps, c.req.valid("param").id), 200));
  app.openapi(merge, async (c) =>
    c.json(await mergePartner(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  app.openapi(end, async (c) =>
    c.json(await endPartner(deps, c.req.valid("param").id, c.req.valid("json").since), 200),
  );
}
