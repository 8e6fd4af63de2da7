import type { Instant } from "../words/clock.ts";
import type { Currency } from "../words/ids.ts";

/** The effects of events that take money back, or give it back again. */
type LossEffect =
  | "refund"
  | "dispute_opened"
  | "dispute_won"
  | "dispute_lost"
  | "dispute_reversed"
  | "payment"
  | "restored";

/** What the receiver keeps of an event that may take money back. Amounts in minor units. */
export interface LossFact {
  effect: LossEffect;
  /** The refund, dispute or payment it tells of, the same in each of its statuses. */
  movement: string;
  /** The payment or order a refund is of: running totals are one payment's, and an order may have several. */
  payment: string;
  /** Every name of that payment, where it goes by several. */
  alsoNamed?: readonly string[];
  /** What `payment` is a name of, where the payment may go by a name of the other kind that was not told. */
  soleName?: "charge" | "intent" | undefined;
  /** `pending` and `done` count, the others say that nothing moved; `whole` says that nothing is left. */
  status: "pending" | "done" | "failed" | "cancelled" | "deleted" | "whole";
  /** True of a running total. */
  cumulative: boolean;
  grossMinor: number;
  /** Without tax, where the shop tells it apart. */
  netMinor: number | undefined;
  lines: readonly { line: string; netMinor: number; taxMinor: number }[];
  currency: Currency | null;
  /** When it became so, by the shop's clock. */
  at: Instant;
  /** When the movement began. */
  createdAt: Instant | undefined;
}

/** An amount that went (above zero) or came back (below), with its net where that is known. */
export interface Term {
  grossMinor: number;
  netMinor: number | undefined;
  lines: LossFact["lines"];
}
