import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { moneyRequestSchema } from "../../four-eyes/request-schema.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import {
  cursor,
  moment,
  outcomeSchema,
  pageLimit,
  partnerId,
  pathText,
  plainText,
} from "../../http/schemas.ts";
import { explainOrder } from "../explain/explain-order.ts";
import { listOrders } from "../explain/list-orders.ts";
import type { ReadOrderRewards } from "../explain/order-reward.ts";
import { correctOrder } from "../rule/correct-order.ts";
import { maxNoteLength, resolveOrder } from "../rule/resolve-order.ts";
import { decisionRecordSchema, explainedOrderSchema, orderSummarySchema } from "./schemas.ts";

const tags = ["Orders"];

const list = route({
  who: "admin",
  operationId: "listOrders",
  method: "get",
  path: "/v1/orders",
  tags,
  summary: "Orders, the newest first",
  request: {
    query: z.strictObject({
      outcome: outcomeSchema.optional(),
      partner: partnerId.optional(),
      shop: plainText(64).optional(),
      product: plainText(64).optional(),
      reason: plainText(64).optional(),
      since: moment.optional(),
      until: moment.optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of orders; `next` is the `after` of the page behind it",
      z.object({ orders: z.array(orderSummarySchema), next: z.string().nullable() }),
    ),
    ...refusals("partner_unknown"),
  },
});

const explain = route({
  who: "admin",
  operationId: "explainOrder",
  method: "get",
  path: "/v1/orders/{shop}/{id}",
  tags,
  summary: "Why an order was credited, or was not",
  description: "By any id the shop gave the order: session, payment intent, invoice or charge.",
  request: { params: z.object({ shop: plainText(64), id: pathText(255) }) },
  responses: {
    200: answer("The decision record", explainedOrderSchema),
    ...refusals("order_unknown"),
  },
});

const waitsSchema = moneyRequestSchema.partial({
  id: true,
  kind: true,
  subject: true,
  note: true,
  reference: true,
  reverses: true,
  status: true,
  enteredBy: true,
  enteredAt: true,
  decidedBy: true,
  decidedAt: true,
});

const resolvedOrderSchema = z
  .object({
    dryRun: z.boolean(),
    order: decisionRecordSchema,
    alsoDecided: z.array(orderSummarySchema).openapi({
      description: "Later orders of the same copy that nobody was credited for until now",
    }),
  })
  .openapi("ResolvedOrder");

const resolve = route({
  who: "admin",
  operationId: "resolveOrder",
  method: "post",
  path: "/v1/orders/{shop}/{id}/resolution",
  tags,
  summary: "Rule on an order",
  description:
    "One that waits for it, or any other that somebody disputes. The ruling stands above all evidence; what was booked to another partner is reversed. A later ruling replaces it. What moves more of a partner's money than one person may alone waits for a second one.",
  request: {
    params: z.object({ shop: plainText(64), id: pathText(255) }),
    body: jsonBody(
      z
        .strictObject({
          partner: partnerId.nullable().openapi({ description: "Who earned it; null when nobody did" }),
          note: plainText(maxNoteLength).openapi({ description: "Why you rule so; it stays on record" }),
          dryRun: z.boolean().optional().openapi({ description: "Only answer what would come of it" }),
        })
        .openapi("Resolution"),
    ),
  },
  responses: {
    200: answer("What came of it", resolvedOrderSchema),
    202: answer(
      "It waits for a second person, or would",
      resolvedOrderSchema.extend({ waits: waitsSchema }).openapi("WaitingRuling"),
    ),
    ...refusals("order_unknown", "partner_unknown"),
  },
});

const waitingCorrectionSchema = z
  .object({
    order: decisionRecordSchema.openapi({ description: "As it is; of a dry run, as it would be" }),
    waits: waitsSchema,
  })
  .openapi("WaitingCorrection");

const correct = route({
  who: "admin",
  operationId: "correctOrder",
  method: "post",
  path: "/v1/orders/{shop}/{id}/corrections",
  tags,
  summary: "Enter what the shop does not tell of an order's money",
  description:
    "It counts beside what the shop tells, and stays on record. Each request is one more correction. What moves more of a partner's money than one person may book alone waits for a second one.",
  request: {
    params: z.object({ shop: plainText(64), id: plainText(255) }),
    body: jsonBody(
      z
        .strictObject({
          what: z.union([
            z.strictObject({ refunded: plainText(40).openapi({ description: "Tax included: 60.00" }) }),
            z.strictObject({
              restored: plainText(40).openapi({
                description: "Tax included: 60.00. At most what has gone back and stayed gone",
              }),
            }),
            z.strictObject({ void: z.literal(true).openapi({ description: "Nothing of it stands" }) }),
            z.strictObject({
              reverses: plainText(64).openapi({
                description:
                  "Takes a correction of this order back, by its id: once, as if it had never been",
              }),
            }),
          ]),
          note: plainText(maxNoteLength).openapi({ description: "Why; it stays on record" }),
          reference: plainText(200).optional().openapi({
            description: "The paper behind it, such as a ticket; partners read it on their statements",
          }),
          dryRun: z.boolean().optional().openapi({ description: "Only answers what would come of it" }),
        })
        .openapi("Correction"),
    ),
  },
  responses: {
    200: answer("The decision record as it is then; of a dry run, as it would be", decisionRecordSchema),
    202: answer("It waits for a second person, or would", waitingCorrectionSchema),
    ...refusals("order_unknown", "correction_unknown", "correction_settled", "correction_reversed"),
  },
});

/** Orders and the reasons for what became of them. */
export function addOrderRoutes(app: App, deps: Deps, readRewards: ReadOrderRewards): void {
  app.openapi(list, async (c) => c.json(await listOrders(deps, absentLeftOut(c.req.valid("query"))), 200));
  app.openapi(explain, async (c) => {
    const { shop, id } = c.req.valid("param");
    const record = await explainOrder(deps, shop, id);
    return c.json({ ...record, rewards: await readRewards(deps, record) }, 200);
  });
  app.openapi(correct, async (c) => {
    const { shop, id: order } = c.req.valid("param");
    const { dryRun, ...correction } = c.req.valid("json");
    const { waits, ...record } = await correctOrder(deps, { shop, order, ...correction }, { dryRun });
    return waits === null ? c.json(record, 200) : c.json({ order: record, waits }, 202);
  });
  app.openapi(resolve, async (c) => {
    const { shop, id: order } = c.req.valid("param");
    const { waits, ...resolved } = await resolveOrder(deps, {
      shop,
      order,
      ...absentLeftOut(c.req.valid("json")),
    });
    return waits === null ? c.json(resolved, 200) : c.json({ ...resolved, waits }, 202);
  });
}
