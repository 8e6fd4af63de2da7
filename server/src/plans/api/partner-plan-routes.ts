import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { isKnownAnswer } from "../../http/etag.ts";
import { answer } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { readPartnerPlan } from "../partner-plan.ts";

const documented = { description: "As in docs/plans.md, its defaults filled in" };

const show = route({
  who: "partner",
  operationId: "readMyPlan",
  method: "get",
  path: "/v1/partner/plan",
  tags: ["For partners"],
  summary: "What your sales are paid by now",
  request: { query: z.strictObject({}) },
  responses: {
    200: answer(
      "The plan",
      z
        .object({
          id: z.string(),
          version: z.int(),
          name: z.string().nullable(),
          promise: z.enum(["first_sale", "each_sale"]),
          percent: z.number().nullable(),
          rules: z.array(z.record(z.string(), z.unknown())).openapi(documented),
          capPerOrder: z.array(z.record(z.string(), z.unknown())).openapi(documented),
          terms: z.array(z.record(z.string(), z.unknown())).openapi(documented),
          rewards: z.record(z.string(), z.unknown()).nullable().openapi(documented),
          asOf: z.string().openapi({ format: "date" }),
        })
        .openapi("PartnerPlan"),
    ),
    304: { description: "As it was under the tag in `If-None-Match`" },
  },
});

/** A partner's own view of what it is paid. */
export function addPartnerPlanRoutes(app: App, deps: Deps): void {
  app.openapi(show, async (c) => {
    const { rules, capPerOrder, terms, rewards, ...plan } = await readPartnerPlan(
      deps,
      c.get("holder").partner,
    );
    const told = {
      ...plan,
      rules: asRecords(rules),
      capPerOrder: asRecords(capPerOrder),
      terms: asRecords(terms),
      rewards: rewards === null ? null : { ...rewards },
    };
    return isKnownAnswer(c, told) ? c.body(null, 304) : c.json(told, 200);
  });
}

const asRecords = (all: readonly object[]): Record<string, unknown>[] => all.map((one) => ({ ...one }));
