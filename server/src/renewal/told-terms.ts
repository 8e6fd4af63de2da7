import type { Ways } from "../orders/decide/ways.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import type { LicenceHash, PartnerId, ProductId } from "../words/ids.ts";
import { insertTerm, listTerms, termsAtMost } from "./rows/licence-terms.ts";

/** A copy's word on when its licence ends. */
export interface ToldTerm {
  product: ProductId;
  licence: LicenceHash;
  /** The partner the licence is bound to. */
  partner: PartnerId;
  expiresAt: Instant;
}

const longestDays = 3_660;
const secondMs = 1_000;

/**
 * Keeps what a copy said of its licence's end, where the licence is bound to its own partner. A claim like everything that
 * a copy says: what is long past or more than ten years ahead is passed over, and so is the 33rd end of one licence.
 */
export async function noteTerm(
  tx: Tx,
  { product, licence, partner, expiresAt }: ToldTerm,
  now: Instant,
): Promise<void> {
  if (expiresAt < addDays(now, -longestDays) || expiresAt > addDays(now, longestDays)) return;
  const about = { licence_hash: licence, product };
  // Without fractions, so that one end told twice is one.
  const expires_at = instant(Math.floor(expiresAt / secondMs) * secondMs);
  const known = await listTerms(tx, about);
  if (known.length >= termsAtMost || known.some((one) => one.expires_at === expires_at)) return;
  await insertTerm(tx, { ...about, expires_at, partner_id: partner, told_at: now });
}

/** What copies told of a licence's terms, the earliest told first. */
export const findTerms: Ways["findTerms"] = async (tx, { licence, product }) =>
  (await listTerms(tx, { licence_hash: licence, product })).map(({ partner_id, expires_at, told_at }) => ({
    partner: partner_id,
    expiresAt: expires_at,
    toldAt: told_at,
  }));
