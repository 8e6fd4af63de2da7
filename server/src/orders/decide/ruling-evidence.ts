import type { Evidence, EvidenceRoute } from "../../attribution/evidence.ts";
import { type FoundRuling, findRulings } from "../rows/rulings.ts";
import type { OrderRow } from "../rows/schema.ts";
import { type EvidenceSource, type FoundPiece, standingOf } from "./evidence-source.ts";

/**
 * What the vendor ruled: on this order, else on an earlier one of the same copy. Of several the newest stands; for
 * later purchases that of the purchase nearest before them, among those that were known at it.
 */
export const findRulingEvidence: EvidenceSource = async (tx, { order, earlier }) => {
  const own = isRuled(order) ? (await findRulings(tx, order.order_key)).at(-1) : undefined;
  if (own !== undefined) return [pieceOf(own, "ruling")];
  const ruled = earlier.filter((one) => isRuled(one.order));
  let late: FoundPiece | undefined;
  for (const { order: before, route } of ruled)
    for (const ruling of (await findRulings(tx, before.order_key)).reverse()) {
      const piece = pieceOf(ruling, route);
      if (piece.evidence.seenAt <= order.received_at) return [piece];
      if (late === undefined || piece.evidence.seenAt <= late.evidence.seenAt) late = piece;
    }
  return late === undefined ? [] : [late];
};

/**
 * Once the vendor has ruled on an order, that is its reason for good, unless money in another currency went back later:
 * other orders need not be asked for.
 */
const isRuled = ({ reason }: OrderRow): boolean =>
  reason === "ruling" || reason === "ruled_nobody" || reason === "loss_currency";

const pieceOf = (ruling: FoundRuling, route: EvidenceRoute): FoundPiece => ({
  evidence: evidenceOf(ruling, route),
  rateBp: ruling.partner_rate_bp ?? 0,
});

function evidenceOf(ruling: FoundRuling, route: EvidenceRoute): Evidence {
  const { partner_id: partner, ruled_at: seenAt, partner_status, partner_rate_bp } = ruling;
  const names = partner_status !== null && partner_rate_bp !== null;
  const standing = names ? standingOf({ ...ruling, partner_status, partner_rate_bp }) : {};
  return { kind: "manual", route, partner, seenAt, windowFrom: seenAt, ...standing };
}
