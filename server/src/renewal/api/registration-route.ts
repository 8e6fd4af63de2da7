import { z } from "@hono/zod-openapi";
import { maxSerialLength, registrationPath, serialStatuses } from "@tallystick/sdk/protocol";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { clientAddressOf } from "../../http/client-address.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, licenceText, moment, plainText, productId, tokenText } from "../../http/schemas.ts";
import { limitAttempt } from "../../limits/limit-attempt.ts";
import { withPartnerName } from "../partner-name.ts";
import { registerSerial } from "../register-serial.ts";
import { registerLicence } from "../registration.ts";

/** Either a token with its licence, or a serial, whose licence is the serial itself by default. */
const registration = z
  .strictObject({
    product: productId,
    licence: licenceText.optional().openapi({ description: "Needed beside a token" }),
    token: tokenText.optional(),
    otherTokens: z
      .array(tokenText)
      .max(4)
      .optional()
      .openapi({ description: "Other tokens the copy found beside `token`, the strongest first" }),
    serial: plainText(maxSerialLength)
      .optional()
      .openapi({ description: "In place of a token: what the product was activated with" }),
    expiresAt: moment.optional().openapi({
      description:
        "When the licence ends, where the copy tells it; more than ten years away it is passed over",
    }),
  })
  .transform(({ product, licence, token, otherTokens, serial, expiresAt }, context) => {
    if (token !== undefined && licence !== undefined && serial === undefined)
      return { product, licence, token, otherTokens, expiresAt };
    if (serial !== undefined && token === undefined && otherTokens === undefined)
      return { product, licence, serial, expiresAt };
    const missing = token !== undefined && serial === undefined ? "licence" : "token";
    const message = missing === "licence" ? "expected the licence" : "expected either a token or a serial";
    context.addIssue({ code: "custom", path: [missing], message });
    return z.NEVER;
  })
  .openapi("Registration");

const register = route({
  who: "anyone",
  operationId: "registerLicence",
  method: "post",
  path: registrationPath,
  tags: ["Renewal"],
  summary: "Bind a licence to the partner of its token or its serial",
  description:
    "The SDK calls it once a licence is active. The first partner a licence is seen with keeps it; a later claim by another is recorded and changes nothing. The answer to a token is the same in both cases, since whoever has a public token must not learn whose customer a licence is. With a serial the answer holds the partner's `token` for the copy to keep. Serials are limited by address, and whatever is no serial of the product is refused alike.",
  request: { body: jsonBody(registration) },
  responses: {
    200: answer(
      "The binding that stands",
      z
        .object({
          product: z.string(),
          partner: z.string().nullable().openapi({ description: "Null for a serial that nobody sold yet" }),
          status: z.enum(serialStatuses),
          boundAt: isoTime,
          partnerName: z.string().optional().openapi({
            description: "The partner's display name. Never in a conflict, nor without a partner",
          }),
          token: z.string().optional(),
        })
        .openapi("Binding"),
    ),
    ...refusals(
      "product_unknown",
      "serial_unknown",
      "token_malformed",
      "token_key_unknown",
      "token_signature_invalid",
      "token_product_mismatch",
      "token_expired",
      "token_revoked",
      "token_unknown",
      "too_many_requests",
    ),
  },
});

/** The open registration route: no bearer, the token or the serial itself is what speaks for the caller. */
export function addRegistrationRoute(app: App, deps: Deps): void {
  const addressOf = clientAddressOf(deps.config.listen.trustedProxies, deps.log);
  app.openapi(register, async (c) => {
    const asked = c.req.valid("json");
    if (asked.serial === undefined) {
      const bound = await registerLicence(deps, { ...asked, address: addressOf(c) });
      return c.json(await withPartnerName(deps, bound), 200);
    }
    const { product, licence, serial, expiresAt } = asked;
    const account = licence === undefined ? undefined : `licence ${deps.hashes.looseLicence(licence)}`;
    const attempt = { scope: "serial", address: addressOf(c), account } as const;
    const work = () => registerSerial(deps, { product, licence, serial, expiresAt });
    return c.json(await withPartnerName(deps, await limitAttempt(deps, attempt, work)), 200);
  });
}
