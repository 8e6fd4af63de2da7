import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, minorUnits, partnerId, plainText } from "../../http/schemas.ts";
import { announcePlan } from "../announce-plan.ts";

const announce = route({
  who: "admin",
  operationId: "announcePlan",
  method: "post",
  path: "/v1/plans/{id}/announcements",
  tags: ["Plans"],
  summary: "Tell the partners whom a plan's next change will pay less",
  description:
    "Of the next change that begins on a day to come, by the sales of the last year. Each partner is told once, by mail and by its webhook (`plan.announced`), and nothing of any other.",
  request: {
    params: z.object({ id: plainText(64) }),
    body: jsonBody(
      z.strictObject({
        dryRun: z.boolean().optional().openapi({ description: "Only say who would be told" }),
      }),
    ),
  },
  responses: {
    200: answer(
      "The announcement",
      z
        .object({
          plan: z.string(),
          name: z.string(),
          version: z.int(),
          since: isoTime,
          concerned: z.int().openapi({ description: "Partners that it pays otherwise than until then" }),
          lowered: z.array(
            z.object({
              partner: partnerId,
              currency: z.string(),
              nowMinor: minorUnits,
              thenMinor: minorUnits,
              differenceMinor: minorUnits,
              orders: z.int(),
            }),
          ),
          told: z.array(z.string()).openapi({ description: "Who is told now, and was not before" }),
        })
        .openapi("Announcement"),
    ),
    ...refusals("plan_unknown"),
  },
});

/** Announcing what a plan will pay less. */
export function addAnnouncementRoutes(app: App, deps: Deps): void {
  app.openapi(announce, async (c) =>
    c.json(await announcePlan(deps, c.req.valid("param").id, c.req.valid("json")), 200),
  );
}
