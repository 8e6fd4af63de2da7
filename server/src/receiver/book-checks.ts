import { adjustmentCheck } from "../adjustments/adjustment-check.ts";
import type { BookCheck } from "../books/book-check.ts";
import { dealCheck } from "../deals/deal-check.ts";
import { importBookCheck } from "../imports/import-book-check.ts";
import { payoutCheck } from "../payouts/payout-check.ts";
import { periodCheck } from "../periods/period-check.ts";
import { receiptCheck } from "../receipts/receipt-check.ts";
import { rewardCheck } from "../rewards/reward-check.ts";
import { statementCheck } from "../statements/statement-check.ts";

/** Who explains the bookings that no order does: a room that books under a source of its own has a line here. */
export const bookChecks: readonly BookCheck[] = [
  adjustmentCheck,
  dealCheck,
  importBookCheck,
  payoutCheck,
  periodCheck,
  rewardCheck,
  statementCheck,
  receiptCheck,
];
