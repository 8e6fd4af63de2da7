import type { Currency, PartnerId } from "../words/ids.ts";
import type { Loss } from "./loss.ts";
import { remainingOfCredits } from "./remaining.ts";
import type { Credit, Transfer, TransferAccount, TransferKind } from "./transfer.ts";

/** An order's credits as they should be, and the movements booked so far. */
export interface Settlement {
  /** The decision in force, at full amounts; none when nobody is credited. */
  credits: readonly Credit[];
  booked: readonly Transfer[];
  loss: Loss;
  /** True once the holding period has ended: further credit is payable at once. */
  released: boolean;
}

/**
 * The movements that are still missing for an order's ledger to be as it should. A payout belongs to a partner and not
 * to an order, so a reversal after it makes the partner's payable balance negative, and that carries over. It compares what should stand with
 * what was booked, so the order in which sale, refunds and disputes arrive does not matter, and settling twice
 * books nothing.
 */
export function settleOrder(settlement: Settlement): Transfer[] {
  const { credits, booked } = settlement;
  const left = remainingOfCredits(credits, settlement.loss);
  const transfers: Transfer[] = [];
  for (const { partner, currency } of owners(credits, booked)) {
    const mine = booked.filter((transfer) => transfer.partner === partner && transfer.currency === currency);
    const standing = { held: balanceOf(mine, "held"), payable: balanceOf(mine, "payable") };
    const owed = credits.reduce(
      (sum, credit, at) =>
        credit.partner === partner && credit.currency === currency ? sum + (left[at] ?? 0) : sum,
      0,
    );
    const change = owed - standing.held - standing.payable;
    transfers.push(...movements({ partner, currency, change, held: standing.held, mine, settlement }));
  }
  return transfers;
}

/** The movement that ends an order's holding period for one partner and currency; none when nothing is held. */
export function releaseHeld(booked: readonly Transfer[]): Transfer[] {
  return owners([], booked).flatMap(({ partner, currency }) => {
    const mine = booked.filter((transfer) => transfer.partner === partner && transfer.currency === currency);
    const amountMinor = balanceOf(mine, "held");
    if (amountMinor <= 0) return [];
    return [{ partner, currency, amountMinor, kind: "release", debit: "held", credit: "payable" } as const];
  });
}

/** What transfers leave on a partner's account, in minor units: credits less debits. */
export function balanceOf(transfers: readonly Transfer[], account: TransferAccount): number {
  let sum = 0;
  for (const transfer of transfers) {
    if (transfer.credit === account) sum += transfer.amountMinor;
    if (transfer.debit === account) sum -= transfer.amountMinor;
  }
  return sum;
}

interface Change {
  partner: PartnerId;
  currency: Currency;
  change: number;
  held: number;
  mine: readonly Transfer[];
  settlement: Settlement;
}

function movements({ partner, currency, change, held, mine, settlement }: Change): Transfer[] {
  if (change > 0) {
    const kind: TransferKind = mine.some((transfer) => transfer.kind === "reversal")
      ? "reinstatement"
      : "credit";
    const credit = settlement.released ? "payable" : "held";
    return [{ partner, currency, kind, debit: "expense", credit, amountMinor: change }];
  }
  const fromHeld = Math.min(-change, Math.max(held, 0));
  const fromPayable = -change - fromHeld;
  const reversal = { partner, currency, kind: "reversal", credit: "expense" } as const;
  return [
    { ...reversal, debit: "held", amountMinor: fromHeld } as const,
    { ...reversal, debit: "payable", amountMinor: fromPayable } as const,
  ].filter((transfer) => transfer.amountMinor > 0);
}

function owners(credits: readonly Credit[], booked: readonly Transfer[]) {
  const seen = new Map<string, { partner: PartnerId; currency: Currency }>();
  for (const { partner, currency } of [...credits, ...booked])
    seen.set(`${partner} ${currency}`, { partner, currency });
  return [...seen.values()];
}
