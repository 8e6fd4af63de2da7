import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import {
  cursor,
  isoTime,
  moment,
  pageLimit,
  partnerId,
  pathText,
  plainText,
  productId,
} from "../../http/schemas.ts";
import { maxCouponLength } from "../../words/coupon-code.ts";
import { addCoupon, endCoupon, listCoupons } from "../coupons.ts";

const tags = ["Coupons"];

const code = plainText(maxCouponLength).openapi({ example: "NORTH10" });

const couponSchema = z
  .object({
    code: z.string(),
    partner: z.string(),
    products: z.array(z.string()).nullable().openapi({ description: "Null for every product" }),
    validFrom: isoTime,
    validUntil: isoTime.nullable(),
    createdAt: isoTime,
    endedAt: isoTime.nullable(),
    status: z.enum(["active", "not_yet_valid", "expired", "ended"]),
  })
  .openapi("Coupon");

const list = route({
  who: "admin",
  operationId: "listCoupons",
  method: "get",
  path: "/v1/coupons",
  tags,
  summary: "Coupons by code, those that have ended too",
  request: {
    query: z.strictObject({
      partner: partnerId.optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of coupons; `next` is the `after` of the page behind it",
      z.object({ coupons: z.array(couponSchema), next: z.string().nullable() }),
    ),
    ...refusals("partner_unknown"),
  },
});

const add = route({
  who: "admin",
  operationId: "addCoupon",
  method: "post",
  path: "/v1/coupons",
  tags,
  summary: "Give a code to a partner",
  description:
    "Who uses it at the checkout is the partner's customer. The discount behind it is the shop's matter.",
  request: {
    body: jsonBody(
      z
        .strictObject({
          code,
          partner: partnerId,
          products: z.array(productId).min(1).max(100).optional().openapi({ description: "By default all" }),
          validFrom: moment.optional(),
          validUntil: moment.optional().openapi({ description: "The last moment at which it counts" }),
        })
        .openapi("NewCoupon"),
    ),
  },
  responses: {
    201: answer("The coupon", couponSchema),
    ...refusals("partner_unknown", "partner_ended", "product_unknown", "coupon_exists"),
  },
});

const end = route({
  who: "admin",
  operationId: "endCoupon",
  method: "post",
  path: "/v1/coupons/{code}/end",
  tags,
  summary: "End a coupon",
  description:
    "Purchases from now on count for nobody by it. Takes no body; one that has ended already stays as it is.",
  request: { params: z.object({ code: pathText(maxCouponLength) }) },
  responses: {
    200: answer("The coupon", couponSchema),
    ...refusals("coupon_unknown"),
  },
});

/** Coupons: list, add, end. */
export function addCouponRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listCoupons(deps, absentLeftOut(c.req.valid("query"))), 200));
  app.openapi(add, async (c) => c.json(await addCoupon(deps, absentLeftOut(c.req.valid("json"))), 201));
  app.openapi(end, async (c) => c.json(await endCoupon(deps, c.req.valid("param").code), 200));
}
