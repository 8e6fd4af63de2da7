import type { Instant } from "../clock.ts";
import type { PartnerId } from "../ids.ts";
import { type AttributionFacts, type Evidence, evidenceRoutes, type Policy } from "./evidence.ts";
import {
  type CreditReason,
  type HoldReason,
  type LostReason,
  type RefusedReason,
  type UnattributedReason,
  unattributedReasons,
} from "./reasons.ts";

/** One piece of evidence and what became of it. */
export type Considered = Evidence &
  (
    | { verdict: "won"; reason: CreditReason }
    | { verdict: "lost"; reason: LostReason }
    | { verdict: "refused"; reason: RefusedReason }
  );

/** Who earned a purchase, with all evidence that was considered, strongest first. */
export type Decision =
  | {
      outcome: "credited";
      partner: PartnerId;
      because: CreditReason;
      winner: Evidence;
      evidence: Considered[];
    }
  | { outcome: "held"; because: HoldReason; evidence: Considered[] }
  | { outcome: "unattributed"; because: UnattributedReason; evidence: Considered[] };

const dayMilliseconds = 86_400_000;

/**
 * Decides who earned a purchase. The same facts give the same answer, in whatever order the evidence is listed:
 * `at`, the instant the purchase reached the receiver, is a fact too.
 */
export function decideAttribution(facts: AttributionFacts, policy: Policy, at: Instant): Decision {
  const ranked = [...facts.evidence].sort((a, b) => compareStrength(a, b, policy, at));
  const refusals = new Map<Evidence, RefusedReason>();
  for (const evidence of ranked) {
    const reason = refusalOf(evidence, facts, policy, at);
    if (reason !== undefined) refusals.set(evidence, reason);
  }
  const winner = ranked.find((evidence) => !refusals.has(evidence));
  if (winner === undefined) {
    const evidence = ranked.map((one) => refused(one, refusals.get(one) ?? "kind_not_used"));
    return { outcome: "unattributed", because: unattributedReason(facts, refusals), evidence };
  }
  const rivals = ranked.filter(
    (one) =>
      !refusals.has(one) && one.kind === winner.kind && one.partner !== winner.partner && !isLate(one, at),
  );
  const held = policy.onConflict === "hold" && rivals.length > 0;
  const evidence = ranked.map((one): Considered => {
    const refusal = refusals.get(one);
    if (refusal !== undefined) return refused(one, refusal);
    if (held) return { ...one, verdict: "lost", reason: "held" };
    if (one === winner) return { ...one, verdict: "won", reason: winner.route };
    return { ...one, verdict: "lost", reason: lossOf(one, winner, at) };
  });
  if (held) return { outcome: "held", because: "conflict", evidence };
  return { outcome: "credited", partner: winner.partner, because: winner.route, winner, evidence };
}

/**
 * Negative when `a` is the stronger. What was known at the purchase stands before what came later, but for a ruling;
 * then the stronger kind; of one kind, what was known of the copy before this click stands
 * before the click, so that a late link cannot take a customer over; then what was seen first. The rest only makes
 * the order total, so that the answer never depends on how the evidence was listed.
 */
function compareStrength(a: Evidence, b: Evidence, policy: Policy, at: Instant): number {
  return (
    Number(isLate(a, at)) - Number(isLate(b, at)) ||
    rankOfKind(a, policy) - rankOfKind(b, policy) ||
    Number(isClick(a)) - Number(isClick(b)) ||
    a.seenAt - b.seenAt ||
    evidenceRoutes.indexOf(a.route) - evidenceRoutes.indexOf(b.route) ||
    compareText(a.partner, b.partner) ||
    compareText(a.token ?? "", b.token ?? "") ||
    a.windowFrom - b.windowFrom
  );
}

function refusalOf(
  evidence: Evidence,
  facts: AttributionFacts,
  policy: Policy,
  at: Instant,
): RefusedReason | undefined {
  if (!policy.order.includes(evidence.kind)) return "kind_not_used";
  if (evidence.product !== undefined && facts.product !== undefined && evidence.product !== facts.product)
    return "product_mismatch";
  if (evidence.partnerEmail !== undefined && evidence.partnerEmail === facts.buyerEmail)
    return "self_purchase";
  if (evidence.revokedAt !== undefined && evidence.revokedAt <= at) return "revoked";
  if (!evidence.partnerActive) return "partner_ended";
  // A copy that was sold by a partner was so before it was registered; an address registered later proves nothing.
  if (evidence.kind === "email" && evidence.seenAt > at) return "after_purchase";
  if (evidence.endsAt !== undefined && at > evidence.endsAt) return "reference_expired";
  const windowDays = policy.windowDays[evidence.kind];
  if (windowDays !== undefined && at - evidence.windowFrom > windowDays * dayMilliseconds)
    return "outside_window";
  return undefined;
}

function unattributedReason(
  facts: AttributionFacts,
  refusals: ReadonlyMap<Evidence, RefusedReason>,
): UnattributedReason {
  const found = new Set<UnattributedReason>(refusals.values());
  if (facts.unknownReference) found.add("reference_unknown");
  return unattributedReasons.find((reason) => found.has(reason)) ?? "no_evidence";
}

function lossOf(evidence: Evidence, winner: Evidence, at: Instant): LostReason {
  if (evidence.partner === winner.partner) return "agrees";
  if (isLate(evidence, at) && !isLate(winner, at)) return "seen_later";
  if (evidence.kind !== winner.kind) return "weaker_kind";
  return isClick(evidence) ? "installed_first" : "seen_later";
}

const refused = (evidence: Evidence, reason: RefusedReason): Considered => ({
  ...evidence,
  verdict: "refused",
  reason,
});

function rankOfKind(evidence: Evidence, policy: Policy): number {
  const rank = policy.order.indexOf(evidence.kind);
  return rank === -1 ? policy.order.length : rank;
}

const isLate = (evidence: Evidence, at: Instant) => evidence.kind !== "manual" && evidence.seenAt > at;

const isClick = (evidence: Evidence) => evidence.route === "click_reference";

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
