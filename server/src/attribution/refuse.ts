import type { Instant } from "../words/clock.ts";
import type { AttributionFacts, CouponUse, Evidence, EvidenceRoute, Policy } from "./evidence.ts";
import type { RefusedReason } from "./reasons.ts";
import { isRuling } from "./strength.ts";

const dayMilliseconds = 86_400_000;

/** Why a piece of evidence does not count, the first of `refusedReasons` that holds; nothing when it counts. */
export function refusalOf(
  evidence: Evidence,
  facts: AttributionFacts,
  policy: Policy,
  at: Instant,
): RefusedReason | undefined {
  // The vendor knows all that could be said against it, and has ruled.
  if (isRuling(evidence)) return undefined;
  if (!policy.order.includes(evidence.kind)) return "kind_not_used";
  return (
    unfitForPurchase(evidence, facts, policy) ??
    withdrawn(evidence, at) ??
    (isLost(evidence) ? "purchase_refunded" : undefined) ??
    (evidence.coupon === undefined ? undefined : invalidCoupon(evidence.coupon, evidence.route, at)) ??
    outOfTime(evidence, policy, at)
  );
}

function unfitForPurchase(
  evidence: Evidence,
  facts: AttributionFacts,
  policy: Policy,
): RefusedReason | undefined {
  const { product, coupon } = evidence;
  if (product !== undefined && facts.product !== undefined && product !== facts.product)
    return "product_mismatch";
  const bought = coupon?.boughtProduct;
  if (bought !== undefined && coupon?.products?.includes(bought) === false) return "coupon_other_product";
  if (evidence.territory !== undefined && facts.country !== undefined && evidence.territory !== facts.country)
    return "other_territory";
  // A person who ruled that the partner earned it knew who bought it.
  if (evidence.kind === "manual") return undefined;
  if (evidence.partnerEmail !== undefined && evidence.partnerEmail === facts.buyerEmail)
    return "self_purchase";
  if (evidence.partner !== null && facts.foundBefore?.selfBuyers.includes(evidence.partner))
    return "self_purchase";
  const domain = policy.selfPurchaseByDomain ? evidence.partnerEmailDomain : undefined;
  if (domain !== undefined && domain === facts.buyerEmailDomain) return "self_purchase_domain";
  return undefined;
}

function withdrawn(evidence: Evidence, at: Instant): RefusedReason | undefined {
  if (isReached(evidence.revokedAt, at)) return "revoked";
  if (isReached(evidence.keyRevokedAt, at)) return "key_revoked";
  if (isReached(evidence.partnerEndedAt, at)) return "partner_ended";
  return undefined;
}

/** What was paid back whole proves nothing for later purchases; a person's word on it does. */
const isLost = ({ kind, purchaseLost = 0 }: Evidence): boolean => purchaseLost >= 1 && kind !== "manual";

/** A code that was ended hands nothing on from then on; for the purchase it was used at, that purchase's time decides. */
function invalidCoupon(coupon: CouponUse, route: EvidenceRoute, at: Instant): RefusedReason | undefined {
  if (isReached(coupon.endedAt, route === "order_field" ? coupon.usedAt : at)) return "coupon_ended";
  if (coupon.usedAt < coupon.validFrom) return "coupon_not_yet_valid";
  if (coupon.validUntil !== undefined && coupon.usedAt > coupon.validUntil) return "coupon_expired";
  if (coupon.addedAt > coupon.heardAt) return "after_purchase";
  return undefined;
}

function outOfTime(evidence: Evidence, policy: Policy, at: Instant): RefusedReason | undefined {
  // A copy that was sold by a partner was so before it was registered; an address or a deal registered later proves nothing.
  if ((evidence.kind === "email" || evidence.kind === "deal") && evidence.seenAt > at)
    return "after_purchase";
  if (evidence.endsAt !== undefined && at > evidence.endsAt)
    return evidence.kind === "deal" ? "outside_window" : "reference_expired";
  const windowDays = policy.windowDays[evidence.kind];
  if (windowDays !== undefined && at - evidence.windowFrom > windowDays * dayMilliseconds)
    return "outside_window";
  return undefined;
}

const isReached = (moment: Instant | undefined, at: Instant): boolean => moment !== undefined && moment <= at;
