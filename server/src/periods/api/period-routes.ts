import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { currency, isoTime, minorUnits, partnerId, plainText } from "../../http/schemas.ts";
import { closePeriod } from "../close-period.ts";
import { forecastPeriod, listPeriods } from "../periods.ts";

const tags = ["Periods"];
const periodName = plainText(16).openapi({ example: "2027-Q1" });

const termShape = {
  partner: z.string(),
  period: z.string(),
  term: z.string(),
  currency,
  plan: z.string(),
  version: z.int(),
  counted: z.int().openapi({ description: "In minor units or units, as the term counts" }),
  amountMinor: minorUnits,
  why: z.enum(["paid", "under_threshold", "own_under_threshold", "capped", "over_earnings_limit"]),
};

const list = route({
  who: "admin",
  operationId: "listPeriods",
  method: "get",
  path: "/v1/periods",
  tags,
  summary: "The periods since plans with terms were assigned, the newest first",
  responses: {
    200: answer(
      "The periods",
      z.array(
        z
          .object({
            period: z.string(),
            from: isoTime,
            until: isoTime,
            state: z.enum(["open", "due", "closed"]),
            closedAt: isoTime.nullable(),
            booked: z.array(z.object({ currency, amountMinor: minorUnits })),
          })
          .openapi("Period"),
      ),
    ),
  },
});

const forecast = route({
  who: "admin",
  operationId: "forecastPeriod",
  method: "get",
  path: "/v1/periods/forecast",
  tags,
  summary: "What terms come to by what was sold until now",
  request: { query: z.strictObject({ period: periodName.optional(), partner: partnerId.optional() }) },
  responses: {
    200: answer(
      "The terms, of a period or of those that run now",
      z.array(
        z
          .object({
            ...termShape,
            measure: z
              .enum(["net", "units"])
              .openapi({ description: "What is counted: net sales in minor units, or units" }),
            nextAt: z.int().nullable(),
            bookedMinor: minorUnits,
          })
          .openapi("ForecastTerm"),
      ),
    ),
    ...refusals("request_invalid", "partner_unknown"),
  },
});

const close = route({
  who: "admin",
  operationId: "closePeriod",
  method: "post",
  path: "/v1/periods/{period}/close",
  tags,
  summary: "Book what the terms of a period come to, once",
  request: {
    params: z.object({ period: periodName }),
    body: jsonBody(z.strictObject({ dryRun: z.boolean().optional() })),
  },
  responses: {
    200: answer(
      "What it came to",
      z
        .object({
          period: z.string(),
          closedAt: isoTime.nullable(),
          closedBefore: z.boolean(),
          terms: z.array(z.object({ ...termShape, changeMinor: minorUnits })),
        })
        .openapi("PeriodClose"),
    ),
    ...refusals("request_invalid", "period_open"),
  },
});

/** Periods: which there are, what they come to, and closing one. */
export function addPeriodRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listPeriods(deps), 200));
  app.openapi(forecast, async (c) => c.json(await forecastPeriod(deps, c.req.valid("query")), 200));
  app.openapi(close, async (c) =>
    c.json(await closePeriod(deps, c.req.valid("param").period, c.req.valid("json")), 200),
  );
}
