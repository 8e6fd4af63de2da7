import type { Evidence } from "../../attribution/evidence.ts";
import { findPartner } from "../../channel/rows/partners.ts";
import type { PartnerRow } from "../../channel/rows/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import { type FoundPiece, standingOf } from "./evidence-source.ts";

/**
 * Evidence as it counts for a purchase: what names a partner that had been merged into another by then is the other's, with
 * its standing and rate. A ruling on the order itself stays as the vendor made it.
 *
 * @param heirs is filled with who stands for whom
 */
export async function asMerged(
  tx: Tx,
  { evidence: { merged, ...evidence }, rateBp }: FoundPiece,
  { at, heirs }: { at: Instant; heirs: Map<PartnerId, PartnerId> },
): Promise<{ evidence: Evidence; rateBp: number }> {
  const { partner } = evidence;
  if (merged === undefined || partner === null || merged.at > at || evidence.route === "ruling")
    return { evidence, rateBp };
  const heir = await findPartner(tx, merged.into);
  if (heir === undefined) throw new Error("a partner that another was merged into is there for good");
  heirs.set(partner, heir.id);
  const { partnerEndedAt: _, partnerSuspendedAt: _s, ...told } = withoutAddress(evidence);
  const { merged: _m, ...standing } = standingOf(standingRow(heir));
  return {
    evidence: { ...told, ...standing, partner: heir.id, mergedFrom: partner },
    rateBp: heir.percent_bp,
  };
}

const withoutAddress = ({
  partnerEmail: _,
  partnerEmailDomain: _d,
  partnerAlias: _a,
  partnerSite: _s,
  ...kept
}: Evidence): Evidence => kept;

/** A partner's row as the queries of evidence have it. */
export const standingRow = (partner: PartnerRow) => ({
  partner_status: partner.status,
  partner_ended_at: partner.ended_at,
  partner_suspended_at: partner.suspended_at,
  partner_merged_into: partner.merged_into,
  partner_merged_at: partner.merged_at,
  partner_email: partner.email_hash,
  partner_email_domain: partner.email_domain_hash,
  partner_alias: partner.email_alias_hash,
  partner_site: partner.email_site_hash,
  partner_rate_bp: partner.percent_bp,
});
