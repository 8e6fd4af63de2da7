import type { Instant } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { shareMinor } from "../words/money.ts";

/** One line of a sale, as pay depends on it. */
export interface SaleLine {
  /** Unique within the order. */
  line: string;
  kind: string;
  product?: string | undefined;
  /** Units. */
  quantity: number;
  /** Minor units without tax, after discounts; below zero for a line that lowers the order. */
  netMinor: number;
}

/** What pay for a sale depends on, beside the plan and the chain. */
export interface Sale {
  currency: Currency;
  soldAt: Instant;
  /** ISO 3166-1 alpha-2, where the shop tells it. */
  country?: string | undefined;
  /** The kind of evidence that won. */
  evidence: string;
  /** How many sales of the same copy came before it: 0 for the first. */
  renewal: number;
  /** When the first of them was made; `soldAt` for the first itself. */
  firstSoldAt: Instant;
  lines: readonly SaleLine[];
}

/** A partner in the chain of a sale, as it stood on the day of the sale. */
export interface ChainPartner {
  partner: PartnerId;
  kind: string;
  /** Since when it is a partner. */
  since: Instant;
  /** True when its agreement had ended: nothing is paid to it. */
  ended: boolean;
}

/**
 * The lines with what lowers the order taken off them: each of the others bears its part of the lines below zero, to the
 * last minor unit, so that every line is zero or more and they sum to what the order brought.
 */
export function bearReductions(lines: readonly SaleLine[]): readonly SaleLine[] {
  if (lines.every((one) => one.netMinor >= 0)) return lines;
  const positive = lines.filter((one) => one.netMinor > 0).reduce((sum, one) => sum + one.netMinor, 0);
  const whole = Math.max(
    0,
    lines.reduce((sum, one) => sum + one.netMinor, 0),
  );
  const nets = shareOut(
    lines.map((one) => Math.max(0, one.netMinor)),
    { whole, of: positive },
  );
  return lines.map((one, at) => ({ ...one, netMinor: nets[at] ?? 0 }));
}

/** Amounts lowered so that they sum to `whole` rather than to `of`, each in proportion and none above what it was. */
export function shareOut(
  amounts: readonly number[],
  { whole, of }: { whole: number; of: number },
): readonly number[] {
  if (of <= whole) return amounts;
  let before = 0;
  let given = 0;
  return amounts.map((amount) => {
    before += amount;
    const until = shareMinor(whole, before, of);
    const part = until - given;
    given = until;
    return part;
  });
}
