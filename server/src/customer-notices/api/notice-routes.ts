import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime, pageLimit, plainText, productId } from "../../http/schemas.ts";
import {
  listServiceNotices,
  rehearseServiceNotice,
  type ServiceNotice,
  showServiceNotice,
  writeServiceNotice,
} from "../product-notices.ts";
import { listRenewalNotices } from "../renewal-notices.ts";

const tags = ["Customers"];
const path = "/v1/service-notices";
const count = z.int().nonnegative();

const reachSchema = z
  .object({
    recipients: count.openapi({ description: "Addresses; each gets one letter" }),
    licences: count,
    blocked: z.array(
      z.object({
        reason: z.string().openapi({ description: "`not_agreed`, `bounced` or `erased`" }),
        licences: count,
      }),
    ),
  })
  .openapi("NoticeReach");

const noticeSchema = z
  .object({
    id: z.string().openapi({ example: "sn_0mijk3v0h00001f0c2e4b6d8a" }),
    product: z.string(),
    version: z.string().nullable(),
    title: z.string(),
    text: z.string(),
    writtenBy: z.string(),
    writtenAt: isoTime,
    state: z.enum(["gathering", "writing", "done"]),
    written: count,
    waiting: count,
    reach: reachSchema,
    finishedAt: isoTime.nullable(),
  })
  .openapi("ServiceNotice");

const renewalSchema = z
  .object({
    customer: z.string(),
    product: z.string(),
    licenceEnd: z.string().nullable(),
    partner: z.string().nullable(),
    endsAt: isoTime,
    daysBefore: count,
    outcome: z.enum(["written", "blocked"]),
    reason: z.string().nullable().openapi({ description: "`not_agreed`, `unsubscribed` or `bounced`" }),
    notedAt: isoTime,
  })
  .openapi("RenewalNotice");

const write = route({
  who: "admin",
  operationId: "writeServiceNotice",
  method: "post",
  path,
  tags,
  summary: "Tell all customers of a product something about the product itself",
  description:
    "Such as a security patch. Each address gets one letter that names, for each of its licences, the partner who sold it and no other. Customers of partners whose agreement does not allow service notices are left out. With `dryRun` nothing is kept, and the answer says how many would be told and who is left out, with why.",
  request: {
    body: jsonBody(
      z.strictObject({
        product: productId,
        version: plainText(64).optional(),
        title: plainText(150),
        text: z.string().min(1).max(8_000),
        dryRun: z.boolean().optional(),
      }),
    ),
  },
  responses: {
    200: answer("What it would reach", reachSchema),
    202: answer("Kept; its letters are being written", noticeSchema),
    ...refusals("product_unknown"),
  },
});

const list = route({
  who: "admin",
  operationId: "listServiceNotices",
  method: "get",
  path,
  tags,
  summary: "Service notices with their progress, the newest first",
  request: { query: z.strictObject({ limit: pageLimit.optional(), after: cursor.optional() }) },
  responses: {
    200: answer("A page", z.object({ notices: z.array(noticeSchema), next: z.string().nullable() })),
  },
});

const show = route({
  who: "admin",
  operationId: "showServiceNotice",
  method: "get",
  path: `${path}/{id}`,
  tags,
  summary: "A service notice with its progress",
  request: { params: z.object({ id: plainText(64) }) },
  responses: { 200: answer("The notice", noticeSchema), ...refusals("not_found") },
});

const renewals = route({
  who: "admin",
  operationId: "listRenewalNotices",
  method: "get",
  path: "/v1/renewal-notices",
  tags,
  summary: "Whom the vendor wrote to because a term ends, and who was left out and why; the newest first",
  request: {
    query: z.strictObject({
      outcome: z.enum(["written", "blocked"]).optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer("A page", z.object({ notices: z.array(renewalSchema), next: z.string().nullable() })),
  },
});

/** The vendor's notices to its customers. */
export function addServiceNoticeRoutes(app: App, deps: Deps): void {
  app.openapi(write, async (c) => {
    const { dryRun = false, ...notice } = c.req.valid("json");
    if (dryRun) return c.json(await rehearseServiceNotice(deps, notice), 200);
    return c.json(shown(await writeServiceNotice(deps, notice)), 202);
  });
  app.openapi(list, async (c) => {
    const { notices, next } = await listServiceNotices(deps, c.req.valid("query"));
    return c.json({ notices: notices.map(shown), next }, 200);
  });
  app.openapi(show, async (c) => c.json(shown(await showServiceNotice(deps, c.req.valid("param").id)), 200));
  app.openapi(renewals, async (c) => c.json(await listRenewalNotices(deps, c.req.valid("query")), 200));
}

const shown = (notice: ServiceNotice) => ({ ...notice, version: notice.version ?? null });
