import type { Instant } from "../words/clock.ts";
import {
  type AttributionFacts,
  type Evidence,
  type EvidenceKind,
  evidenceRoutes,
  type Policy,
} from "./evidence.ts";

/**
 * Negative when `a` is the stronger. A ruling on the order itself stands above all. What was known at the purchase
 * stands before what came later, and of that, whatever came first, so that an answer once given is never undone by
 * what comes in after it. A copy's claim on what was credited before to another stands back. Then the stronger kind; of one kind, what was known of the copy before this click stands
 * before the click, so that a late link cannot take a customer over; then what was seen first, or bought first. The
 * rest only makes the order total, so that the answer never depends on how the evidence was listed.
 */
export function compareStrength(
  a: Evidence,
  b: Evidence,
  policy: Policy,
  at: Instant,
  firstCredit?: AttributionFacts["firstCredit"],
): number {
  const late = Number(isLate(a, at));
  return (
    Number(isRuling(b)) - Number(isRuling(a)) ||
    late - Number(isLate(b, at)) ||
    late * (a.seenAt - b.seenAt) ||
    Number(isBehindFirstCredit(a, firstCredit)) - Number(isBehindFirstCredit(b, firstCredit)) ||
    rankOf(a, policy) - rankOf(b, policy) ||
    Number(isClick(a)) - Number(isClick(b)) ||
    a.seenAt - b.seenAt ||
    (a.boughtAt ?? 0) - (b.boughtAt ?? 0) ||
    evidenceRoutes.indexOf(a.route) - evidenceRoutes.indexOf(b.route) ||
    (a.coupon?.addedAt ?? 0) - (b.coupon?.addedAt ?? 0) ||
    compareText(a.partner ?? "", b.partner ?? "") ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

/** Whether evidence came after the purchase. The vendor's word on this very order never comes too late. */
export const isLate = (evidence: Evidence, at: Instant): boolean =>
  !isRuling(evidence) && evidence.seenAt > at;

/** Whether it is the vendor's word on this very order. */
export const isRuling = (evidence: Evidence): boolean => evidence.route === "ruling";

/** Whether evidence lies in the copy that was installed, where no link can put it. */
export const isInstalled = (evidence: Evidence): boolean =>
  evidence.route === "licence_binding" || installedKinds.some((kind) => kind === evidence.kind);

/** Kinds that a copy ties to a licence by its own word: whoever has a token, or one box of its own, can name any licence. */
const claimedKinds: ReadonlySet<EvidenceKind> = new Set(["token", "serial", "voucher"]);

/** Whether it is a copy's own word on its licence. */
export const isClaim = ({ kind, route }: Evidence): boolean =>
  claimedKinds.has(kind) && route === "licence_binding";

/**
 * Whether a copy's claim came after the copy had been bought and credited to another partner: what was credited first
 * stands, for as long as anything speaks for it at all.
 */
export const isBehindFirstCredit = (evidence: Evidence, first: AttributionFacts["firstCredit"]): boolean =>
  first !== undefined &&
  isClaim(evidence) &&
  evidence.partner !== first.partner &&
  evidence.seenAt > first.at;

/** Whether a click stands behind what was known of the copy, though its kind may be the stronger one. */
export const isBehindInstalled = (evidence: Evidence, winner: Evidence, policy: Policy): boolean =>
  evidence.kind === winner.kind
    ? isClick(evidence) && !isClick(winner)
    : isOfClick(evidence) &&
      isInstalled(winner) &&
      rankOfKind("token", policy) < rankOfKind(winner.kind, policy);

const installedKinds = ["voucher", "serial"] as const;

const isClick = (evidence: Evidence) => evidence.route === "click_reference";

/** Whether a link is all there is to it: clicked before this purchase or before an earlier one. */
const isOfClick = (evidence: Evidence) => evidence.kind === "token" && evidence.route !== "licence_binding";

/** A click alone never beats what lies in the installed copy, in whatever order the policy puts the kinds. */
function rankOf(evidence: Evidence, policy: Policy): number {
  const rank = rankOfKind(evidence.kind, policy);
  if (!isOfClick(evidence)) return rank;
  const weakestInstalled = Math.max(...installedKinds.map((kind) => policy.order.indexOf(kind)));
  return Math.max(rank, weakestInstalled + 0.5);
}

function rankOfKind(kind: EvidenceKind, policy: Policy): number {
  const rank = policy.order.indexOf(kind);
  return rank === -1 ? policy.order.length : rank;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
