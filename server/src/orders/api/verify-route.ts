import { createRoute, z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app-env.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { verifyLedger } from "../verify.ts";
import { ledgerReportSchema } from "./schemas.ts";

const tags = ["Ledger"];
const security = [{ admin: [] }];

const verify = createRoute({
  method: "get",
  path: "/v1/ledger/verify",
  tags,
  security,
  summary: "Check every invariant from the stored rows",
  description: "Walks the whole ledger. `ok` is false when something is wrong; the status is 200 either way.",
  request: { query: z.strictObject({}) },
  responses: { 200: answer("What was found", ledgerReportSchema), ...refusals("unauthorized") },
});

/** Whether the ledger adds up. */
export function addVerifyRoute(app: App, deps: Deps): void {
  app.openapi(verify, async (c) => c.json(await verifyLedger(deps), 200));
}
