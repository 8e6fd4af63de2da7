import { idPattern } from "@tallystick/sdk/protocol";
import { z } from "zod";

/** What a customer is asked to agree to when a partner registers the address. */
export interface ConsentConfig {
  /** Stands beside each registration; a new wording gets a new one. */
  version: string;
  /** May have the placeholders `{partner}`, `{product}` and `{days}`. */
  text: string;
  /** For this partner alone. */
  partner?: string | undefined;
  /** For this product alone. */
  product?: string | undefined;
}

const id = z
  .string()
  .regex(idPattern, "expected 1 to 64 of a-z, 0-9, dot, underscore and hyphen, a letter or digit first");

const consent = z.strictObject({
  version: z.string().regex(/^[!-~]{1,64}$/, "expected 1 to 64 characters without white space"),
  text: z
    .string()
    .regex(/^[^\p{Cc}]{1,2000}$/u, "expected 1 to 2000 characters on one line")
    .describe("{partner}, {product} and {days} are filled in"),
  partner: id.optional(),
  product: id.optional(),
});

/** `registeredEmails`: how partners register their customers' addresses. */
export const registeredEmailsConfig = z
  .strictObject({
    consents: z
      .array(consent)
      .max(1000, "expected at most 1000 consents")
      .default([])
      .describe("What customers agree to; the most special one that fits partner and product counts"),
  })
  .prefault({});
