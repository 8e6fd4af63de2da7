import type { Evidence, EvidenceRoute } from "../../attribution/evidence.ts";
import { addDays } from "../../clock.ts";
import { type FoundClick, findClick } from "../../store/queries/clicks.ts";
import { type EvidenceSource, type FoundPiece, standingOf } from "./evidence-source.ts";

/** The renewal links that the customer clicked before this purchase and before earlier ones of the same copy. */
export const findClickEvidence: EvidenceSource = async (tx, { order, click, referenceDays, earlier }) => {
  const found: FoundPiece[] = [];
  if (click !== undefined) {
    const evidence = clickEvidence(click, "click_reference");
    const endsAt = addDays(click.clicked_at, referenceDays);
    found.push({ evidence: { ...evidence, endsAt }, rateBp: click.partner_rate_bp });
  }
  for (const { order: other, route } of earlier) {
    if (other.reference === null || other.reference === order.reference) continue;
    const before = await findClick(tx, other.reference);
    if (before !== undefined)
      found.push({ evidence: clickEvidence(before, route), rateBp: before.partner_rate_bp });
  }
  return found;
};

const clickEvidence = (click: FoundClick, route: EvidenceRoute): Evidence => ({
  kind: "token",
  route,
  partner: click.partner_id,
  seenAt: click.clicked_at,
  windowFrom: click.token_issued_at,
  product: click.product,
  token: click.jti,
  ...standingOf(click),
});
