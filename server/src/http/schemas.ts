import { z } from "@hono/zod-openapi";
import { idPattern, maxLicenceLength, maxTokenBytes, tokenIdPattern } from "@tallystick/sdk/protocol";
import { evidenceKinds, evidenceRoutes } from "../attribution/evidence.ts";
import { type Instant, instant } from "../clock.ts";

/** Text a person or a shop wrote: no control characters, no half surrogate pairs, which databases refuse to store. */
export const plainText = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
      error: "expected text without control characters",
    });

/** An id as the vendor chose it. */
export const vendorId = z.string().regex(idPattern).openapi({ example: "north-shop" });

/** A token's `jti` or a key's `kid`. */
export const tokenId = z.string().regex(tokenIdPattern);

/** A token in a body; what is wrong with a shorter one is the token check's to say. */
export const tokenText = z
  .string()
  .min(1)
  .max(maxTokenBytes * 2);

/** A licence id in a body. */
export const licenceText = plainText(maxLicenceLength);

/** A moment in a request: a date, which means its first moment in UTC, or a date and time with its offset. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: "expected an ISO 8601 date or time" })
  .transform((text): Instant => instant(Date.parse(text)))
  .openapi({ type: "string", example: "2027-11-21T00:00:00Z" });

/** A moment in an answer, ISO 8601 in UTC. */
export const isoTime = z.string().openapi({ format: "date-time", example: "2027-11-21T00:00:00.000Z" });

/** How many rows an answer holds at most. */
export const pageLimit = z.coerce.number().int().min(1).max(1000).openapi({ type: "integer" });

/** A page's cursor, as the answer before gave it in `next`. */
export const cursor = plainText(512);

const currency = z.string().openapi({ example: "EUR" });
const minorUnits = z.int().openapi({ description: "In the currency's minor units" });

/** A partner as the API and the command line show it. */
export const partnerSchema = z
  .object({
    id: vendorId,
    name: z.string(),
    kind: z.enum(["distributor", "reseller", "affiliate"]),
    parent: z.string().nullable(),
    percent: z.number(),
    emailRegistered: z.boolean(),
    sharing: z.enum(["none", "transaction", "full"]),
    status: z.enum(["active", "ended"]),
    createdAt: isoTime,
  })
  .openapi("Partner");

/** What is needed to add a partner. */
export const newPartnerSchema = z
  .strictObject({
    id: vendorId,
    name: plainText(200),
    kind: z.enum(["distributor", "reseller", "affiliate"]).optional(),
    parent: vendorId.optional(),
    percent: z
      .number()
      .min(0)
      .max(100)
      .refine((percent) => Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-6, {
        error: "expected at most two decimals",
      })
      .optional(),
    email: z.email().max(320).optional(),
    sharing: z.enum(["none", "transaction", "full"]).optional(),
  })
  .openapi("NewPartner");

/** A problem document. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: "urn:tallystick:problem:request_invalid" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: "Stable: the member programs should compare" }),
  })
  .openapi("Problem");

/** How an order was decided. */
export const outcomeSchema = z.enum(["credited", "held", "unattributed"]);

/** A public signing key's life. */
export const keySchema = z
  .object({
    kid: tokenId,
    status: z.enum(["active", "retired", "revoked"]),
    createdAt: isoTime,
    revokedAt: isoTime.nullable(),
  })
  .openapi("SigningKey");

/** One partner's sums in one currency. */
export const balanceSchema = z
  .object({
    partner: z.string(),
    currency,
    heldMinor: minorUnits,
    payableMinor: minorUnits,
    paidMinor: minorUnits,
  })
  .openapi("Balance");

/** One piece of evidence with its verdict. */
export const evidenceSchema = z
  .looseObject({
    kind: z.enum(evidenceKinds),
    route: z.enum(evidenceRoutes).optional(),
    partner: z.string(),
    verdict: z.string(),
    reason: z.string(),
  })
  .openapi("Evidence");

/** A partner's share of an order. */
export const creditSchema = z
  .looseObject({ partner: z.string(), amountMinor: minorUnits, currency, rate: z.number() })
  .openapi("Credit");

/** Why an order was credited or not, and all that happened since. */
export const decisionRecordSchema = z
  .looseObject({
    order: z.unknown(),
    outcome: outcomeSchema,
    partner: z.string().nullable(),
    reason: z.string(),
    evidence: z.array(evidenceSchema),
    credits: z.array(creditSchema),
    history: z.array(z.unknown()),
  })
  .openapi("DecisionRecord");
