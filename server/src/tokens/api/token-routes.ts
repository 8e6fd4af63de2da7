import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { batchText, isoTime, moment, partnerId, productId, tokenId, tokenText } from "../../http/schemas.ts";
import { issueToken, revokeToken, verifyIssuedToken } from "../tokens.ts";

const tags = ["Tokens"];

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

const issue = route({
  who: "admin",
  operationId: "issueToken",
  method: "post",
  path: "/v1/tokens",
  tags,
  summary: "Issue a token",
  description: "For the copies a partner hands out. The token is shown this once and kept nowhere.",
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
    ...refusals("partner_unknown", "partner_ended", "product_unknown"),
  },
});

const verify = route({
  who: "admin",
  operationId: "verifyToken",
  method: "post",
  path: "/v1/tokens/verify",
  tags,
  summary: "Verify a token as a click would",
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

const revoke = route({
  who: "admin",
  operationId: "revokeToken",
  method: "post",
  path: "/v1/tokens/{jti}/revoke",
  tags,
  summary: "Revoke a token",
  description:
    "Later clicks with it credit nobody. Takes no body; one that is revoked already stays as it is.",
  request: { params: z.object({ jti: tokenId }) },
  responses: {
    200: answer("Its record", record.openapi("TokenRecord")),
    ...refusals("token_unknown"),
  },
});

/** Tokens: issue, verify, revoke. */
export function addTokenRoutes(app: App, deps: Deps): void {
  app.openapi(issue, async (c) => c.json(await issueToken(deps, absentLeftOut(c.req.valid("json"))), 201));
  app.openapi(verify, async (c) => c.json(await verifyIssuedToken(deps, c.req.valid("json").token), 200));
  app.openapi(revoke, async (c) => c.json(await revokeToken(deps, c.req.valid("param").jti), 200));
}
