import { createRoute, z } from "@hono/zod-openapi";
import type { Deps } from "../deps.ts";
import { explainOrder, listOrders } from "../orders.ts";
import { absentLeftOut } from "./absent.ts";
import type { App } from "./app-env.ts";
import { answer, refusals } from "./problem-answers.ts";
import {
  cursor,
  decisionRecordSchema,
  moment,
  orderSummarySchema,
  outcomeSchema,
  pageLimit,
  plainText,
} from "./schemas.ts";

const tags = ["Orders"];
const security = [{ admin: [] }];

const list = createRoute({
  method: "get",
  path: "/v1/orders",
  tags,
  security,
  summary: "Orders, the newest first",
  request: {
    query: z.strictObject({
      outcome: outcomeSchema.optional(),
      since: moment.optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of orders; `next` is the `after` of the page behind it",
      z.object({ orders: z.array(orderSummarySchema), next: z.string().nullable() }),
    ),
    ...refusals("request_invalid", "unauthorized"),
  },
});

const explain = createRoute({
  method: "get",
  path: "/v1/orders/{shop}/{id}",
  tags,
  security,
  summary: "Why an order was credited, or was not",
  description: "By any id the shop gave the order: session, payment intent, invoice or charge.",
  request: { params: z.object({ shop: plainText(64), id: plainText(255) }) },
  responses: {
    200: answer("The decision record", decisionRecordSchema),
    ...refusals("unauthorized", "order_unknown"),
  },
});

/** Orders and the reasons for what became of them. */
export function addOrderRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listOrders(deps, absentLeftOut(c.req.valid("query"))), 200));
  app.openapi(explain, async (c) => {
    const { shop, id } = c.req.valid("param");
    return c.json(await explainOrder(deps, shop, id), 200);
  });
}
