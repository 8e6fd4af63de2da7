import type { PayoutBlockSource } from "./payout-block.ts";
import { findMergedDebts } from "./rows/merged.ts";

/**
 * What a firm owes under the id that it had before a merge is held back from what it is paid under the other. The
 * former account stays its own, and is negative for as long as nothing is booked there.
 */
export const mergedBlock: PayoutBlockSource = async (tx, _deps, { partner, currency }) => {
  const debts = await findMergedDebts(tx, { partner_id: partner, currency });
  return debts.map(({ partner_id, payable_minor }) => ({
    reason: "merged_debt",
    detail: `The account of ${partner_id}, which was merged into this one, is negative by this amount.`,
    amountMinor: -Number(payable_minor),
  }));
};
