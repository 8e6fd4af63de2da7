import { noCurrency } from "./ids.ts";

/** Made when it is first asked: it costs some milliseconds of a command's start. */
let names: Intl.DisplayNames | undefined;

/** The codes that ISO 4217 has for no currency, and for tests. */
const noMoney: ReadonlySet<string> = new Set([noCurrency, "XTS"]);

/**
 * Whether a text is a currency's code by ISO 4217, in upper case. One that was withdrawn is: balances in it are still
 * owed. For what people type; what shops tell is taken as they tell it. Not by `Intl.supportedValuesOf`, which leaves out
 * units of account that are paid in, such as CLF.
 */
export const isCurrencyCode = (text: string): boolean =>
  /^[A-Z]{3}$/.test(text) && !noMoney.has(text) && nameOf(text) !== undefined;

function nameOf(code: string): string | undefined {
  names ??= new Intl.DisplayNames("en", { type: "currency", fallback: "none" });
  return names.of(code);
}
