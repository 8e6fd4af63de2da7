import type { EvidenceRoute } from "./evidence.ts";
import { suspicionCodes } from "./suspicion-codes.ts";

/** Why a renewal right decided: its window was open for the seller of the last term, or was over. */
export const rightReasons = ["incumbent", "open_after_window"] as const;
/** One way for a renewal right to decide. */
export type RightReason = (typeof rightReasons)[number];

/** That a rule of the vendor's settled a conflict between partners. */
export const ruleReasons = ["settled_by_rule"] as const;
/** One way for a rule to decide. */
export type RuleReason = (typeof ruleReasons)[number];

/**
 * Why an order is credited: by a renewal right or a rule on conflicts, else the route by which the winning evidence reached it. The kind stands
 * beside it.
 */
export type CreditReason = EvidenceRoute | RightReason | RuleReason;

/** Why an order waits for a person. */
export const holdReasons = ["conflict", "loss_currency", "partner_suspended", ...suspicionCodes] as const;
/** One reason for an order to wait. */
export type HoldReason = (typeof holdReasons)[number];

/** Why a piece of evidence does not count, in order of precedence: the first that holds is the answer. A test pins it. */
export const refusedReasons = [
  "kind_not_used",
  "product_mismatch",
  "coupon_other_product",
  "other_territory",
  "self_purchase",
  "self_purchase_domain",
  "revoked",
  "key_revoked",
  "partner_ended",
  "purchase_refunded",
  "coupon_ended",
  "coupon_not_yet_valid",
  "coupon_expired",
  "after_purchase",
  "reference_expired",
  "outside_window",
] as const;
/** One reason for a piece of evidence not to count. */
export type RefusedReason = (typeof refusedReasons)[number];

/** Why nobody is credited, in order of precedence: the first that holds for any of the evidence. A test pins it. */
export const unattributedReasons = [
  "ruled_nobody",
  "self_purchase",
  "self_purchase_domain",
  "revoked",
  "key_revoked",
  "partner_ended",
  "purchase_refunded",
  "product_mismatch",
  "coupon_other_product",
  "other_territory",
  "coupon_ended",
  "coupon_not_yet_valid",
  "coupon_expired",
  "after_purchase",
  "reference_expired",
  "outside_window",
  "kind_not_used",
  "reference_unknown",
  "no_evidence",
] as const;
/** One reason for nobody to be credited. */
export type UnattributedReason = (typeof unattributedReasons)[number];

/** Why evidence that counts did not win. `agrees` names the same partner as the winner. */
export const lostReasons = [
  "agrees",
  "overruled",
  "credited_first",
  "right_of_incumbent",
  "window_over",
  "other_by_rule",
  "weaker_kind",
  "installed_first",
  "seen_later",
  "held",
] as const;
/** One reason for evidence that counts not to win. */
export type LostReason = (typeof lostReasons)[number];
