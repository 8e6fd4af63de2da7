import { z } from "@hono/zod-openapi";
import { groupVoucherCode } from "@tallystick/sdk/protocol";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime, moment, pageLimit, partnerId, productId } from "../../http/schemas.ts";
import { voucherId } from "../batch.ts";
import { listVoucherBatches, revokeVoucher, revokeVoucherBatch } from "../batches.ts";
import { issueVouchers, openVoucherBatch, type VoucherOrder } from "../issue.ts";

const tags = ["Vouchers"];

const batchName = partnerId.openapi({ example: "spring-27" });
const voucherNumber = z.coerce.number().int().min(1).max(999_999_999).openapi({ type: "integer" });
const count = z.int();

const batch = z.object({
  batch: batchName,
  partner: z.string(),
  product: z.string(),
  issued: count,
  exchanged: count,
  revoked: count,
  expired: count,
  left: count,
  issuedAt: isoTime,
  expiresAt: isoTime.nullable(),
  revokedAt: isoTime.nullable(),
});
const batchSchema = batch.openapi("VoucherBatch");

const list = route({
  who: "admin",
  operationId: "listVoucherBatches",
  method: "get",
  path: "/v1/voucher-batches",
  tags,
  summary: "Batches of vouchers, by name",
  request: {
    query: z.strictObject({
      partner: partnerId.optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of batches",
      z.object({ batches: z.array(batchSchema), next: z.string().nullable() }).openapi("VoucherBatchPage"),
    ),
    ...refusals("partner_unknown"),
  },
});

const issue = route({
  who: "admin",
  operationId: "issueVouchers",
  method: "post",
  path: "/v1/voucher-batches",
  tags,
  summary: "Issue vouchers",
  description:
    "The codes are shown this once and kept nowhere. More at once, and printed cards: `tallystick voucher issue`.",
  request: {
    body: jsonBody(
      z
        .strictObject({
          partner: partnerId,
          product: productId,
          count: z.int().min(1).max(10_000),
          batch: batchName.optional(),
          expiresAt: moment.optional(),
        })
        .openapi("VoucherOrder"),
    ),
  },
  responses: {
    201: answer(
      "The batch with its codes",
      batch
        .extend({ vouchers: z.array(z.object({ id: z.string(), code: z.string() })) })
        .openapi("IssuedVouchers"),
    ),
    ...refusals("product_unknown", "partner_unknown", "partner_ended", "voucher_batch_exists"),
  },
});

const revokeBatch = route({
  who: "admin",
  operationId: "revokeVoucherBatch",
  method: "post",
  path: "/v1/voucher-batches/{batch}/revoke",
  tags,
  summary: "Revoke a batch",
  description:
    "What is left of it cannot be exchanged, and what was exchanged credits no purchase after this. Takes no body; one that is revoked already stays as it is.",
  request: { params: z.object({ batch: batchName }) },
  responses: {
    200: answer("The batch", batchSchema),
    ...refusals("voucher_batch_unknown"),
  },
});

const revokeOne = route({
  who: "admin",
  operationId: "revokeVoucher",
  method: "post",
  path: "/v1/voucher-batches/{batch}/vouchers/{number}/revoke",
  tags,
  summary: "Revoke one voucher",
  description: "By its number in its batch, as its card names it. Takes no body.",
  request: { params: z.object({ batch: batchName, number: voucherNumber }) },
  responses: {
    200: answer(
      "The voucher",
      z
        .object({ id: z.string(), revokedAt: isoTime, exchangedAt: isoTime.nullable() })
        .openapi("RevokedVoucher"),
    ),
    ...refusals("voucher_unknown"),
  },
});

/** Vouchers, for the vendor: list, issue, revoke. */
export function addVoucherBatchRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listVoucherBatches(deps, c.req.valid("query")), 200));
  app.openapi(issue, async (c) => {
    const { count, ...order } = c.req.valid("json");
    return c.json(await issueAll(deps, order, count), 201);
  });
  app.openapi(revokeBatch, async (c) =>
    c.json(await revokeVoucherBatch(deps, c.req.valid("param").batch), 200),
  );
  app.openapi(revokeOne, async (c) => {
    const { batch, number } = c.req.valid("param");
    return c.json(await revokeVoucher(deps, voucherId(batch, number)), 200);
  });
}

async function issueAll(deps: Deps, order: VoucherOrder, count: number) {
  const opened = await openVoucherBatch(deps, order);
  const vouchers: { id: string; code: string }[] = [];
  for await (const some of issueVouchers(deps, opened.batch, count))
    vouchers.push(...some.map(({ id, code }) => ({ id, code: groupVoucherCode(code) })));
  return { ...opened, issued: count, left: count, vouchers };
}
