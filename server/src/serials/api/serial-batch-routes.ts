import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import {
  batchText,
  cursor,
  isoTime,
  moment,
  pageLimit,
  partnerId,
  plainText,
  productId,
} from "../../http/schemas.ts";
import { assignSerials } from "../assign-serials.ts";
import { listSerialBatches, revokeSerialBatch, showSerialBatch } from "../batches.ts";
import { largestOpen } from "../open-range.ts";

const tags = ["Serials"];

const assignmentSchema = z
  .object({
    partner: z.string(),
    open: z.string().nullable().openapi({ example: "1000000..1004999" }),
    from: isoTime,
    note: z.string().nullable(),
    recordedAt: isoTime,
  })
  .openapi("SerialAssignment");

const batchSchema = z
  .object({
    batch: z.string(),
    product: z.string(),
    kind: z.enum(["secret", "open", "pool"]),
    serials: z.int(),
    open: z.string().nullable().openapi({ description: "From its smallest open number to its largest" }),
    left: z.int().nullable().openapi({ description: "What a pool can still give out" }),
    partner: z.string().nullable().openapi({ description: "Whom the whole batch is assigned to now" }),
    assignments: z.array(assignmentSchema),
    createdAt: isoTime,
    revokedAt: isoTime.nullable(),
  })
  .openapi("SerialBatch");

const params = z.object({ batch: plainText(64) });

const list = route({
  who: "admin",
  operationId: "listSerialBatches",
  method: "get",
  path: "/v1/serial-batches",
  tags,
  summary: "Batches of serials, by name",
  request: {
    query: z.strictObject({
      product: productId.optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of batches; `next` is the `after` of the page behind it",
      z.object({ batches: z.array(batchSchema), next: z.string().nullable() }),
    ),
  },
});

const show = route({
  who: "admin",
  operationId: "showSerialBatch",
  method: "get",
  path: "/v1/serial-batches/{batch}",
  tags,
  summary: "One batch of serials",
  request: { params },
  responses: { 200: answer("The batch", batchSchema), ...refusals("serial_batch_unknown") },
});

const open = z
  .strictObject({ first: z.int().min(0).max(largestOpen), last: z.int().min(0).max(largestOpen) })
  .refine(({ first, last }) => first <= last, { error: "expected the smaller number first" });

const assign = route({
  who: "admin",
  operationId: "assignSerials",
  method: "post",
  path: "/v1/serial-batches/{batch}/assignments",
  tags,
  summary: "Give a batch, or a range of its open numbers, to a partner",
  description:
    "From a date on, also in the past. What was assigned before stays on record: a copy counts for whoever had its serial when it was activated. Orders that nobody was credited for are decided anew.",
  request: {
    params,
    body: jsonBody(
      z
        .strictObject({
          partner: partnerId,
          open: open.optional(),
          from: moment.optional(),
          note: plainText(500).optional(),
          dryRun: z.boolean().optional(),
        })
        .openapi("NewSerialAssignment"),
    ),
  },
  responses: {
    200: answer(
      "The assignment that stands",
      assignmentSchema
        .omit({ recordedAt: true })
        .extend({
          batch: batchText,
          product: z.string(),
          isNew: z.boolean(),
          ordersDecided: z.int(),
          dryRun: z.boolean(),
        })
        .openapi("StandingSerialAssignment"),
    ),
    ...refusals(
      "serial_batch_unknown",
      "serial_batch_revoked",
      "open_numbers_unknown",
      "partner_unknown",
      "partner_ended",
    ),
  },
});

const revoke = route({
  who: "admin",
  operationId: "revokeSerialBatch",
  method: "post",
  path: "/v1/serial-batches/{batch}/revoke",
  tags,
  summary: "Revoke a batch of serials",
  description:
    "Its serials are activated no more and earn nobody anything from now on. Takes no body; one that is revoked already stays as it is.",
  request: { params },
  responses: { 200: answer("The batch", batchSchema), ...refusals("serial_batch_unknown") },
});

/** Batches of serials: list, show, assign, revoke. They are imported by the command line, from a file. */
export function addSerialBatchRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) =>
    c.json(await listSerialBatches(deps, absentLeftOut(c.req.valid("query"))), 200),
  );
  app.openapi(show, async (c) => c.json(await showSerialBatch(deps, c.req.valid("param").batch), 200));
  app.openapi(assign, async (c) => {
    const { batch } = c.req.valid("param");
    return c.json(await assignSerials(deps, { batch, ...c.req.valid("json") }), 200);
  });
  app.openapi(revoke, async (c) => c.json(await revokeSerialBatch(deps, c.req.valid("param").batch), 200));
}
