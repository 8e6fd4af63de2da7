import type { Currency, PartnerId } from "../words/ids.ts";

/**
 * The accounts of one partner. `expense` is the vendor's commission expense for that partner; `held` and `payable`
 * are what the vendor owes; `paid` is what has left the vendor's bank; `reward` is what is set aside for the partner's
 * customers.
 */
export const transferAccounts = ["expense", "held", "payable", "paid", "reward"] as const;
/** One of a partner's accounts. */
export type TransferAccount = (typeof transferAccounts)[number];

/** Why money moved between two accounts for an order. */
const orderTransferKinds = ["credit", "reversal", "reinstatement", "release"] as const;
/**
 * Why money moved for a partner, beside orders: sent to the bank and come back from it, booked by a person, worked out
 * at the close of a period (`term`), brought along from another programme (`opening`), set aside for a customer who
 * renewed, taken back from there, and used by the customer.
 */
const partnerTransferKinds = [
  "payout",
  "payout_return",
  "adjustment",
  "allowance",
  "bonus",
  "term",
  "opening",
  "reward",
  "reward_return",
  "reward_redeemed",
] as const;
/** Why money moved between two accounts. */
export const transferKinds = [...orderTransferKinds, ...partnerTransferKinds] as const;
/** One reason for money to move. */
export type TransferKind = (typeof transferKinds)[number];

/** One movement between two accounts of a partner. It debits what it credits, so the books always balance. */
export interface Transfer {
  partner: PartnerId;
  kind: TransferKind;
  debit: TransferAccount;
  credit: TransferAccount;
  /** Minor units, more than zero. */
  amountMinor: number;
  currency: Currency;
}

/** What a partner is credited for one order at its full amount, before refunds. Frozen in the decision. */
export interface Credit {
  partner: PartnerId;
  amountMinor: number;
  currency: Currency;
  /** Basis points of the net amount. */
  rateBp: number;
  /** The line it is for, where a plan pays by line; it shrinks with that line. */
  line?: string;
  /** What that line brought, without tax. */
  lineNetMinor?: number;
  /** The plan's rule that pays it. */
  rule?: string;
}
