import { findRegisteredEmails } from "../../store/queries/registered-emails.ts";
import { everyProduct } from "../../store/schema-registered-emails.ts";
import { type EvidenceSource, type FoundPiece, standingOf } from "./evidence-source.ts";

/** The partners that registered the buyer's address. A registration for one product says nothing of another. */
export const findEmailEvidence: EvidenceSource = async (tx, { order }) => {
  if (order.email_hash === null) return [];
  const found: FoundPiece[] = [];
  for (const row of await findRegisteredEmails(tx, order.email_hash))
    found.push({
      evidence: {
        kind: "email",
        route: "order_field",
        partner: row.partner_id,
        seenAt: row.registered_at,
        windowFrom: row.registered_at,
        ...(row.product === everyProduct ? {} : { product: row.product }),
        ...standingOf(row),
      },
      rateBp: row.partner_rate_bp,
    });
  return found;
};
