import { z } from "@hono/zod-openapi";
import {
  batchPattern,
  idPattern,
  maxEmailLength,
  maxLicenceLength,
  maxTokenBytes,
  tokenIdPattern,
} from "@tallystick/sdk/protocol";
import { evidenceKinds, evidenceRoutes } from "../attribution/evidence.ts";
import { partnerKinds, sharingLevels } from "../channel/partner.ts";
import { type Instant, instant } from "../words/clock.ts";

/** Text a person or a shop wrote: no control characters, no half surrogate pairs, which databases refuse to store. */
export const plainText = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
      error: "expected text without control characters",
    });

/** A partner's id as the vendor chose it. */
export const partnerId = z.string().regex(idPattern).openapi({ example: "north-shop" });

/** A product's id from the configuration. */
export const productId = z.string().regex(idPattern).openapi({ example: "acme-paint" });

/** A token's `jti` or a key's `kid`. */
export const tokenId = z.string().regex(tokenIdPattern).openapi({ example: "pkODj0v5vA1fiL8pk-LIiA" });

/** A token in a body; what is wrong with a shorter one is the token check's to say. */
export const tokenText = z
  .string()
  .min(1)
  .max(maxTokenBytes * 2)
  .openapi({ example: "eyJhbGciOiJFZDI1NTE5Iiwi….….…" });

/** A campaign, medium or print run in a body. */
export const batchText = z.string().regex(batchPattern).openapi({ example: "spring-2027" });

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
    id: partnerId,
    name: z.string().openapi({ example: "North Shop" }),
    kind: z.enum(partnerKinds),
    parent: z.string().nullable(),
    percent: z.number(),
    emailRegistered: z.boolean(),
    sharing: z.enum(sharingLevels),
    status: z.enum(["active", "ended"]),
    createdAt: isoTime,
    endedAt: isoTime.nullable(),
  })
  .openapi("Partner");

/** What is needed to add a partner. */
export const newPartnerSchema = z
  .strictObject({
    id: partnerId,
    name: plainText(200).openapi({ example: "North Shop" }),
    kind: z.enum(partnerKinds).optional(),
    parent: partnerId.optional().openapi({ example: "big-distributor" }),
    percent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .openapi({ description: "At most two decimals", example: 12.5 }),
    email: plainText(maxEmailLength).optional().openapi({ example: "sales@north.example" }),
    sharing: z.enum(sharingLevels).optional(),
  })
  .openapi("NewPartner");

/** What to change of a partner. */
export const partnerChangesSchema = newPartnerSchema
  .pick({ name: true, percent: true, email: true, sharing: true })
  .partial()
  .extend({ email: newPartnerSchema.shape.email.nullable() })
  .openapi("PartnerChanges");

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

/** An order in a list. */
export const orderSummarySchema = z
  .object({
    shop: z.string(),
    order: z.string(),
    outcome: outcomeSchema,
    partner: z.string().nullable(),
    reason: z.string(),
    cycle: z.enum(["new", "renewal"]),
    product: z.string().nullable(),
    netMinor: minorUnits,
    taxMinor: minorUnits,
    currency,
    occurredAt: isoTime,
    receivedAt: isoTime,
  })
  .openapi("OrderSummary");

/** Why an order was credited or not, and all that happened since. */
export const decisionRecordSchema = orderSummarySchema
  .extend({
    evidence: z.array(
      z.object({
        kind: z.string().openapi({ enum: [...evidenceKinds] }),
        route: z.string().openapi({ enum: [...evidenceRoutes] }),
        partner: z.string().nullable(),
        verdict: z.string(),
        reason: z.string(),
        seenAt: isoTime,
        token: z.string().nullable(),
        coupon: z.string().nullable(),
      }),
    ),
    credits: z.array(
      z.object({
        partner: z.string(),
        amountMinor: minorUnits,
        currency,
        rate: z.number().openapi({ description: "Percent of the net amount" }),
      }),
    ),
    policy: z.any().openapi({ description: "The policy in force when it was decided" }),
    history: z.array(
      z.object({
        at: isoTime,
        what: z.string(),
        detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      }),
    ),
  })
  .openapi("DecisionRecord");

/** What a check of the whole ledger found. */
export const ledgerReportSchema = z
  .object({
    ok: z.boolean(),
    checked: z.object({ orders: z.int(), transfers: z.int(), balances: z.int() }),
    failures: z.array(z.string()),
  })
  .openapi("LedgerReport");
