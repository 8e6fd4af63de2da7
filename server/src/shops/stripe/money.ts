import { shareMinor } from "../../words/money.ts";
import { currencyOf } from "../kit/members.ts";

/** What of an amount at Stripe is one of ISO 4217's minor units, where the two differ. */
const partsAtStripe: ReadonlyMap<string, { part: number; whole: number }> = new Map([
  ["ISK", { part: 1, whole: 100 }],
  ["UGX", { part: 1, whole: 100 }],
  ["MGA", { part: 100, whole: 1 }],
]);

/**
 * An amount of Stripe's in the minor units of ISO 4217, rounded half away from zero. Stripe counts ISK and UGX in
 * hundredths, though neither has them, and MGA in whole ariary; every other amount is as it is. No float is involved.
 *
 * Source: https://docs.stripe.com/currencies#zero-decimal and the special cases below it.
 */
export function fromStripeAmount(amount: number, currency: string): number {
  const unit = partsAtStripe.get(currencyOf(currency));
  return unit === undefined ? amount : shareMinor(amount, unit.part, unit.whole);
}
