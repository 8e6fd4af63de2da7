import type { Evidence, EvidenceRoute } from "../attribution/evidence.ts";
import {
  type EarlierOrder,
  type EvidenceQuestion,
  type EvidenceSource,
  type FoundPiece,
  standingOf,
} from "../orders/decide/evidence-source.ts";
import { addDays, type Instant } from "../words/clock.ts";
import { type FoundClick, findClick } from "./rows/clicks.ts";

/** The renewal links that the customer clicked before this purchase and before earlier ones of the same copy. */
export const findClickEvidence: EvidenceSource = async (tx, about) => {
  const { order, click, earlier } = about;
  const found: FoundPiece[] = [];
  if (click !== undefined) {
    const evidence = clickEvidence(click, "click_reference", click.clicked_at);
    found.push({ evidence: { ...evidence, endsAt: endOf(click, about) }, rateBp: click.partner_rate_bp });
  }
  for (const before of earlier) {
    const { reference } = before.order;
    if (reference === null || reference === order.reference) continue;
    const its = await findClick(tx, reference);
    if (its !== undefined)
      found.push({ evidence: earlierClick(its, before, about), rateBp: its.partner_rate_bp });
  }
  return found;
};

/** A click counts for later purchases from the one it led to, and not at all if it was too old for that already. */
function earlierClick(click: FoundClick, before: EarlierOrder, about: EvidenceQuestion): Evidence {
  const { order, route, knownAt, lost } = before;
  const endsAt = endOf(click, about);
  return {
    ...clickEvidence(click, route, knownAt > click.clicked_at ? knownAt : click.clicked_at),
    boughtAt: order.occurred_at,
    ...(order.received_at > endsAt ? { endsAt } : {}),
    ...(lost > 0 ? { purchaseLost: lost } : {}),
  };
}

const endOf = (click: FoundClick, { referenceDays }: EvidenceQuestion): Instant =>
  addDays(click.clicked_at, referenceDays);

const clickEvidence = (click: FoundClick, route: EvidenceRoute, seenAt: Instant): Evidence => ({
  kind: "token",
  route,
  partner: click.partner_id,
  seenAt,
  windowFrom: click.token_issued_at,
  product: click.product,
  token: click.jti,
  ...standingOf(click),
});
