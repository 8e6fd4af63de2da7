import { z } from "zod";

const series = z
  .string()
  .regex(/^[A-Z0-9]{1,10}$/, "expected 1 to 10 of A-Z and 0-9")
  .describe("Never change it in the midst of a year: numbers run without gaps in each series and year");

const days = z
  .int("expected a whole number of days")
  .min(0, "expected 0 or more")
  .max(365, "expected 365 at most");

const line = z.string().regex(/^[^\p{Cc}]{1,140}$/u, "expected 1 to 140 characters on one line");

const country = z.string().regex(/^[A-Z]{2}$/, "expected a country by its ISO 3166 code, such as DE");

/** `statements`: how accounts with partners are numbered, and when what they show is due. */
export const statementsConfig = z
  .strictObject({
    series: z
      .strictObject({
        statement: series.default("ST"),
        invoice: series.default("SB").describe("Invoices that the vendor writes for the partner"),
        creditNote: series.default("CN"),
      })
      .prefault({})
      .refine((all) => new Set(Object.values(all)).size === 3, "expected three different series"),
    dueDays: days.default(14).describe("Days from the closing until what is payable is due"),
  })
  .prefault({});

/** `vendor`: who the vendor is before the law, for invoices that it writes for its partners. */
export const vendorConfig = z
  .strictObject({
    legalName: line,
    address: z.strictObject({
      street: line.optional(),
      building: line.optional(),
      postCode: line.optional(),
      town: line,
      region: line.optional(),
      country,
    }),
    vatId: line.optional().describe("With the country's letters, such as DE123456789"),
    taxNumber: line.optional(),
    taxRates: z
      .array(
        z.strictObject({
          since: z.iso.date("expected a date such as 2026-01-01"),
          percent: z.number().min(0, "expected 0 or more").max(100, "expected 100 at most").multipleOf(0.01),
        }),
      )
      .max(50)
      .default([])
      .describe("Of services in the vendor's own country, each since its day"),
  })
  .optional();

/** `statements` after parsing. */
export type StatementsConfig = z.output<typeof statementsConfig>;
/** `vendor` after parsing; undefined where it is left out. */
export type VendorConfig = z.output<typeof vendorConfig>;
