import { shareMinor } from "../words/money.ts";
import type { Loss } from "./loss.ts";
import type { Credit } from "./transfer.ts";

/**
 * What is left of each credit: it shrinks in the proportion in which its line was lost, rounded half away from zero, and
 * those of one line never exceed what the line has left. One that is for no line shrinks with the whole order. It depends
 * on the loss alone and not on how it came about, so refunds in any number of steps and any order end at the same amounts,
 * and at zero when all is lost.
 */
export function remainingOfCredits(
  credits: readonly Pick<Credit, "amountMinor" | "line" | "lineNetMinor">[],
  loss: Loss,
): number[] {
  const left = new Map<string, number>();
  const isGone = loss.whole || (loss.lostNetMinor > 0 && loss.lostNetMinor >= loss.netMinor);
  return credits.map(({ line, amountMinor, lineNetMinor = 0 }) => {
    if (isGone) return 0;
    if (line === undefined) return remainingOf(amountMinor, loss);
    const ofLine = loss.lines.size === 0 ? loss.lostNetMinor : (loss.lines.get(line) ?? 0);
    const lostMinor = Math.min(lineNetMinor, Math.max(0, ofLine));
    if (lostMinor === 0) return amountMinor;
    const lineLeft = left.get(line) ?? lineNetMinor - lostMinor;
    const kept = Math.min(amountMinor - shareMinor(amountMinor, lostMinor, lineNetMinor), lineLeft);
    left.set(line, lineLeft - kept);
    return kept;
  });
}

/** What is left of a credit for a whole order when part of it was lost: nothing of a whole loss, all of none. */
export function remainingOf(amountMinor: number, { lostNetMinor, netMinor, whole }: Loss): number {
  if (whole) return 0;
  return lostNetMinor === 0 ? amountMinor : amountMinor - shareMinor(amountMinor, lostNetMinor, netMinor);
}
