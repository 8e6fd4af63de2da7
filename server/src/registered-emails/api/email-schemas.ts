import { z } from "@hono/zod-openapi";
import { maxEmailLength } from "@tallystick/sdk/protocol";
import { isoTime, moment, plainText, productId } from "../../http/schemas.ts";
import { entriesAtMost } from "../register-emails.ts";

/** An address in a body; whether it is one is told by entry, since one bad line must not lose a list. */
export const emailText = z.string().max(maxEmailLength).openapi({ example: "customer@example.com" });

/** A list of addresses to register. */
export const emailListSchema = z
  .strictObject({
    emails: z.array(emailText).min(1).max(entriesAtMost),
    product: productId.optional().openapi({ description: "By default every product" }),
    consent: z
      .strictObject({ version: plainText(64), givenAt: moment })
      .optional()
      .openapi({ description: "Which wording the customers agreed to, and when" }),
  })
  .openapi("EmailList");

/** What came of a list. */
export const registrationReportSchema = z
  .object({
    status: z.literal("registered"),
    received: z.int(),
    registered: z.int().openapi({
      description: "Whether an address had been registered before, by whomever, is not told",
    }),
    invalid: z.array(
      z.object({
        row: z.int(),
        reason: z.enum(["not_an_address", "product_unknown", "consent_invalid"]),
      }),
    ),
  })
  .openapi("EmailRegistrations");

/** A partner's registrations, counted. */
export const emailSummarySchema = z
  .object({
    product: z.string().nullable().openapi({ description: "Null: every product" }),
    origin: z.enum(["import", "api", "form"]),
    consent: z.string().nullable(),
    counting: z.int().openapi({ description: "Those whose window is open" }),
    ended: z.int(),
    firstAt: isoTime,
    lastAt: isoTime,
  })
  .openapi("EmailSummary");

/** What a partner sent, counted. */
export const emailTallySchema = z
  .object({
    product: z.string().nullable().openapi({ description: "Null: every product" }),
    origin: z.enum(["import", "api", "form"]),
    sent: z.int().openapi({ description: "Those that somebody had registered before among them" }),
    firstAt: isoTime,
    lastAt: isoTime,
  })
  .openapi("EmailTally");

/** `true` or `false` in a query. */
export const flag = z.enum(["true", "false"]).transform((word) => word === "true");
