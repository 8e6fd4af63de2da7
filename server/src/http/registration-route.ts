import { createRoute, z } from "@hono/zod-openapi";
import { bindingStatuses, registrationPath } from "@tallystick/sdk/protocol";
import type { Deps } from "../deps.ts";
import { registerLicence } from "../registration.ts";
import type { App } from "./app-env.ts";
import { takeJson } from "./json-body.ts";
import { answer, jsonBody, refusals } from "./problem-answers.ts";
import { isoTime, licenceText, productId, tokenText } from "./schemas.ts";

const register = createRoute({
  method: "post",
  path: registrationPath,
  tags: ["Renewal"],
  summary: "Bind a licence to the partner of its token",
  description:
    "The SDK calls it once a licence is active. The first partner a licence is seen with keeps it; the answer is the binding that stands, a later contradiction is a `conflict` and changes nothing.",
  middleware: takeJson,
  request: {
    body: jsonBody(
      z.strictObject({ product: productId, licence: licenceText, token: tokenText }).openapi("Registration"),
    ),
  },
  responses: {
    200: answer(
      "The binding that stands",
      z
        .object({
          product: z.string(),
          partner: z.string(),
          status: z.enum(bindingStatuses),
          boundAt: isoTime,
        })
        .openapi("Binding"),
    ),
    ...refusals(
      "request_invalid",
      "product_unknown",
      "token_malformed",
      "token_key_unknown",
      "token_signature_invalid",
      "token_product_mismatch",
      "token_expired",
      "token_revoked",
      "token_unknown",
      "body_too_large",
      "media_type_unsupported",
    ),
  },
});

/** The open registration route: no bearer, the token itself is what speaks for the caller. */
export function addRegistrationRoute(app: App, deps: Deps): void {
  app.openapi(register, async (c) => c.json(await registerLicence(deps, c.req.valid("json")), 200));
}
