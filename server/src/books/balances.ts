import type { Deps } from "../deps/deps.ts";
import type { BalanceSums } from "../ledger/check.ts";
import { as } from "../words/ids.ts";
import { sumBalances } from "./rows/ledger-lists.ts";

/** What a partner has in one currency, in minor units. `payableMinor` may be negative after a late refund. */
export interface Balance {
  partner: string;
  currency: string;
  heldMinor: number;
  payableMinor: number;
  paidMinor: number;
}

/** Balances by partner and currency, of all partners or of one. */
export async function readBalances(
  deps: Pick<Deps, "store">,
  filter: { partner?: string } = {},
): Promise<Balance[]> {
  const { partner } = filter;
  const rows = await deps.store.read((tx) =>
    sumBalances(tx, partner === undefined ? {} : { partner: as.partner(partner) }),
  );
  return rows.map(balanceOfRow);
}

/** A row of sums as the pure core reads it. */
export const balanceOfRow = (row: Awaited<ReturnType<typeof sumBalances>>[number]): BalanceSums => ({
  partner: row.partner_id,
  currency: row.currency,
  heldMinor: Number(row.held_minor),
  payableMinor: Number(row.payable_minor),
  paidMinor: Number(row.paid_minor),
});
