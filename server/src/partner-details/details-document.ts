import { electronicFormatIBAN, isValidBIC, isValidIBAN } from "ibantools";
import { z } from "zod";
import { isCurrencyCode } from "../words/currency-code.ts";
import { hasLatinLetters } from "../words/latin-text.ts";

/** How a partner's supplies are taxed: said on self-billed statements. */
export const taxTreatments = [
  "domestic",
  "reverse_charge",
  "exempt_small_business",
  "outside_scope",
] as const;
/** One of the tax treatments. */
export type TaxTreatment = (typeof taxTreatments)[number];

/** Forms on which a payee tells the tax office of the United States who it is. */
export const taxForms = ["W-9", "W-8BEN", "W-8BEN-E", "W-8ECI"] as const;

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
      error: "expected text without control characters",
    });

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

const country = z
  .string()
  .length(2)
  .refine((code) => code === code.toUpperCase() && code !== "ZZ" && regionName(code) !== undefined, {
    error: "expected a country's code of ISO 3166-1, such as DE",
  });

function regionName(code: string): string | undefined {
  try {
    return regions.of(code);
  } catch {
    return undefined;
  }
}

const currency = z.string().refine(isCurrencyCode, { error: "expected an ISO 4217 code, such as EUR" });

const language = z.string().max(35).refine(isLanguage, { error: "expected a BCP 47 tag, such as de-AT" });

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const address = z.strictObject({
  street: line(70).optional(),
  building: line(16).optional(),
  postCode: line(16).optional(),
  town: line(35),
  region: line(35).optional(),
  country,
});

const day = z.iso.date();

const tax = z.strictObject({
  treatment: z.enum(taxTreatments),
  vatId: line(20).optional(),
  /** The number in its own country: a tax number, a TIN, a company's number. */
  number: line(30).optional(),
  form: z.enum(taxForms).optional(),
  formReceivedOn: day.optional(),
});

const bic = z
  .string()
  .max(11)
  .refine((text) => isValidBIC(text), { error: "expected a BIC of 8 or 11 characters" });

/** The name that the bank knows the account by: it is compared with the payment's. */
const accountName = line(140).refine(hasLatinLetters, {
  error: "expected the name as the bank writes it, in Latin, Greek or Cyrillic letters",
});

const forCurrency = { currency: currency.optional() };

const account = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("iban"),
    name: accountName,
    iban: z
      .string()
      .max(50)
      .transform((text) => electronicFormatIBAN(text) ?? "")
      .refine((text) => isValidIBAN(text), { error: "expected an IBAN whose check digits are right" }),
    bic: bic.optional(),
    ...forCurrency,
  }),
  z.strictObject({
    kind: z.literal("local"),
    name: accountName,
    number: line(34),
    /** Routing number, sort code or clearing code. */
    bankCode: line(35).optional(),
    bic: bic.optional(),
    bankCountry: country,
    ...forCurrency,
  }),
  z.strictObject({ kind: z.literal("wise"), name: accountName, email: z.email().max(254), ...forCurrency }),
  z.strictObject({
    kind: z.literal("paypal"),
    name: line(140).optional(),
    email: z.email().max(254),
    ...forCurrency,
  }),
]);

/** Where a partner is paid: a bank account by IBAN or by local number, or an account with a service. */
export type PayoutAccount = z.output<typeof account>;

/** Who a partner is to the tax office and the bank, as a person writes it. Unknown members are refused. */
export const detailsSchema = z
  .strictObject({
    legalName: line(140),
    address,
    tax,
    accounts: z.array(account).max(8),
    email: z.email().max(254).optional(),
    language: language.optional(),
  })
  .refine(({ accounts }) => new Set(accounts.map((one) => one.currency ?? "")).size === accounts.length, {
    error: "expected one account for each currency, and one without for all others",
    path: ["accounts"],
  })
  .refine(({ address: { town }, accounts }) => hasLatinLetters(town) || !accounts.some(isOfBank), {
    error: "expected the town in Latin, Greek or Cyrillic letters, as banks want it",
    path: ["address", "town"],
  });

const isOfBank = ({ kind }: PayoutAccount): boolean => kind === "iban" || kind === "local";

/** A partner's details. */
export type PartnerDetails = z.output<typeof detailsSchema>;

/** The account that a currency is paid to: its own, else the one for all. */
export const accountFor = ({ accounts }: PartnerDetails, code: string): PayoutAccount | undefined =>
  accounts.find((one) => one.currency === code) ?? accounts.find((one) => one.currency === undefined);
