import { contestedBlock } from "../disputes/contested-block.ts";
import { mergedBlock } from "../payouts/merged-block.ts";
import type { PayoutBlockSource } from "../payouts/payout-block.ts";
import { suspendedBlock } from "../payouts/suspended-block.ts";
import { findUnacceptedStatement } from "../statements/answer-statement.ts";

/** Where the vendor writes a partner's invoices, it pays what the partner has accepted. */
const statementUnaccepted: PayoutBlockSource = async (tx, _, { partner, now }) => {
  const number = await findUnacceptedStatement(tx, { partner, now });
  if (number === undefined) return [];
  const detail = `The partner has not accepted ${number}: \`statement accept\`, or the partner's own word.`;
  return [{ reason: "statement_unaccepted", detail, amountMinor: null }];
};

/** Who may hold a partner's payouts beside its details: a room that has a reason has a line here. */
export const payoutBlocks: readonly PayoutBlockSource[] = [
  statementUnaccepted,
  contestedBlock,
  suspendedBlock,
  mergedBlock,
];
