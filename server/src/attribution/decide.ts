import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { type Settled, settleConflict } from "./conflict-rule.ts";
import type { AttributionFacts, Evidence, Policy } from "./evidence.ts";
import {
  type CreditReason,
  type HoldReason,
  type LostReason,
  type RefusedReason,
  ruleReasons,
  type UnattributedReason,
  unattributedReasons,
} from "./reasons.ts";
import { refusalOf } from "./refuse.ts";
import { applyRight } from "./renewal-right.ts";
import {
  compareStrength,
  isBehindFirstCredit,
  isBehindInstalled,
  isInstalled,
  isLate,
  isRuling,
} from "./strength.ts";
import { type Suspicion, suspicionsOf, type TrustFacts } from "./suspicions.ts";

/** One piece of evidence and what became of it. */
export type Considered = Evidence &
  (
    | {
        verdict: "won";
        reason: CreditReason;
        /** The rule on conflicts that decided. */
        rule?: string;
      }
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
      /** What is to be said of it though nothing waits for it. */
      suspicions?: readonly Suspicion[];
    }
  | { outcome: "held"; because: HoldReason; evidence: Considered[]; suspicions?: readonly Suspicion[] }
  | { outcome: "unattributed"; because: UnattributedReason; evidence: Considered[] };

/**
 * Decides who earned a purchase. The same facts give the same answer, in whatever order the evidence is listed:
 * `at`, the instant the purchase reached the receiver, is a fact too. Evidence that comes in after a partner was
 * credited never changes the answer, so it does not matter either in which order it arrives.
 */
export function decideAttribution(facts: AttributionFacts, policy: Policy, at: Instant): Decision {
  const ranked = [...facts.evidence].sort((a, b) => compareStrength(a, b, policy, at, facts.firstCredit));
  const refusals = new Map<Evidence, RefusedReason>();
  for (const evidence of ranked) {
    const reason = refusalOf(evidence, facts, policy, at);
    if (reason !== undefined) refusals.set(evidence, reason);
  }
  const rightful = applyRight(
    ranked.filter((one) => !refusals.has(one)),
    facts.right,
    at,
  );
  const { counting, setAside } = rightful;
  const settled = settleConflict(counting, facts, policy.rules ?? [], at);
  const winner = settled?.winner ?? counting[0];
  const because = settled === undefined ? rightful.because : ruleReasons[0];
  const isOpen = (one: Evidence) => settled?.sides.has(one.partner) !== true;
  const held =
    winner !== undefined && counting.some((one) => isOpen(one) && needsAPerson(one, winner, policy, at));
  const evidence = ranked.map((one): Considered => {
    const refusal = refusals.get(one);
    if (refusal !== undefined) return { ...one, verdict: "refused", reason: refusal };
    const aside = setAside.get(one);
    if (aside !== undefined && one.partner !== winner?.partner)
      return { ...one, verdict: "lost", reason: aside };
    if (held) return { ...one, verdict: "lost", reason: "held" };
    if (one === winner)
      return { ...one, verdict: "won", reason: because ?? winner.route, ...ruleOf(settled) };
    if (settled !== undefined && one.partner !== winner?.partner && settled.sides.has(one.partner))
      return { ...one, verdict: "lost", reason: "other_by_rule" };
    return { ...one, verdict: "lost", reason: lossOf(one, winner as Evidence, facts, policy, at) };
  });
  if (held) return { outcome: "held", because: "conflict", evidence };
  if (winner === undefined)
    return { outcome: "unattributed", because: unattributedReason(facts, refusals), evidence };
  const { partner, route } = winner;
  if (partner === null) return { outcome: "unattributed", because: "ruled_nobody", evidence };
  return { outcome: "credited", partner, because: because ?? route, winner, evidence };
}

const ruleOf = (settled: Settled | undefined) => (settled === undefined ? {} : { rule: settled.rule });

/** Holds a credit to a partner that was suspended when the purchase came in, or when what speaks for it came later. */
export function holdSuspended(decision: Decision, at: Instant): Decision {
  if (decision.outcome !== "credited") return decision;
  const { winner } = decision;
  const { partnerSuspendedAt: since, seenAt } = winner;
  if (since === undefined || isRuling(winner) || since > Math.max(at, seenAt)) return decision;
  return { outcome: "held", because: "partner_suspended", evidence: decision.evidence.map(heldBack) };
}

const heldBack = (one: Considered): Considered =>
  one.verdict === "won" ? { ...one, verdict: "lost", reason: "held" } : one;

/** Looks at a credit with what is known around the order: what is suspicious waits for a person, or is only said. */
export function weighSuspicions(
  decision: Decision,
  { facts, trust, policy, at }: { facts: AttributionFacts; trust: TrustFacts; policy: Policy; at: Instant },
): Decision {
  if (decision.outcome !== "credited") return decision;
  const { winner, evidence } = decision;
  const counting = evidence.filter(({ verdict }) => verdict !== "refused");
  const suspicions = suspicionsOf({ winner, counting }, facts, trust, policy, at);
  if (suspicions.length === 0) return decision;
  const reason = suspicions.find(({ policy: what }) => what === "hold")?.code;
  if (reason === undefined) return { ...decision, suspicions };
  return { outcome: "held", because: reason, evidence: evidence.map(heldBack), suspicions };
}

/** Whether evidence contradicts the winner so that the policy wants a person to decide. A ruling is a person's word. */
function needsAPerson(evidence: Evidence, winner: Evidence, policy: Policy, at: Instant): boolean {
  if (policy.onConflict === "credit_first" || winner.kind === "manual") return false;
  if (evidence.partner === winner.partner || isLate(evidence, at)) return false;
  return evidence.kind === winner.kind || (policy.onConflict === "hold_any" && isInstalled(evidence));
}

function unattributedReason(
  facts: AttributionFacts,
  refusals: ReadonlyMap<Evidence, RefusedReason>,
): UnattributedReason {
  const found = new Set<UnattributedReason>(refusals.values());
  if (facts.unknownReference) found.add("reference_unknown");
  return unattributedReasons.find((reason) => found.has(reason)) ?? "no_evidence";
}

function lossOf(
  evidence: Evidence,
  winner: Evidence,
  { firstCredit }: AttributionFacts,
  policy: Policy,
  at: Instant,
): LostReason {
  if (evidence.partner === winner.partner) return "agrees";
  if (isRuling(winner)) return "overruled";
  if (isLate(evidence, at)) return "seen_later";
  if (isBehindFirstCredit(evidence, firstCredit) && !isBehindFirstCredit(winner, firstCredit))
    return "credited_first";
  if (isBehindInstalled(evidence, winner, policy)) return "installed_first";
  return evidence.kind === winner.kind ? "seen_later" : "weaker_kind";
}
