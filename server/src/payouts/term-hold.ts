import type { Config } from "../config/config.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant, isoTime } from "../words/clock.ts";
import type { BlockQuestion, PayoutBlock } from "./payout-block.ts";
import { listTermsGained } from "./rows/held-terms.ts";

/** What closes booked after this moment waits, as an order's credit does: for the hold days of the configuration. */
export const termsHeldSince = ({ holdDays }: Pick<Config, "holdDays">, now: Instant): Instant =>
  addDays(now, -holdDays);

/** What a close gave a partner is held back until the hold days have passed; what it took counts at once. */
export async function heldTerms(
  tx: Tx,
  config: Pick<Config, "holdDays">,
  { partner, currency, now }: BlockQuestion,
): Promise<PayoutBlock[]> {
  const since = termsHeldSince(config, now);
  const rows = await listTermsGained(tx, { partner_id: partner, currency, since });
  return rows.map(({ closed_in, term, change_minor, closed_at }) => ({
    reason: "term_held",
    detail: `The term ${term} of ${closed_in} waits until ${isoTime(
      addDays(instant(Number(closed_at)), config.holdDays),
    )}, as the credit of an order does.`,
    amountMinor: Number(change_minor),
  }));
}
