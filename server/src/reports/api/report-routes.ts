import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { addDays, instant } from "../../words/clock.ts";
import { reportEarnings } from "../report-earnings.ts";
import { earningsBy } from "../rows/schema.ts";

const earningsSchema = z
  .object({
    value: z
      .string()
      .nullable()
      .openapi({ description: "The partner, product, month …; null where there is none" }),
    currency: z.string(),
    orders: z.number().int(),
    netMinor: z
      .number()
      .int()
      .openapi({ description: "What customers paid without tax and did not get back" }),
    commissionMinor: z.number().int(),
    sharePercent: z.number().nullable(),
  })
  .openapi("Earnings");

const day = z.iso.date().openapi({ example: "2027-01-01" });

const earnings = route({
  who: "admin",
  operationId: "reportEarnings",
  method: "get",
  path: "/v1/reports/earnings",
  tags: ["Reports"],
  summary: "Net, commission and share by partner, product, month, tier, campaign, evidence or reason",
  request: {
    query: z.strictObject({
      by: z.enum(earningsBy).default("partner"),
      since: day.optional(),
      until: day.optional().openapi({ description: "The last day, in UTC" }),
    }),
  },
  responses: {
    200: answer("The sums, the largest net first; months and tiers in order", z.array(earningsSchema)),
  },
});

/** What orders brought and who earned what. */
export function addReportRoutes(app: App, deps: Deps): void {
  app.openapi(earnings, async (c) => {
    const { by, since, until } = c.req.valid("query");
    const question = {
      by,
      since: since === undefined ? undefined : instant(Date.parse(since)),
      until: until === undefined ? undefined : instant(addDays(instant(Date.parse(until)), 1) - 1),
    };
    return c.json(await reportEarnings(deps, question), 200);
  });
}
