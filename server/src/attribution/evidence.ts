import type { Instant } from "../clock.ts";
import type { EmailHash, PartnerId, ProductId, TokenId } from "../ids.ts";

/** The ways of knowing who sold a copy, strongest first by default. The configuration may order them anew. */
export const evidenceKinds = ["manual", "voucher", "serial", "token", "coupon", "email"] as const;
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
  partner: PartnerId;
  /** When the claim was first seen by the receiver: of two equal claims the earlier stands. */
  seenAt: Instant;
  /** Where the kind's window begins: a token's issue, a registration's date. */
  windowFrom: Instant;
  /** After this the evidence counts no longer, whatever its kind's window: a click's reference grows old. */
  endsAt?: Instant;
  /** The product the evidence was made for, when it was made for one. */
  product?: ProductId;
  /** The token behind it, when there is one. */
  token?: TokenId;
  /** Set when the token or the evidence was revoked. */
  revokedAt?: Instant;
  /** False when the vendor has ended the partner's agreement. */
  partnerActive: boolean;
  /** The partner's own address, to notice a purchase by the partner itself. */
  partnerEmail?: EmailHash;
}

/** What is known about an order when it is decided. Contains all evidence, good or bad, in any order. */
export interface AttributionFacts {
  product?: ProductId;
  buyerEmail?: EmailHash;
  /** True when the order named a reference that no click has. */
  unknownReference: boolean;
  evidence: readonly Evidence[];
}

/** The vendor's rules, from the configuration. */
export interface Policy {
  /** Kinds from the strongest to the weakest. A kind that is not named is not used. */
  order: readonly EvidenceKind[];
  /** How long evidence of a kind counts, in days of 24 hours; without a number it always does. */
  windowDays: Partial<Record<EvidenceKind, number>>;
  /** What happens when two partners hold evidence of the winning kind. */
  onConflict: "credit_first" | "hold";
}
