import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime, pageLimit, plainText } from "../../http/schemas.ts";
import { dropMessage, listOutbox, replayAllFailed, replayMessage, showOutboxMessage } from "../outbox.ts";
import { outboxKinds, outboxStates } from "../rows/schema.ts";

const tags = ["Outbox"];
const params = z.object({ id: plainText(64).openapi({ example: "msg_0mijk3v0h8a1f0c2e4b6d8f0a2c4e6f8a" }) });

const entryMembers = {
  id: z.string(),
  destination: z.string().openapi({ example: "north-shop/webhook" }),
  state: z.enum(outboxStates),
  kind: z.enum(outboxKinds),
  seq: z.int(),
  shop: z.string(),
  order: z.string(),
  partner: z.string(),
  creditMinor: z.int(),
  previousCreditMinor: z.int(),
  currency: z.string(),
  attempts: z.int(),
  dueAt: isoTime
    .nullable()
    .openapi({ description: "Null also while it waits for an earlier one of its order" }),
  status: z.int().nullable(),
  problem: z.string().nullable(),
  conversionId: z.string().nullable(),
  note: z.string().nullable(),
  createdAt: isoTime,
  settledAt: isoTime.nullable(),
};
const entrySchema = z.object(entryMembers).openapi("OutboxMessage");
const recordSchema = z
  .object({ ...entryMembers, facts: z.any().openapi({ description: "What was known when it was written" }) })
  .openapi("OutboxRecord");

const list = route({
  who: "admin",
  operationId: "listOutboxMessages",
  method: "get",
  path: "/v1/outbox",
  tags,
  summary: "Messages to partners and networks, the newest first",
  request: {
    query: z.strictObject({
      state: z.enum(outboxStates).optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of messages; `next` is the `after` of the page behind it",
      z.object({ messages: z.array(entrySchema), next: z.string().nullable() }),
    ),
  },
});

const show = route({
  who: "admin",
  operationId: "showOutboxMessage",
  method: "get",
  path: "/v1/outbox/{id}",
  tags,
  summary: "A message, what it says and what came of it",
  request: { params },
  responses: { 200: answer("The message", recordSchema), ...refusals("message_unknown") },
});

const replayAll = route({
  who: "admin",
  operationId: "replayFailedMessages",
  method: "post",
  path: "/v1/outbox/replay",
  tags,
  summary: "Send again everything that was given up",
  request: { body: jsonBody(z.strictObject({ dryRun: z.boolean().optional() })) },
  responses: {
    200: answer("How many messages", z.object({ dryRun: z.boolean(), messages: z.int() })),
  },
});

const replay = route({
  who: "admin",
  operationId: "replayMessage",
  method: "post",
  path: "/v1/outbox/{id}/replay",
  tags,
  summary: "Send a message again that was given up or left to a person",
  description: "Takes no body. It is sent with the same key.",
  request: { params },
  responses: {
    200: answer("The message", entrySchema),
    ...refusals("message_unknown", "message_settled"),
  },
});

const drop = route({
  who: "admin",
  operationId: "dropMessage",
  method: "post",
  path: "/v1/outbox/{id}/drop",
  tags,
  summary: "Drop a message: it was told by hand, or need not be told",
  request: { params, body: jsonBody(z.strictObject({ note: plainText(1000) })) },
  responses: {
    200: answer("The message", entrySchema),
    ...refusals("message_unknown", "message_settled"),
  },
});

/** What is told to partners and networks: list, show, replay, drop. */
export function addOutboxRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listOutbox(deps, absentLeftOut(c.req.valid("query"))), 200));
  app.openapi(show, async (c) => c.json(await showOutboxMessage(deps, c.req.valid("param").id), 200));
  app.openapi(replayAll, async (c) => c.json(await replayAllFailed(deps, c.req.valid("json")), 200));
  app.openapi(replay, async (c) => c.json(await replayMessage(deps, c.req.valid("param").id), 200));
  app.openapi(drop, async (c) => {
    const { note } = c.req.valid("json");
    return c.json(await dropMessage(deps, { id: c.req.valid("param").id, note }), 200);
  });
}
