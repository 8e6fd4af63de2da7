import { z } from "@hono/zod-openapi";
import { conflictClasses } from "../../attribution/conflict-rule.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, moment, plainText } from "../../http/schemas.ts";
import { applyRule, listConflictRules, previewRule } from "../conflict-rules.ts";

const tags = ["Rules on conflicts"];
const params = z.object({ rule: plainText(64) });

const ruleSchema = z
  .object({
    rule: z.string(),
    class: z.enum(conflictClasses),
    on: z.boolean(),
    kinds: z.array(z.string()),
    countries: z.array(z.string()).nullable(),
    products: z.array(z.string()).nullable(),
    between: z.enum(["same_kind", "any_kind"]),
  })
  .openapi("ConflictRule");

const previewSchema = z
  .object({
    rule: z.string(),
    on: z.boolean(),
    since: isoTime,
    conflicts: z.int(),
    held: z.int(),
    moved: z.int(),
    orders: z.array(
      z.object({
        shop: z.string(),
        order: z.string(),
        country: z.string().nullable(),
        netMinor: z.int(),
        currency: z.string(),
        receivedAt: isoTime,
        outcome: z.enum(["held", "credited"]),
        creditedTo: z.string().nullable(),
        byRule: z.string(),
        between: z.array(z.string()),
      }),
    ),
  })
  .openapi("RulePreview");

const list = route({
  who: "admin",
  operationId: "listConflictRules",
  method: "get",
  path: "/v1/conflict-rules",
  tags,
  summary: "The rules on conflicts of the configuration, in their order",
  responses: { 200: answer("The rules", z.array(ruleSchema)) },
});

const preview = route({
  who: "admin",
  operationId: "previewConflictRule",
  method: "get",
  path: "/v1/conflict-rules/{rule}/preview",
  tags,
  summary: "The orders that a rule would settle, before it is switched on",
  request: { params, query: z.strictObject({ since: moment.optional() }) },
  responses: { 200: answer("What it would settle", previewSchema), ...refusals("rule_unknown") },
});

const apply = route({
  who: "admin",
  operationId: "applyConflictRule",
  method: "post",
  path: "/v1/conflict-rules/{rule}/apply",
  tags,
  summary: "Decide the orders anew that wait for a conflict to be settled, once the rule is on",
  request: { params },
  responses: {
    200: answer(
      "What came of it",
      z.object({ rule: z.string(), decided: z.int(), credited: z.int() }).openapi("AppliedRule"),
    ),
    ...refusals("rule_unknown", "rule_off"),
  },
});

/** Rules on conflicts: list, preview, apply. They are written in the configuration alone. */
export function addConflictRuleRoutes(app: App, deps: Deps): void {
  app.openapi(list, (c) =>
    c.json(
      listConflictRules(deps).map((one) => ({
        ...one,
        kinds: [...one.kinds],
        countries: one.countries === undefined ? null : [...one.countries],
        products: one.products === undefined ? null : [...one.products],
      })),
      200,
    ),
  );
  app.openapi(preview, async (c) =>
    c.json(await previewRule(deps, c.req.valid("param").rule, c.req.valid("query")), 200),
  );
  app.openapi(apply, async (c) => c.json(await applyRule(deps, c.req.valid("param").rule), 200));
}
