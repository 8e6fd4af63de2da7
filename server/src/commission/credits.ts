import type { Credit } from "../ledger/transfer.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { shareMinor } from "../words/money.ts";

/** What a sale brings the vendor. */
export interface Earnings {
  /** Minor units, without tax. */
  netMinor: number;
  currency: Currency;
}

/** A partner's commission plan: a share of the net amount. */
export interface Plan {
  partner: PartnerId;
  /** Basis points: 2000 is 20 %. */
  rateBp: number;
}

const wholeBp = 10_000;

/** What partners are credited for a sale at its full amount, rounded half away from zero. The rates are frozen in it. */
export function creditsFor(plan: Plan, earnings: Earnings): Credit[] {
  return [
    {
      partner: plan.partner,
      amountMinor: shareMinor(earnings.netMinor, plan.rateBp, wholeBp),
      currency: earnings.currency,
      rateBp: plan.rateBp,
    },
  ];
}
