import { shareMinor } from "../words/money.ts";

/**
 * Lines with what lowers the order taken off them. Each line above zero bears its part of the lines below zero, to the
 * last minor unit. So every line is zero or more, and they sum to what the order brought.
 */
export function bearReductions<Line extends { netMinor: number }>(lines: readonly Line[]): readonly Line[] {
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
