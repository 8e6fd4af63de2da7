/**
 * What may be wrong with a credit, in order of precedence: the first that is held is an order's reason to wait. The
 * codes are part of the decision record and of the configuration; a test pins them.
 */
export const suspicionCodes = [
  "licence_unknown",
  "claimed_before_sale",
  "self_purchase_alias",
  "copy_contradicts",
  "claim_late",
  "claims_burst",
  "licence_unsold",
  "licence_shared",
  "reference_shared",
  "earlier_refunded",
  "coupon_alone",
  "addresses_unproven",
] as const;
/** One thing that may be wrong with a credit. */
export type SuspicionCode = (typeof suspicionCodes)[number];

/** What can be done about a suspicion: the order waits for a person, it is only said, or nobody looks. */
export const suspicionPolicyNames = ["hold", "note", "off"] as const;
/** What is done about each suspicion; what is not named is held. */
export type SuspicionPolicies = Readonly<
  Partial<Record<SuspicionCode, (typeof suspicionPolicyNames)[number]>>
>;
