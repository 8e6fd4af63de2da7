import type { Considered, Decision } from "../../attribution/decide.ts";
import { type LossRow, lossFactOf } from "../../events/rows/events.ts";
import { foreignLosses } from "../../ledger/loss.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderRow } from "../rows/schema.ts";

/**
 * A decision that credits an order of which something was lost in another currency becomes a hold: how much it is in the
 * order's own a person has to say. What she knew of when she ruled is settled by her ruling.
 */
export function holdForeignLoss(decision: Decision, order: OrderRow, losses: readonly LossRow[]): Decision {
  if (decision.outcome !== "credited" || losses.length === 0) return decision;
  const { winner } = decision;
  const open = winner.route === "ruling" ? unknownAt(losses, winner.seenAt) : losses;
  if (!foreignLosses(open.map(lossFactOf), order.currency)) return decision;
  const evidence = decision.evidence.map(
    (one): Considered => (one.verdict === "won" ? { ...one, verdict: "lost", reason: "held" } : one),
  );
  return { outcome: "held", because: "loss_currency", evidence };
}

/** Those of which nothing was known at an instant: the end of a dispute that was open by then tells nothing new. */
function unknownAt(losses: readonly LossRow[], at: Instant): readonly LossRow[] {
  const name = ({ movement_id, object_id, link_id, cumulative }: LossRow) =>
    cumulative === 1 ? link_id : (movement_id ?? object_id);
  const known = new Set(losses.filter(({ received_at }) => received_at <= at).map(name));
  return losses.filter((one) => !known.has(name(one)));
}
