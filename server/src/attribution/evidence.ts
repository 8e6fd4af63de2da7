import type { Instant } from "../words/clock.ts";
import type { EmailDomainHash, EmailHash, PartnerId, ProductId, TokenId } from "../words/ids.ts";
import type { ConflictRule, PartnerPlace } from "./conflict-rule.ts";
import type { RenewalRight } from "./renewal-right.ts";
import type { SuspicionPolicies } from "./suspicion-codes.ts";

/** The ways of knowing who sold a copy, strongest first by default. The configuration may order them anew. */
export const evidenceKinds = ["manual", "voucher", "deal", "serial", "token", "coupon", "email"] as const;
/** One way of knowing who sold a copy. */
export type EvidenceKind = (typeof evidenceKinds)[number];

/** How a piece of evidence reached the order; of two of one kind and one instant the earlier named stands. */
export const evidenceRoutes = [
  "ruling",
  "licence_binding",
  "subscription",
  "earlier_purchase",
  "order_field",
  "click_reference",
] as const;
/** One way for evidence to reach an order. */
export type EvidenceRoute = (typeof evidenceRoutes)[number];

/** One claim that a partner sold the copy, with all that the decision needs to judge it. */
export interface Evidence {
  kind: EvidenceKind;
  route: EvidenceRoute;
  /** Null only for a ruling that nobody sold it. */
  partner: PartnerId | null;
  /** When the claim was first seen by the receiver, or for one of an earlier purchase, when that was known. */
  seenAt: Instant;
  /** When the purchase was made that it was used for, by the shop's clock: of two known at once the earlier stands. */
  boughtAt?: Instant;
  /** Where the kind's window begins: a token's issue, a registration's date. */
  windowFrom: Instant;
  /** After this the evidence counts no longer, whatever its kind's window: a click's reference grows old. */
  endsAt?: Instant;
  /** The product the evidence was made for, when it was made for one. */
  product?: ProductId;
  /** The country it was registered for, where it was for one. */
  territory?: string;
  /** The token behind it, when there is one. */
  token?: TokenId;
  /** The coupon behind it, when there is one. */
  coupon?: CouponUse;
  /** Set when the token or the evidence was revoked. */
  revokedAt?: Instant;
  /** Set when the token was issued at or after the moment its key was revoked: it may be a forgery. */
  keyRevokedAt?: Instant;
  /** Set when the vendor has ended the partner's agreement: purchases from then on earn it nothing. */
  partnerEndedAt?: Instant;
  /** Set while the vendor has suspended the partner: purchases from then on wait for a person. */
  partnerSuspendedAt?: Instant;
  /** The partner that it named, which was merged into `partner` before the purchase. */
  mergedFrom?: PartnerId;
  /** The partner's own address, to notice a purchase by the partner itself. */
  partnerEmail?: EmailHash;
  /** The domain of that address, unless it is a public mail host's. */
  partnerEmailDomain?: EmailDomainHash;
  /** The mailbox of that address, where the address is another spelling of it. */
  partnerAlias?: EmailHash;
  /** The site that the domain belongs to, where the domain is a part of it. */
  partnerSite?: EmailDomainHash;
  /** How much of what was paid for the earlier purchase it comes from has gone back, 0 to 1; absent when nothing has. */
  purchaseLost?: number;
  /** False when the licence was claimed before anything was known of it. */
  claimedSold?: boolean;
  /** True when the copy that was registered told of another partner's token too. */
  copyContradicts?: boolean;
}

/** A coupon's terms, and the purchase it was used for: this one or an earlier one of the same copy. */
export interface CouponUse {
  code: string;
  /** When that purchase was made, by the shop's clock. */
  usedAt: Instant;
  /** When the receiver first heard of that purchase. */
  heardAt: Instant;
  /** What that purchase was of, where it is known. */
  boughtProduct?: ProductId;
  /** What it counts for; everything when it is left out. */
  products?: readonly ProductId[];
  /** When the vendor gave the code to the partner. */
  addedAt: Instant;
  validFrom: Instant;
  /** The last instant at which it counts. */
  validUntil?: Instant;
  endedAt?: Instant;
}

/** What is known about an order when it is decided. Contains all evidence, good or bad, in any order. */
export interface AttributionFacts {
  product?: ProductId;
  /** The buyer's, ISO 3166-1 alpha-2, where the shop tells it. */
  country?: string;
  /** Of the partners in the evidence, where rules ask for it. */
  places?: ReadonlyMap<PartnerId, PartnerPlace>;
  buyerEmail?: EmailHash;
  /** Absent for an address of a public mail host too. */
  buyerEmailDomain?: EmailDomainHash;
  /** The mailbox of the buyer's address, where the address is another spelling of it. */
  buyerAlias?: EmailHash;
  /** The site that the domain belongs to, where the domain is a part of it. */
  buyerSite?: EmailDomainHash;
  /** What an earlier decision found about the buyer, whose address was erased since: it cannot be found again. */
  foundBefore?: { selfBuyers: readonly PartnerId[]; isAlias: boolean };
  /** The partner that was credited for the copy first, of all its earlier purchases, and when that one came in. */
  firstCredit?: { partner: PartnerId; at: Instant };
  /** True when the order named a reference that no click has. */
  unknownReference: boolean;
  evidence: readonly Evidence[];
  /** The renewal right of who sold the last term, where one was agreed. */
  right?: RenewalRight;
}

/** What happens when evidence of two partners counts. */
export const conflictRules = ["credit_first", "hold", "hold_any"] as const;

/** The vendor's rules, from the configuration. */
export interface Policy {
  /** Kinds from the strongest to the weakest. A kind that is not named is not used. */
  order: readonly EvidenceKind[];
  /** How long evidence of a kind counts, in days of 24 hours; without a number it always does. */
  windowDays: Partial<Record<EvidenceKind, number>>;
  /**
   * `credit_first` credits the strongest evidence. `hold` has a person decide when another partner holds evidence of
   * the winning kind, `hold_any` also when another partner holds any evidence that lies in the installed copy.
   */
  onConflict: (typeof conflictRules)[number];
  /** How classes of conflicts are settled, before `onConflict` is asked. */
  rules?: readonly ConflictRule[];
  /** Whether a buyer with an address in the partner's own domain is taken for the partner itself. */
  selfPurchaseByDomain: boolean;
  /** What is done about each suspicion; what is not named is held. */
  suspicions?: SuspicionPolicies;
}
