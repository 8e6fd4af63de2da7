import { type EvidenceSource, type FoundPiece, standingOf } from "../orders/decide/evidence-source.ts";
import { type Instant, instant } from "../words/clock.ts";
import type { VoucherHash } from "../words/ids.ts";
import { findVouchersOfLicence } from "./rows/vouchers.ts";

type Row = Awaited<ReturnType<typeof findVouchersOfLicence>>[number];

/**
 * The partners who sold the vouchers that were exchanged for the serials behind the licences. It is known since the
 * exchange when a licence is the serial itself, and else since the licence was activated with it.
 */
export const findVoucherEvidence: EvidenceSource = async (tx, { licences }) => {
  const found = new Map<VoucherHash, FoundPiece>();
  for (const [licence, { exchanged, activated }] of licences)
    for (const row of exchanged || activated ? await findVouchersOfLicence(tx, licence) : []) {
      const piece = pieceOf(row);
      const before = found.get(row.code_hash);
      if (before === undefined || piece.evidence.seenAt < before.evidence.seenAt)
        found.set(row.code_hash, piece);
    }
  return [...found.values()];
};

function pieceOf(row: Row): FoundPiece {
  const { exchanged_at, activated_at, revoked_at, batch_revoked_at } = row;
  if (exchanged_at === null) throw new Error("a voucher that gave out a serial was exchanged");
  return {
    evidence: {
      kind: "voucher",
      route: "licence_binding",
      partner: row.partner_id,
      seenAt: instant(Math.max(exchanged_at, activated_at ?? 0)),
      windowFrom: exchanged_at,
      product: row.product,
      ...standingOf({ ...row, revoked_at: earlierOf(revoked_at, batch_revoked_at) }),
    },
    rateBp: row.partner_rate_bp,
  };
}

const earlierOf = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other < one) ? other : one;
