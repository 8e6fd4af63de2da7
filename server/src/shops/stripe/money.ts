import { minorDigits } from "../../words/money.ts";
import { currencyOf } from "../kit/members.ts";

/** Where the digits of Stripe's amounts differ from ISO 4217. */
const digitsAtStripe: ReadonlyMap<string, number> = new Map([
  ["ISK", 2],
  ["UGX", 2],
  ["MGA", 0],
]);

/**
 * An amount of Stripe's in the minor units of ISO 4217. Stripe counts ISK and UGX in hundredths, though neither has them,
 * and MGA in whole ariary; every other amount is as it is.
 *
 * Source: https://docs.stripe.com/currencies#zero-decimal and the special cases below it.
 */
export function fromStripeAmount(amount: number, currency: string): number {
  const code = currencyOf(currency);
  const digits = digitsAtStripe.get(code);
  if (digits === undefined) return amount;
  return Math.round(amount * 10 ** (minorDigits(code) - digits));
}
