import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, partnerId, plainText } from "../../http/schemas.ts";
import { keyScopes } from "../key-scopes.ts";
import { issuePartnerKey, listPartnerKeys, revokePartnerKey } from "../partner-keys.ts";

const tags = ["Partners"];
const params = z.object({ id: plainText(64) });

const keyMembers = {
  id: z.string().openapi({ example: "pk_9f86d081884c7d65" }),
  partner: partnerId,
  name: z.string().nullable(),
  status: z.enum(["active", "revoked"]),
  createdAt: isoTime,
  revokedAt: isoTime.nullable(),
  scopes: z
    .array(z.enum(keyScopes))
    .nullable()
    .openapi({ description: "What it may be used for; null is everything" }),
  lastUsedOn: z.string().nullable().openapi({ format: "date" }),
};
const keySchema = z.object(keyMembers).openapi("PartnerKey");

const list = route({
  who: "admin",
  operationId: "listPartnerKeys",
  method: "get",
  path: "/v1/partners/{id}/keys",
  tags,
  summary: "A partner's API keys, the newest first",
  request: { params },
  responses: { 200: answer("The keys", z.array(keySchema)), ...refusals("partner_unknown") },
});

const issue = route({
  who: "admin",
  operationId: "issuePartnerKey",
  method: "post",
  path: "/v1/partners/{id}/keys",
  tags,
  summary: "Issue an API key to a partner",
  description: "The answer is the only place where the key is shown: only its hash is kept.",
  request: {
    params,
    body: jsonBody(
      z.strictObject({
        name: plainText(64).optional(),
        scopes: z.array(z.enum(keyScopes)).min(1).optional(),
      }),
    ),
  },
  responses: {
    201: answer(
      "The key",
      z.object({ ...keyMembers, key: z.string().openapi({ example: "tsp_…" }) }).openapi("IssuedPartnerKey"),
    ),
    ...refusals("partner_unknown", "partner_ended"),
  },
});

const revoke = route({
  who: "admin",
  operationId: "revokePartnerKey",
  method: "post",
  path: "/v1/partner-keys/{id}/revoke",
  tags,
  summary: "Revoke a partner's API key, and the form links that were made with it",
  description: "Takes no body; one that is revoked already stays as it is.",
  request: { params },
  responses: { 200: answer("The key", keySchema), ...refusals("key_unknown") },
});

/** The keys by which partners call their own routes. */
export function addPartnerKeyRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listPartnerKeys(deps, c.req.valid("param").id), 200));
  app.openapi(issue, async (c) => {
    const { name, scopes } = c.req.valid("json");
    return c.json(await issuePartnerKey(deps, { partner: c.req.valid("param").id, name, scopes }), 201);
  });
  app.openapi(revoke, async (c) => c.json(await revokePartnerKey(deps, c.req.valid("param").id), 200));
}
