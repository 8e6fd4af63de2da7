import { shareMinor } from "../words/money.ts";

/** What has gone back of a sale and stayed gone, without tax, in minor units. */
export interface LineLoss {
  lostNetMinor: number;
  netMinor: number;
  /** Everything went back. */
  whole: boolean;
  /** What each line lost. */
  lines: ReadonlyMap<string, number>;
}

/** A credit for one line, at its full amount. The credits of a line stand in the order in which they are to be kept. */
export interface LineCredit {
  line: string;
  amountMinor: number;
  /** What the line brought, without tax. */
  lineNetMinor: number;
}

/**
 * What is left of each credit: it shrinks in the proportion in which its line was lost, rounded half away from zero, and
 * those of one line never exceed what the line has left. It depends on the loss alone and not on how it came about, so
 * refunds in any number of steps and any order end at the same amounts, and at zero when all is lost.
 */
export function remainingOfCredits(credits: readonly LineCredit[], loss: LineLoss): number[] {
  const left = new Map<string, number>();
  const isGone = loss.whole || (loss.lostNetMinor > 0 && loss.lostNetMinor >= loss.netMinor);
  return credits.map(({ line, amountMinor, lineNetMinor }) => {
    if (isGone) return 0;
    const lostMinor = Math.min(lineNetMinor, Math.max(0, loss.lines.get(line) ?? 0));
    if (lostMinor === 0) return amountMinor;
    const lineLeft = left.get(line) ?? lineNetMinor - lostMinor;
    const kept = Math.min(amountMinor - shareMinor(amountMinor, lostMinor, lineNetMinor), lineLeft);
    left.set(line, lineLeft - kept);
    return kept;
  });
}
