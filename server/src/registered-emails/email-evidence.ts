import type { Considered } from "../attribution/decide.ts";
import { findPartner } from "../channel/rows/partners.ts";
import { type EvidenceSource, type FoundPiece, standingOf } from "../orders/decide/evidence-source.ts";
import { standingRow } from "../orders/decide/merged-evidence.ts";
import { findDecision } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import type { Tx } from "../store/store.ts";
import { findRegisteredEmails } from "./rows/registered-emails.ts";
import { everyProduct } from "./rows/schema.ts";

/**
 * The partners that registered the buyer's address. A registration for one product says nothing of another. One that
 * was erased, or taken over since, still counts for an order that was decided on it: erasing takes no money back.
 */
export const findEmailEvidence: EvidenceSource = async (tx, { order, buyerIsRegistered }) => {
  const { email_hash } = order;
  const found = email_hash !== null && buyerIsRegistered ? await findRegistered(tx, email_hash) : [];
  if (order.decision_seq === 0) return found;
  const isThere = (piece: FoundPiece) =>
    found.some(
      ({ evidence }) =>
        evidence.partner === piece.evidence.partner && evidence.seenAt === piece.evidence.seenAt,
    );
  return [...found, ...(await findRecorded(tx, order)).filter((piece) => !isThere(piece))];
};

async function findRegistered(tx: Tx, email: NonNullable<OrderRow["email_hash"]>): Promise<FoundPiece[]> {
  return (await findRegisteredEmails(tx, email)).map((row) => ({
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
  }));
}

/** What the decision in force knew, as its record keeps it. */
async function findRecorded(tx: Tx, order: OrderRow): Promise<FoundPiece[]> {
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  const found: FoundPiece[] = [];
  for (const considered of JSON.parse(decision?.evidence ?? "[]") as Considered[]) {
    if (considered.kind !== "email" || considered.partner === null) continue;
    const { verdict: _, reason: __, mergedFrom, ...evidence } = considered;
    const named = mergedFrom ?? considered.partner;
    const partner = await findPartner(tx, named);
    if (partner === undefined) throw new Error("a partner that was decided on is there for good");
    found.push({
      evidence: {
        ...evidence,
        partner: named,
        ...standingOf(standingRow(partner)),
      },
      rateBp: partner.percent_bp,
    });
  }
  return found;
}
