import { z } from "@hono/zod-openapi";
import type { AppContext } from "../../http/app-env.ts";
import { moment, plainText, productId } from "../../http/schemas.ts";
import { Refusal } from "../../words/refusal.ts";
import { readCustomerCsv } from "../read-customer-csv.ts";
import { customersAtMost, type ToldCustomer } from "../tell-customers.ts";
import { customerParts } from "../told-customer.ts";

const parts = z.array(z.enum(customerParts)).min(1).max(customerParts.length);

/** One person with its part in one licence, in a request. */
const toldCustomer = z
  .strictObject({
    email: plainText(320),
    name: plainText(200).optional(),
    address: plainText(500).optional(),
    language: plainText(35).optional().openapi({ description: "BCP 47" }),
    organisation: z
      .array(plainText(200))
      .min(1)
      .max(8)
      .optional()
      .openapi({
        description: "Its name, below those it is a part of",
        example: ["Acme Group", "Acme Austria"],
      }),
    parts: parts.optional().openapi({ description: "`buys` by default" }),
    product: productId.optional(),
    licence: plainText(256).optional(),
    version: plainText(64).optional().openapi({ description: "The product's version of this licence" }),
    consent: z.strictObject({ version: plainText(64), givenAt: moment }).optional(),
  })
  .openapi("ToldCustomer");

/** A list of customers in a request. */
export const customerList = z.strictObject({ customers: z.array(toldCustomer).min(1).max(customersAtMost) });

/** What a list may be sent as. */
export const customerBody = {
  content: {
    "application/json": { schema: customerList },
    "text/csv": {
      schema: z.string().openapi({
        example: "email,product,licence,parts\nann@works.example,acme-paint,AAAA-BBBB,buys uses\n",
      }),
    },
  },
};

/** The entries of a request, whichever way they came. */
export async function entriesOf(c: AppContext, list: unknown): Promise<ToldCustomer[]> {
  const csv = c.get("csv");
  if (csv === undefined)
    return (list as z.output<typeof customerList>).customers.map(({ consent, ...told }, index) => ({
      row: index + 1,
      ...told,
      ...(consent === undefined ? {} : { consent: { version: consent.version, at: consent.givenAt } }),
    }));
  const entries: ToldCustomer[] = [];
  for await (const entry of readCustomerCsv([csv])) {
    if (entries.length === customersAtMost)
      throw new Refusal("request_invalid", `A list has ${customersAtMost} rows at most: send several.`);
    entries.push(entry);
  }
  if (entries.length === 0) throw new Refusal("request_invalid", "The list has no rows.");
  return entries;
}

/** What came of a list. */
export const customerReport = z
  .object({
    received: z.int(),
    kept: z.int(),
    invalid: z.array(
      z.object({
        row: z.int(),
        reason: z.enum([
          "not_an_address",
          "text_invalid",
          "language_invalid",
          "organisation_invalid",
          "part_unknown",
          "product_unknown",
          "licence_missing",
          "consent_invalid",
          "licence_not_sold",
          "too_many_people",
        ]),
      }),
    ),
  })
  .openapi("CustomerReport");

/** A licence in which somebody has a part. */
export const licenceShape = {
  product: z.string().nullable(),
  licenceEnd: z.string().nullable(),
  version: z.string().nullable(),
  parts: z.array(z.enum(customerParts)),
};

/** Who somebody is. */
export const whoShape = {
  customer: z.string().openapi({ example: "cu_0mijk3v0h00001f0c2e4b6d8" }),
  email: z.string(),
  name: z.string().nullable(),
  address: z.string().nullable(),
  language: z.string().nullable(),
};

/** What came of removing somebody. */
export const removedSchema = z.object({ customer: z.string(), status: z.literal("removed") });
