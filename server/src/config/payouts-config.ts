import { z } from "zod";
import { currencyCode } from "./currency-config.ts";

const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "expected text on one line");

const country = z.string().regex(/^[A-Z]{2}$/, "expected a country's code of ISO 3166-1, such as DE");

/** What a column of a payment list can hold. */
export const payoutFields = [
  "id",
  "batch",
  "row",
  "partner",
  "legalName",
  "accountName",
  "iban",
  "bic",
  "accountNumber",
  "bankCode",
  "bankCountry",
  "email",
  "amount",
  "amountMinor",
  "currency",
  "street",
  "building",
  "postCode",
  "town",
  "region",
  "country",
  "remittance",
] as const;
/** One of the things a column can hold. */
export type PayoutField = (typeof payoutFields)[number];

const column = z.strictObject({
  heading: line(100),
  field: z.enum(payoutFields).optional().describe("What the column holds"),
  text: line(200).optional().describe("What stands in it in every row, in place of a field"),
});

const csvFormat = z.strictObject({
  delimiter: z.enum([",", ";", "\t"]).default(","),
  headings: z.boolean().default(true).describe("Whether the first line has the headings"),
  columns: z.array(column).min(1, "expected at least one column").max(50, "expected at most 50 columns"),
});

/** A payment list's form. */
export type CsvFormat = z.output<typeof csvFormat>;

const payer = z.strictObject({
  name: line(140).describe("As the bank knows the account"),
  iban: line(50),
  bic: line(11).optional(),
  address: z.strictObject({
    street: line(70).optional(),
    building: line(16).optional(),
    postCode: line(16).optional(),
    town: line(35),
    region: line(35).optional(),
    country,
  }),
});

/** `payouts`: how partners are paid. */
export const payoutsConfig = z
  .strictObject({
    payer: payer.optional().describe("The account that pays; a pain.001 file needs it"),
    changedDetailsDays: z
      .int("expected a whole number of days")
      .min(0, "expected 0 days or more")
      .max(365, "expected at most 365 days")
      .default(10)
      .describe("How long payouts to a partner wait after its bank account was changed"),
    minimumMinor: z
      .record(currencyCode, z.int().min(1, "expected at least 1"))
      .default({})
      .describe("By currency: the least that is paid, in minor units; less carries over"),
    taxFormFor: z
      .array(country)
      .max(250)
      .default([])
      .describe("Countries of partners who are paid only once a tax form is on file, such as US"),
    remittance: line(100)
      .default("Commission {batch}")
      .describe("What stands on the payee's statement; {batch} and {partner} are filled in"),
    paidStatuses: z
      .array(z.enum(["ACSC", "ACCC", "ACSP", "ACWC", "ACCP", "ACTC"]))
      .min(1)
      .default(["ACSC", "ACCC"])
      .describe(
        "Which statuses in a bank's pain.002 mean that the money is gone; others only say how far it is",
      ),
    csvFormats: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/), csvFormat)
      .default({})
      .describe("Payment lists of your own beside `bank`, `wise` and `paypal`"),
    reportableMinor: z
      .int()
      .min(0)
      .default(200_000)
      .describe("From which sum in a year, in cents of USD, form 1099-NEC is due"),
  })
  .prefault({});

/** `payouts` after parsing. */
export type PayoutsConfig = z.output<typeof payoutsConfig>;
