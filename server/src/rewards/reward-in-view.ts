import { periodAt } from "../commission/period.ts";
import { type RewardTerms, workOutReward } from "../commission/reward-terms.ts";
import { planOf } from "../plans/plans.ts";
import { findAssignedPlan } from "../plans/rows/plans.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type Currency, type PartnerId, type ProductId } from "../words/ids.ts";
import { offeredBy, offerFor } from "./offers.ts";
import { listOffersOfPartner } from "./rows/offers.ts";
import { sumGiven } from "./rows/rewards.ts";
import type { RewardOfferRow } from "./rows/schema.ts";
import type { RewardOffer } from "./shown-offers.ts";

/** What a renewal can earn, before anybody has renewed. */
export type RewardInView = Pick<RewardOffer, "kind" | "points" | "pointsPerUnit" | "coupon">;

/**
 * What a partner gives for a renewal that would be bought now, as far as its plan and what is left of the caps allow; points
 * at the most that a renewal can earn. Undefined where nothing is to be had: what is told to a customer should come true.
 */
export async function rewardInView(
  tx: Tx,
  { partner, product, at }: { partner: PartnerId; product: ProductId; at: Instant },
): Promise<RewardInView | undefined> {
  const offer = offerFor(await listOffersOfPartner(tx, partner), { product, occurred_at: at });
  if (offer === undefined) return undefined;
  const plan = await findAssignedPlan(tx, { partner, at });
  const terms = plan === undefined ? undefined : planOf(plan).rewards;
  if (terms === undefined) return undefined;
  const { period } = periodAt(at, terms.every);
  for (const currency of currenciesOf(terms, offer)) {
    const given = await sumGiven(tx, { partner_id: partner, period, currency });
    // As much as can be: what the renewal itself will bring is not known.
    const most = { currency, netMinor: Number.MAX_SAFE_INTEGER, creditMinor: Number.MAX_SAFE_INTEGER, given };
    const amounts = workOutReward(terms, offeredBy(offer), most);
    if (typeof amounts === "string") continue;
    return {
      kind: offer.kind,
      points: offer.points === null ? null : amounts.points,
      pointsPerUnit: offer.points_per_unit,
      coupon:
        offer.currency === null || offer.amount_minor === null
          ? null
          : { currency: offer.currency, amountMinor: offer.amount_minor },
    };
  }
  return undefined;
}

/** The currencies in which a renewal may earn it; points that are worth nothing are the same in all. */
function currenciesOf(terms: RewardTerms, { currency }: RewardOfferRow): Currency[] {
  if (currency !== null) return [currency];
  const valued = terms.pointValue.map((value) => as.currency(value.currency));
  return valued.length === 0 ? [as.currency("EUR")] : valued;
}
