import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, isoTime, moment, pageLimit, plainText } from "../../http/schemas.ts";
import { listAudit } from "../list-audit.ts";

const list = route({
  who: "admin",
  operationId: "listAudit",
  method: "get",
  path: "/v1/audit",
  tags: ["Audit"],
  summary: "What people and keys have changed, the newest first",
  request: {
    query: z.strictObject({
      since: moment.optional(),
      actor: plainText(200).optional(),
      subject: plainText(200).optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of changes; `next` is the `after` of the page behind it",
      z.object({
        entries: z.array(
          z
            .object({
              at: isoTime,
              actor: z.string().openapi({ example: "cli:ann" }),
              action: z.string().openapi({ example: "partner edit" }),
              subject: z.string().nullable(),
            })
            .openapi("AuditEntry"),
        ),
        next: z.string().nullable(),
      }),
    ),
  },
});

/** What was changed, and by whom. */
export function addAuditRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listAudit(deps, c.req.valid("query")), 200));
}
