import type { Currency, PartnerId } from "../words/ids.ts";
import type { Loss } from "./loss.ts";
import { balanceOf, settleOrder } from "./settle.ts";
import type { Credit, Transfer, TransferAccount, TransferKind } from "./transfer.ts";

const toOrFromPayable = [
  ["expense", "payable"],
  ["payable", "expense"],
] as const;

/** Which accounts a movement of a kind may run between. */
const lawful: Record<TransferKind, readonly (readonly [debit: TransferAccount, credit: TransferAccount])[]> =
  {
    credit: [
      ["expense", "held"],
      ["expense", "payable"],
    ],
    reinstatement: [
      ["expense", "held"],
      ["expense", "payable"],
    ],
    reversal: [
      ["held", "expense"],
      ["payable", "expense"],
    ],
    release: [["held", "payable"]],
    payout: [["payable", "paid"]],
    payout_return: [["paid", "payable"]],
    adjustment: toOrFromPayable,
    allowance: toOrFromPayable,
    bonus: toOrFromPayable,
    term: toOrFromPayable,
    opening: [
      ...toOrFromPayable,
      ["expense", "held"],
      ["held", "expense"],
      ["expense", "paid"],
      ["paid", "expense"],
    ],
    reward: [
      ["payable", "reward"],
      ["expense", "reward"],
    ],
    reward_return: [
      ["reward", "payable"],
      ["reward", "expense"],
    ],
    reward_redeemed: [["reward", "expense"]],
  };

/** What is wrong with one order's journal; nothing when it is as its decision, refunds and disputes say. */
export function checkOrderJournal(order: {
  credits: readonly Credit[];
  transfers: readonly Transfer[];
  loss: Loss;
  released: boolean;
}): string[] {
  const failures: string[] = [];
  for (const { kind, debit, credit, amountMinor } of order.transfers) {
    if (!(Number.isSafeInteger(amountMinor) && amountMinor > 0))
      failures.push(`a ${kind} of ${amountMinor} is not a positive whole amount`);
    if (!isLawful({ kind, debit, credit }))
      failures.push(`a ${kind} may not move from ${debit} to ${credit}`);
  }
  const { credits, transfers: booked, loss, released } = order;
  for (const missing of settleOrder({ credits, booked, loss, released }))
    failures.push(
      `a ${missing.kind} of ${missing.amountMinor} ${missing.currency} for ${missing.partner} is missing or was booked in excess`,
    );
  const held = balanceOf(booked, "held");
  if (released && held !== 0) failures.push(`${held} is still held though the order was released`);
  return failures;
}

/** Whether a movement of its kind may run between these accounts. */
export const isLawful = ({ kind, debit, credit }: Pick<Transfer, "kind" | "debit" | "credit">): boolean =>
  lawful[kind]?.some(([from, to]) => from === debit && to === credit) ?? false;

/** What a partner has on the accounts, in minor units. */
export interface BalanceSums {
  partner: PartnerId;
  currency: Currency;
  heldMinor: number;
  payableMinor: number;
  paidMinor: number;
}

/** Where the kept sums differ from what the journal adds up to. */
export function checkBalances(kept: readonly BalanceSums[], journal: readonly BalanceSums[]): string[] {
  const failures: string[] = [];
  const name = (sums: BalanceSums) => `${sums.partner} ${sums.currency}`;
  const journalByName = new Map(journal.map((sums) => [name(sums), sums]));
  const keptByName = new Map(kept.map((sums) => [name(sums), sums]));
  for (const key of new Set([...journalByName.keys(), ...keptByName.keys()])) {
    const a = keptByName.get(key);
    const b = journalByName.get(key);
    for (const account of ["heldMinor", "payableMinor", "paidMinor"] as const)
      if ((a?.[account] ?? 0) !== (b?.[account] ?? 0))
        failures.push(
          `${key}: ${account} is kept as ${a?.[account] ?? 0}, the journal adds up to ${b?.[account] ?? 0}`,
        );
  }
  return failures;
}
