import { z } from "@hono/zod-openapi";
import { readBalances } from "../../books/balances.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import {
  currency,
  cursor,
  isoTime,
  minorUnits,
  moment,
  pageLimit,
  plainText,
  productId,
} from "../../http/schemas.ts";
import { partnerOrderSchema } from "../explain/partner-order-schema.ts";
import { explainPartnerOrder, type FindContact, listPartnerOrders } from "../explain/partner-orders.ts";

const recordSchema = partnerOrderSchema
  .extend({
    contact: z.object({ email: z.string(), name: z.string().nullable() }).optional().openapi({
      description:
        "Who bought it: where the agreement shares everything, somebody told it, you sold the last term and your key may be used for customers",
    }),
    reason: z.string().nullable(),
    evidence: z.array(
      z.object({ kind: z.string(), verdict: z.string(), reason: z.string(), seenAt: isoTime }),
    ),
    plan: z.object({
      id: z.string(),
      version: z.int(),
      rules: z.array(z.object({ rule: z.string(), line: z.string(), matched: z.boolean(), why: z.string() })),
    }),
  })
  .openapi("PartnerOrderRecord");

const balanceSchema = z
  .object({ currency, heldMinor: minorUnits, payableMinor: minorUnits, paidMinor: minorUnits })
  .openapi("PartnerBalance");

const tags = ["For partners"];
const unchanged = { 304: { description: "As it was under the tag in `If-None-Match`" } };

const list = route({
  who: "partner",
  operationId: "listMyOrders",
  method: "get",
  path: "/v1/partner/orders",
  tags,
  summary: "Your orders, the newest first",
  request: {
    query: z.strictObject({
      since: moment.optional(),
      until: moment.optional(),
      product: productId.optional(),
      currency: plainText(3).optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  description:
    "`since` and `until` are when the receiver first heard of the order. A page may be shorter than asked for.",
  responses: {
    200: answer("A page", z.object({ orders: z.array(partnerOrderSchema), next: z.string().nullable() })),
    ...unchanged,
  },
});

const show = route({
  who: "partner",
  operationId: "explainMyOrder",
  method: "get",
  path: "/v1/partner/orders/{shop}/{id}",
  tags,
  summary: "One of your orders, and why it is yours",
  request: { params: z.object({ shop: plainText(64), id: plainText(256) }) },
  responses: { 200: answer("The order", recordSchema), ...unchanged, ...refusals("order_unknown") },
});

const balances = route({
  who: "partner",
  operationId: "readMyBalances",
  method: "get",
  path: "/v1/partner/balances",
  tags,
  summary: "What you have earned, by currency",
  request: { query: z.strictObject({}) },
  responses: { 200: answer("The sums", z.array(balanceSchema)), ...unchanged },
});

/** A partner's own view of its orders and sums. Whose it is is told by the API key, never by the request. */
export function addPartnerOrderRoutes(app: App, deps: Deps, findContact: FindContact): void {
  app.openapi(list, async (c) => {
    const page = await listPartnerOrders(deps, c.get("holder").partner, c.req.valid("query"));
    return isKnownAnswer(c, page) ? c.body(null, 304) : c.json(page, 200);
  });
  app.openapi(show, async (c) => {
    const { shop, id } = c.req.valid("param");
    const { partner, scopes } = c.get("holder");
    const mayMeet = scopes === null || scopes.includes("customers");
    const asked = { shop, order: id };
    const record = await explainPartnerOrder(deps, partner, asked, mayMeet ? findContact : undefined);
    return isKnownAnswer(c, record) ? c.body(null, 304) : c.json(record, 200);
  });
  app.openapi(balances, async (c) => {
    const rows = await readBalances(deps, { partner: c.get("holder").partner });
    const sums = rows.map(({ partner: _, ...sum }) => sum);
    return isKnownAnswer(c, sums) ? c.body(null, 304) : c.json(sums, 200);
  });
}
