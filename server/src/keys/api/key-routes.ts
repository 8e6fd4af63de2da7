import { z } from "@hono/zod-openapi";
import type { App } from "../../http/app.ts";
import { answer } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import type { KeyDeps } from "../signing-keys.ts";
import { listKeys } from "../signing-keys.ts";
import { keySchema } from "./schemas.ts";

const list = route({
  who: "admin",
  operationId: "listKeys",
  method: "get",
  path: "/v1/keys",
  tags: ["Keys"],
  summary: "All signing keys, the newest first",
  request: { query: z.strictObject({}) },
  responses: { 200: answer("The keys", z.array(keySchema)) },
});

/** Signing keys. They are made and revoked by the command line, where the private halves are. */
export function addKeyRoutes(app: App, deps: KeyDeps): void {
  app.openapi(list, async (c) => c.json(await listKeys(deps), 200));
}
