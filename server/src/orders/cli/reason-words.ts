import type {
  CreditReason,
  HoldReason,
  LostReason,
  RefusedReason,
  UnattributedReason,
} from "../../attribution/reasons.ts";

type Reason = CreditReason | HoldReason | LostReason | RefusedReason | UnattributedReason;

/** Reasons that are no matter of evidence. */
type OtherReason = "joined";

/** Every reason of a decision in words. The code stands beside them, for programs and for the documentation. */
const words: Readonly<Record<Reason | OtherReason, string>> = {
  ruling: "the vendor ruled so",
  licence_binding: "the licence was bound to the partner when it was registered",
  subscription: "the subscription was credited to the partner before",
  earlier_purchase: "an earlier purchase of the licence was credited to the partner",
  order_field: "the order itself names it",
  click_reference: "the customer clicked the partner's renewal link before buying",
  incumbent: "the partner who sold the last term has the right to its renewal",
  open_after_window: "the right to the renewal was over, and this is newer",
  conflict: "two partners hold evidence of one kind",
  loss_currency: "money went back in another currency than the order's",
  licence_unknown: "the vendor's licence system does not know the licence that a copy claimed",
  claimed_before_sale: "a copy claimed the licence before the vendor's licence system had sold it",
  self_purchase_alias: "the buyer's address is another spelling of the partner's own, or of its site",
  copy_contradicts: "the copy that claimed the licence carries another partner's token too",
  claim_late: "a copy claimed the licence long after it had been bought",
  claims_burst: "far more licences than usual were claimed for the partner on one day",
  licence_unsold: "one of many licences claimed on one day that nobody had sold",
  licence_shared: "other customers bought with the same licence",
  reference_shared: "other customers bought on the same click",
  earlier_refunded: "most of the earlier purchase it is inherited from was refunded",
  coupon_alone:
    "a code was used for a copy that had been bought before without it, and nothing else names its partner",
  purchase_refunded: "the earlier purchase it is inherited from was refunded",
  credited_first: "the copy had been credited to another partner before it was claimed",
  agrees: "names the same partner as the winner",
  right_of_incumbent: "the partner who sold the last term has the right to its renewal, not this one",
  window_over: "it is older than the end of the renewal window, and the licence was open",
  weaker_kind: "another kind of evidence is stronger",
  installed_first: "the copy was known as another partner's before this click",
  seen_later: "other evidence of its kind was seen first",
  overruled: "the vendor ruled otherwise",
  held: "waits for a person to decide",
  kind_not_used: "the vendor's policy does not use this kind",
  product_mismatch: "it is for another product",
  coupon_other_product: "the coupon counts for other products",
  self_purchase: "the partner bought it itself",
  self_purchase_domain: "the buyer's address is in the partner's own domain",
  revoked: "it was revoked",
  key_revoked: "its token was issued after its key was revoked",
  partner_ended: "the partner's agreement has ended",
  coupon_ended: "the coupon had been ended",
  coupon_not_yet_valid: "the coupon was not valid yet",
  coupon_expired: "the coupon had expired",
  after_purchase: "it is from after the purchase",
  reference_expired: "the click was too long before the purchase",
  outside_window: "it is older than the policy counts",
  ruled_nobody: "the vendor ruled that nobody is credited",
  reference_unknown: "the order names a reference that no click has",
  joined: "it turned out to be the same sale as another order, which counts",
  no_evidence: "nothing says who sold the copy",
};

/** A reason's code in words; a code this version does not know stands for itself. */
export function reasonWords(code: string): string {
  return Object.hasOwn(words, code) ? words[code as Reason] : code.replaceAll("_", " ");
}
