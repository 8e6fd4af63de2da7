import { type EvidenceSource, standingOf } from "../orders/decide/evidence-source.ts";
import { instant } from "../words/clock.ts";
import { findDealsOfBuyer } from "./rows/deals.ts";

/**
 * The partners that had registered the buyer, by its address or its domain. A deal counts from when it was accepted to the
 * end of its protection, for the vendor's own sales too: nobody closes over the partner's head unseen.
 */
export const findDealEvidence: EvidenceSource = async (tx, { order, hasDeals }) => {
  const { email_hash, email_domain_hash, email_site_hash } = order;
  if (!hasDeals || email_hash === null) return [];
  const rows = await findDealsOfBuyer(tx, { email_hash, email_domain_hash, email_site_hash });
  return rows.flatMap((row) => {
    const { accepted_at: acceptedAt, protected_until: until, ended_at: endedAt } = row;
    if (acceptedAt === null || until === null) return [];
    return [
      {
        evidence: {
          kind: "deal" as const,
          route: "order_field" as const,
          partner: row.partner_id,
          seenAt: acceptedAt,
          windowFrom: acceptedAt,
          endsAt: instant(Math.min(until, endedAt ?? until)),
          ...(row.product === null ? {} : { product: row.product }),
          ...(row.territory === null ? {} : { territory: row.territory }),
          ...standingOf(row),
        },
        rateBp: row.partner_rate_bp,
      },
    ];
  });
};
