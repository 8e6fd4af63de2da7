import { z } from "@hono/zod-openapi";
import {
  batchPattern,
  idPattern,
  maxLicenceLength,
  maxTokenBytes,
  tokenIdPattern,
} from "@tallystick/sdk/protocol";
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

/**
 * An id that somebody else chose, in a path. HTTP clients resolve the segments `.` and `..`, even percent-encoded. So
 * an id of dots alone is written with a tilde before it, `~..`; an id that looks like that gets one more tilde.
 */
export const pathText = (maxLength: number) =>
  plainText(maxLength + 1)
    .transform((text) => text.replace(/^~(?=~*\.{1,2}$)/, ""))
    .openapi({ type: "string", description: "An id `.` or `..` is written `~.` or `~..`" });

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
export const batchText = z
  .string()
  .regex(batchPattern)
  // Some readers of patterns know no `\p{…}`: the same is written out for them, lone surrogates left to the check above.
  .openapi({
    example: "spring-2027",
    pattern: batchPattern.source.replace("\\p{Cc}\\p{Cs}", "\\u0000-\\u001f\\u007f-\\u009f"),
  });

/** A licence id in a body. */
export const licenceText = plainText(maxLicenceLength).refine((text) => text.trim() !== "", {
  error: "expected a licence that is not blank",
});

/** A moment in a request: a date, which means its first moment in UTC, or a date and time with its offset. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: "expected an ISO 8601 date or time" })
  .transform((text): Instant => instant(Date.parse(text)))
  .openapi({ type: "string", example: "2027-11-21T00:00:00Z" });

/** A moment in an answer, ISO 8601 in UTC. */
export const isoTime = z.string().openapi({ format: "date-time", example: "2027-11-21T00:00:00.000Z" });

/** How many rows an answer holds at most. */
export const pageLimit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1000)
  .openapi({ type: "integer", minimum: 1, maximum: 1000 });

/** A page's cursor, as the answer before gave it in `next`. */
export const cursor = plainText(512);

/** An ISO 4217 code. */
export const currency = z.string().openapi({ example: "EUR" });
/** An amount of money. */
export const minorUnits = z.int().openapi({ description: "In the currency's minor units" });

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
