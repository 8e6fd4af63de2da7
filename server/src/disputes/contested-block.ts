import type { PayoutBlockSource } from "../payouts/payout-block.ts";
import { listContested } from "./rows/disputes.ts";

/**
 * Holds back what contested orders brought a partner, whoever contests them, until they are ruled on: no more of its
 * payout than that, so that nobody stops another's money by contesting.
 */
export const contestedBlock: PayoutBlockSource = async (tx, { config }, { partner, currency }) => {
  if (config.disputes.hold === "nothing") return [];
  const orders = await listContested(tx, { partner_id: partner, currency });
  const amountMinor = orders.reduce((sum, row) => sum + Math.max(0, Number(row.payable_minor)), 0);
  return amountMinor === 0
    ? []
    : [
        {
          reason: "contested",
          detail: "Orders of this amount are contested and wait for a ruling.",
          amountMinor,
        },
      ];
};
