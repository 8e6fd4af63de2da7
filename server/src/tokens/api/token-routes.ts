import { createRoute, z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app-env.ts";
import { takeJson } from "../../http/json-body.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { batchText, isoTime, moment, partnerId, productId, tokenId, tokenText } from "../../http/schemas.ts";
import { issueToken, revokeToken, verifyIssuedToken } from "../tokens.ts";

const tags = ["Tokens"];
const security = [{ admin: [] }];

const record = z.object({
  jti: tokenId,
  kid: tokenId,
  partner: z.string(),
  product: z.string(),
  batch: z.string().nullable(),
  issuedAt: isoTime,
  expiresAt: isoTime.nullable(),
  revokedAt: isoTime.nullable(),
});

const issue = createRoute({
  method: "post",
  path: "/v1/tokens",
  tags,
  security,
  summary: "Issue a token",
  description: "For the copies a partner hands out. The token is shown this once and kept nowhere.",
  middleware: takeJson,
  request: {
    body: jsonBody(
      z
        .strictObject({
          partner: partnerId,
          product: productId,
          batch: batchText.optional(),
          expiresAt: moment.optional(),
        })
        .openapi("TokenOrder"),
    ),
  },
  responses: {
    201: answer("The token with its record", record.extend({ token: z.string() }).openapi("IssuedToken")),
    ...refusals("request_invalid", "unauthorized", "partner_unknown", "partner_ended", "product_unknown"),
  },
});

const verify = createRoute({
  method: "post",
  path: "/v1/tokens/verify",
  tags,
  security,
  summary: "Verify a token as a click would",
  middleware: takeJson,
  request: { body: jsonBody(z.strictObject({ token: tokenText }).openapi("TokenToVerify")) },
  responses: {
    200: answer(
      "Its claims",
      z
        .object({
          iss: z.string(),
          aud: z.string(),
          sub: z.string(),
          jti: tokenId,
          iat: z.int(),
          exp: z.int().optional(),
          batch: z.string().optional(),
        })
        .openapi("Claims"),
    ),
    ...refusals(
      "request_invalid",
      "unauthorized",
      "token_unknown",
      "token_malformed",
      "token_too_long",
      "token_header_refused",
      "token_claims_refused",
      "token_key_unknown",
      "token_signature_invalid",
      "token_issuer_mismatch",
      "token_not_yet_valid",
      "token_expired",
      "token_revoked",
      "key_revoked",
      "partner_ended",
    ),
  },
});

const revoke = createRoute({
  method: "post",
  path: "/v1/tokens/{jti}/revoke",
  tags,
  security,
  summary: "Revoke a token",
  description:
    "Later clicks with it credit nobody. Takes no body; one that is revoked already stays as it is.",
  request: { params: z.object({ jti: tokenId }) },
  responses: {
    200: answer("Its record", record.openapi("TokenRecord")),
    ...refusals("request_invalid", "unauthorized", "token_unknown"),
  },
});

/** Tokens: issue, verify, revoke. */
export function addTokenRoutes(app: App, deps: Deps): void {
  app.openapi(issue, async (c) => c.json(await issueToken(deps, absentLeftOut(c.req.valid("json"))), 201));
  app.openapi(verify, async (c) => c.json(await verifyIssuedToken(deps, c.req.valid("json").token), 200));
  app.openapi(revoke, async (c) => c.json(await revokeToken(deps, c.req.valid("param").jti), 200));
}
