import { type EvidenceSource, type FoundPiece, standingOf } from "../orders/decide/evidence-source.ts";
import { findBindings } from "./rows/registrations.ts";

/** The partners that the licences were bound to when a copy with a token was registered, and later claims on them. */
export const findBindingEvidence: EvidenceSource = async (tx, { licences }) => {
  const found: FoundPiece[] = [];
  for (const [licence, { bound }] of licences)
    for (const binding of bound ? await findBindings(tx, licence) : [])
      found.push({
        evidence: {
          kind: "token",
          route: "licence_binding",
          partner: binding.partner_id,
          seenAt: binding.bound_at,
          windowFrom: binding.bound_at,
          product: binding.product,
          token: binding.jti,
          ...(binding.sold === null ? {} : { claimedSold: binding.sold === 1 }),
          ...(binding.contradicted === 1 ? { copyContradicts: true } : {}),
          ...standingOf(binding),
        },
        rateBp: binding.partner_rate_bp,
      });
  return found;
};
