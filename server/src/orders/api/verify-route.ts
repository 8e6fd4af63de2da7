import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { verifyLedger } from "../verify/verify.ts";
import { ledgerReportSchema } from "./schemas.ts";

const tags = ["Ledger"];

const verify = route({
  who: "admin",
  operationId: "verifyLedger",
  method: "get",
  path: "/v1/ledger/verify",
  tags,
  summary: "Check every invariant from the stored rows",
  description: "Walks the whole ledger. `ok` is false when something is wrong; the status is 200 either way.",
  request: { query: z.strictObject({}) },
  responses: { 200: answer("What was found", ledgerReportSchema) },
});

/** Whether the ledger adds up. */
export function addVerifyRoute(app: App, deps: Deps): void {
  app.openapi(verify, async (c) => c.json(await verifyLedger(deps), 200));
}
