import type { Instant } from "../words/clock.ts";
import type { AttributionFacts, Evidence, EvidenceRoute, Policy } from "./evidence.ts";
import { isClaim } from "./strength.ts";
import { type SuspicionCode, suspicionCodes } from "./suspicion-codes.ts";

/** A suspicion of an order, with the figures that led to it. */
export interface Suspicion {
  code: SuspicionCode;
  policy: "hold" | "note";
  figures: Readonly<Record<string, number>>;
}

/** The claims of a partner on one day, and on an average day that had any in the 90 days before. */
export interface ClaimDay {
  claims: number;
  /** Of licences that nothing was known of when they were claimed. */
  unsold: number;
  usualClaims: number;
  usualUnsold: number;
}

/** What the vendor's own licence system said of a licence. */
export interface LicenceKnowledge {
  known: boolean;
  soldAt?: Instant;
}

/** What is known of the world around an order. What is absent was nothing to look for. */
export interface TrustFacts {
  /** Of the day on which the winner's claim was made. */
  claimDay?: ClaimDay;
  licence?: LicenceKnowledge;
  /** Buyers of the same licence before this order, other than its own, and in how many days before at the least. */
  licenceBuyers?: { others: number; nearestDays: number };
  /** Buyers before this order, other than its own, whose order named the same click. */
  referenceBuyers?: number;
  /** Addresses that the winner registered itself, counted no further than it takes, and its sales before this order. */
  addresses?: { registered: number; sales: number };
  /** Somebody bought who is paid for it: one above the partner, or a person of either. Known before a release. */
  buyerIsPaid?: boolean;
  /** Earlier purchases of the copy, with whom each was credited to. */
  earlier: readonly { partner: string | null; at: Instant }[];
}

const dayMilliseconds = 86_400_000;
/** A copy is registered within weeks of its purchase; what claims an older one was not there when it was bought. */
const lateAfterDays = 60;
/** So many claims a day raise no eyebrow, whatever a partner's history is. */
const manyClaims = 400;
/** So many claims a day on licences that nobody has heard of. */
const manyUnsold = 50;
/** So many times its usual day is out of the ordinary for a partner. */
const burst = 5;
/** Two buyers of one licence are a change of hands after a time, and a shared licence within it; three always are. */
const handsChangeDays = 180;
/** So many addresses are a list of customers, and for each sale through the partner so many more. */
const fewAddresses = 1_000;
const addressesForSale = 100;

/** With so many addresses, none of which has to be a customer, it takes sales by other ways to believe the list. */
export const believableAddresses = (sales: number): number => fewAddresses + addressesForSale * sales;

/**
 * Everything that speaks against crediting the winner, in order of `suspicionCodes`, but for what the policy has off.
 * A person's ruling is never suspected.
 */
export function suspicionsOf(
  { winner, counting }: { winner: Evidence; counting: readonly Evidence[] },
  facts: AttributionFacts,
  trust: TrustFacts,
  policy: Policy,
  at: Instant,
): Suspicion[] {
  if (winner.kind === "manual") return [];
  const found: Partial<Record<SuspicionCode, Suspicion["figures"]>> = {
    ...claimSuspicions(winner, trust, at),
    ...buyerSuspicions(winner, facts, trust, policy),
    ...inheritanceSuspicions(winner, counting, trust),
    ...listSuspicions(winner, trust),
  };
  return suspicionCodes.flatMap((code) => {
    const figures = found[code];
    const what = policy.suspicions?.[code] ?? "hold";
    return figures === undefined || what === "off" ? [] : [{ code, policy: what, figures }];
  });
}

type Found = Partial<Record<SuspicionCode, Suspicion["figures"]>>;

/** What speaks against a copy's claim on its licence. */
function claimSuspicions(winner: Evidence, trust: TrustFacts, at: Instant): Found {
  if (!isClaim(winner)) return {};
  const late = lateClaim(winner, trust, at);
  if (winner.kind !== "token") return late;
  const { claimDay, licence } = trust;
  const soldLater = licence?.soldAt !== undefined && licence.soldAt > winner.seenAt;
  return {
    ...late,
    ...(licence?.known === false ? { licence_unknown: {} } : {}),
    ...(soldLater ? { claimed_before_sale: {} } : {}),
    ...(winner.copyContradicts === true ? { copy_contradicts: {} } : {}),
    ...(claimDay === undefined ? {} : dayOfClaims(winner, claimDay)),
  };
}

/**
 * Whether the copy was claimed long after it had first been bought, by whoever it is renewed through now: what the
 * vendor sold itself is nobody's to take by a token, or a box, that was not there. A copy that the partner had sold is.
 */
function lateClaim({ partner, seenAt }: Evidence, { earlier }: TrustFacts, at: Instant): Found {
  const isOwn = earlier.some((one) => one.partner === partner && one.at < seenAt);
  const boughtAt = Math.min(at, ...earlier.map((one) => one.at));
  const lateDays = Math.floor((seenAt - boughtAt) / dayMilliseconds);
  return lateDays > lateAfterDays && !isOwn ? { claim_late: { lateDays } } : {};
}

function dayOfClaims(winner: Evidence, { claims, unsold, usualClaims, usualUnsold }: ClaimDay): Found {
  const isBurst = claims > manyClaims && claims > burst * usualClaims;
  const isGuessing = winner.claimedSold === false && unsold > manyUnsold && unsold > burst * usualUnsold;
  return {
    ...(isBurst ? { claims_burst: { claims, usualClaims } } : {}),
    ...(isGuessing ? { licence_unsold: { unsold, usualUnsold } } : {}),
  };
}

/** Routes by which a licence alone led to the evidence. */
const byLicence: readonly EvidenceRoute[] = ["licence_binding", "earlier_purchase"];

/** What speaks against who bought. */
function buyerSuspicions(
  winner: Evidence,
  facts: AttributionFacts,
  trust: TrustFacts,
  policy: Policy,
): Found {
  const { others = 0, nearestDays = 0 } = trust.licenceBuyers ?? {};
  const isShared = others > 1 || (others === 1 && nearestDays < handsChangeDays);
  const buyers = trust.referenceBuyers ?? 0;
  return {
    ...(trust.buyerIsPaid === true || isAlias(winner, facts, policy) ? { self_purchase_alias: {} } : {}),
    ...(isShared && byLicence.includes(winner.route) ? { licence_shared: { buyers: others + 1 } } : {}),
    ...(buyers > 0 && winner.route === "click_reference" ? { reference_shared: { buyers: buyers + 1 } } : {}),
  };
}

/** Whether buyer and partner have one mailbox under two spellings, or two parts of one site. */
function isAlias(winner: Evidence, facts: AttributionFacts, policy: Policy): boolean {
  if (facts.foundBefore?.isAlias === true) return true;
  const mailbox = winner.partnerAlias ?? winner.partnerEmail;
  if (mailbox !== undefined && mailbox === (facts.buyerAlias ?? facts.buyerEmail)) return true;
  const site = winner.partnerSite ?? winner.partnerEmailDomain;
  return (
    policy.selfPurchaseByDomain && site !== undefined && site === (facts.buyerSite ?? facts.buyerEmailDomain)
  );
}

/** What speaks against what earlier purchases hand on. */
function inheritanceSuspicions(
  winner: Evidence,
  counting: readonly Evidence[],
  { earlier }: TrustFacts,
): Found {
  const lost = winner.purchaseLost ?? 0;
  const isAlone = winner.kind === "coupon" && isCouponAlone(winner, counting, earlier);
  return {
    ...(lost >= 0.5 ? { earlier_refunded: { lostPercent: Math.floor(lost * 100) } } : {}),
    ...(isAlone ? { coupon_alone: {} } : {}),
  };
}

/** A list of addresses that leaked names its buyers as well as one's own customers do. */
function listSuspicions({ kind }: Evidence, { addresses }: TrustFacts): Found {
  if (kind !== "email" || addresses === undefined) return {};
  return addresses.registered > believableAddresses(addresses.sales) ? { addresses_unproven: addresses } : {};
}

/**
 * Whether a code is all that names its partner, and was typed for a copy that had been bought before without it. The
 * code of a new customer is how coupons sell; on an existing one it may have been put there by anybody.
 */
function isCouponAlone(
  winner: Evidence,
  counting: readonly Evidence[],
  earlier: TrustFacts["earlier"],
): boolean {
  const { partner, coupon } = winner;
  if (coupon === undefined) return false;
  const before = earlier.filter((one) => one.at < coupon.usedAt);
  if (before.length === 0 || before.some((one) => one.partner === partner)) return false;
  return !counting.some((one) => one.partner === partner && one.kind !== "coupon");
}
