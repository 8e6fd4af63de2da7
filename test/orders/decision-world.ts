import { addPartner } from "../../server/src/channel/partners.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { type StripeSession, stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

const checkout = (product: string) => ({
  id: product,
  name: product,
  checkout: { shop: "stripe", url: `https://buy.stripe.com/${product}?client_reference_id={reference}` },
});

/** A receiver of two products, acme-paint and acme-sculpt, with the partners north and south at 20 percent. */
export async function openWithPartners(bench: Bench, config: Record<string, unknown> = {}): Promise<Journey> {
  const products = [checkout("acme-paint"), checkout("acme-sculpt")];
  const journey = await openJourney(bench, { products, ...config });
  for (const id of ["north", "south"]) await addPartner(journey.deps, { id, name: id, percent: 20 });
  return journey;
}

/** Stripe tells now of a sale of acme-paint, for which the buyer typed these codes. */
export async function useCoupons(
  journey: Journey,
  id: string,
  codes: readonly string[],
  more: StripeSession = {},
): Promise<void> {
  const discounts = codes.map((code) => ({ promotion_code: { id: `promo_${id}`, code }, coupon: null }));
  const metadata = { product: "acme-paint" };
  const session = { ...journey.happening(), id, paymentIntent: `pi_${id}`, metadata, discounts };
  await journey.stripe(stripeCheckoutCompleted({ ...session, ...more }));
}
