import type { ClaimDay, LicenceKnowledge } from "../attribution/suspicions.ts";
import type { Ways } from "../orders/decide/ways.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { findClaimDay, findLicenceCheck } from "./rows/claims.ts";

const dayMilliseconds = 86_400_000;
const historyDays = 90;

/** The day that claims of an instant are counted on. */
export const claimDayOf = (at: Instant): number => Math.floor(at / dayMilliseconds);

/** What is known of a copy's claim on a licence: the partner's day, and the vendor's word where it was asked for. */
export const findClaim: Ways["findClaim"] = async (tx, { partner, madeAt, licence, product }) => {
  const claimDay = await readDay(tx, partner, claimDayOf(madeAt));
  const check =
    licence === null || product === null ? undefined : await findLicenceCheck(tx, licence, product);
  if (check === undefined) return { claimDay };
  const knowledge: LicenceKnowledge = {
    known: check.known === 1,
    ...(check.sold_at === null ? {} : { soldAt: check.sold_at }),
  };
  return { claimDay, licence: knowledge };
};

async function readDay(tx: Tx, partner: PartnerId, day: number): Promise<ClaimDay> {
  const sums = await findClaimDay(tx, { partner_id: partner, day, since: day - historyDays });
  const days = Math.max(1, Number(sums?.days_before ?? 0));
  return {
    claims: Number(sums?.claims ?? 0),
    unsold: Number(sums?.unsold ?? 0),
    usualClaims: Number(sums?.claims_before ?? 0) / days,
    usualUnsold: Number(sums?.unsold_before ?? 0) / days,
  };
}
