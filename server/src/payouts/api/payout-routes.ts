import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, moment, pageLimit, plainText } from "../../http/schemas.ts";
import { approvePayout, cancelPayout } from "../change-batch.ts";
import { confirmPayout, type ToldOfBatch } from "../confirm.ts";
import { exportPayout } from "../export.ts";
import { listPartnerPayouts, listPayouts, showPayout } from "../payout.ts";
import type { PayoutBlockSource } from "../payout-block.ts";
import { proposePayouts } from "../propose.ts";
import { batchStates } from "../rows/schema.ts";
import {
  batchSchema,
  changedSchema,
  confirmedSchema,
  fileSchema,
  partnerPayoutSchema,
  proposalSchema,
  recordSchema,
} from "./schemas.ts";

const vendor = { who: "admin" as const, tags: ["Payouts"] };
const params = z.object({ id: plainText(64) });
const day = plainText(10)
  .refine((text) => z.iso.date().safeParse(text).success, { error: "expected a day such as 2026-12-01" })
  .openapi({ type: "string", format: "date", example: "2026-12-01" });
const page = { limit: pageLimit.optional(), after: cursor.optional() };

const list = route({
  ...vendor,
  operationId: "listPayouts",
  method: "get",
  path: "/v1/payouts",
  summary: "Payout batches, the newest first",
  request: { query: z.strictObject({ state: z.enum(batchStates).optional(), ...page }) },
  responses: {
    200: answer("A page", z.object({ payouts: z.array(batchSchema), next: z.string().nullable() })),
  },
});

const propose = route({
  ...vendor,
  operationId: "proposePayouts",
  method: "post",
  path: "/v1/payouts",
  summary: "Propose to pay what is payable",
  description: "A batch for each currency and channel. Who is not paid is told with the reason.",
  request: {
    body: jsonBody(
      z
        .strictObject({
          currency: z.string().length(3).optional(),
          minimumMinor: z.int().min(1).optional(),
          until: moment.optional(),
          dryRun: z.boolean().optional(),
        })
        .openapi("PayoutTerms"),
    ),
  },
  responses: { 200: answer("What is proposed", proposalSchema) },
});

const show = route({
  ...vendor,
  operationId: "showPayout",
  method: "get",
  path: "/v1/payouts/{id}",
  summary: "A payout batch with its rows",
  request: { params },
  responses: { 200: answer("The batch", recordSchema), ...refusals("payout_unknown") },
});

const approve = route({
  ...vendor,
  operationId: "approvePayout",
  method: "post",
  path: "/v1/payouts/{id}/approve",
  summary: "Approve a batch that another person proposed",
  description:
    "Takes no body. What may not be sent any more is taken out. With people who can approve, the admin token needs a holder (`approvals.holders`).",
  request: { params },
  responses: {
    200: answer("The batch", changedSchema),
    ...refusals("payout_unknown", "payout_same_person", "payout_state"),
  },
});

const exporting = route({
  ...vendor,
  operationId: "exportPayout",
  method: "post",
  path: "/v1/payouts/{id}/export",
  summary: "The payment file of an approved batch",
  description: "The same file each time, in the form in which it was exported first.",
  request: {
    params,
    body: jsonBody(
      z
        .strictObject({
          format: z.enum(["pain.001", "csv"]),
          columns: plainText(64).optional(),
          executeOn: day.optional(),
        })
        .openapi("PayoutExport"),
    ),
  },
  responses: {
    200: answer("The file", fileSchema),
    ...refusals("payout_unknown", "payout_state", "payer_missing"),
  },
});

const confirm = route({
  ...vendor,
  operationId: "confirmPayout",
  method: "post",
  path: "/v1/payouts/{id}/confirm",
  summary: "Say what became of a batch's payments",
  description: "By the bank's answer (`file`: pain.002 or CSV), for all that is open, or for one row.",
  request: {
    params,
    body: jsonBody(
      z
        .union([
          z.strictObject({ file: z.string().min(1) }),
          z.strictObject({ all: z.literal(true) }),
          z.strictObject({ row: z.int().min(1), failed: plainText(300).optional() }),
        ])
        .openapi("PayoutConfirmation"),
    ),
  },
  responses: {
    200: answer("What came of it", confirmedSchema),
    ...refusals("payout_unknown", "payout_state", "payout_file_invalid"),
  },
});

const cancel = route({
  ...vendor,
  operationId: "cancelPayout",
  method: "post",
  path: "/v1/payouts/{id}/cancel",
  summary: "Cancel a batch that was not exported",
  description: "Takes no body. What it reserved is payable again.",
  request: { params },
  responses: { 200: answer("The batch", recordSchema), ...refusals("payout_unknown", "payout_state") },
});

const mine = route({
  who: "partner",
  tags: ["For partners"],
  operationId: "listMyPayouts",
  method: "get",
  path: "/v1/partner/payouts",
  summary: "What was sent to you, the newest first",
  request: { query: z.strictObject(page) },
  responses: {
    200: answer("A page", z.object({ payouts: z.array(partnerPayoutSchema), next: z.string().nullable() })),
  },
});

/** Payouts: the vendor's routes and the partner's own list. */
export function addPayoutRoutes(app: App, given: Deps, blocks: readonly PayoutBlockSource[]): void {
  const deps = { ...given, blocks };
  app.openapi(list, async (c) => c.json(await listPayouts(deps, c.req.valid("query")), 200));
  app.openapi(propose, async (c) => c.json(await proposePayouts(deps, c.req.valid("json")), 200));
  app.openapi(show, async (c) => c.json(await showPayout(deps, c.req.valid("param").id), 200));
  app.openapi(approve, async (c) => c.json(await approvePayout(deps, c.req.valid("param").id), 200));
  app.openapi(exporting, async (c) =>
    c.json(await exportPayout(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  app.openapi(confirm, async (c) => {
    const told = absentLeftOut(c.req.valid("json")) as ToldOfBatch;
    return c.json(await confirmPayout(deps, c.req.valid("param").id, told), 200);
  });
  app.openapi(cancel, async (c) => c.json(await cancelPayout(deps, c.req.valid("param").id), 200));
  app.openapi(mine, async (c) =>
    c.json(await listPartnerPayouts(deps, c.get("holder").partner, c.req.valid("query")), 200),
  );
}
