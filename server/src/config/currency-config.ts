import { z } from "zod";
import { isCurrencyCode } from "../words/currency-code.ts";

/** What a place that names a currency is told. */
export const expectedCurrency = "expected a currency by its ISO 4217 code, such as EUR";

/** A currency that the configuration names: one of ISO 4217, as what people type elsewhere. The pattern is for editors. */
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, expectedCurrency)
  .refine(isCurrencyCode, expectedCurrency);
