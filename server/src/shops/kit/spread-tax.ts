import { shareMinor } from "../../words/money.ts";

/**
 * Lines with their part of a tax that the shop tells of the whole alone: in proportion to their net, to the last unit.
 * Lines that sum to nothing, or are below zero in part, keep what they have: the order's rest bears the tax then.
 */
export function spreadTax<Line extends { netMinor: number; taxMinor: number }>(
  lines: readonly Line[],
  taxMinor: number,
): Line[] {
  const net = lines.reduce((sum, one) => sum + one.netMinor, 0);
  if (net <= 0 || lines.some((one) => one.netMinor < 0)) return [...lines];
  let before = 0;
  let given = 0;
  return lines.map((one) => {
    before += one.netMinor;
    const until = shareMinor(taxMinor, before, net);
    const part = until - given;
    given = until;
    return { ...one, taxMinor: part };
  });
}
