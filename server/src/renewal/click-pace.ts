import type { Reference, TokenId } from "../words/ids.ts";
import { sharedReference } from "../words/shared-reference.ts";

const hourMilliseconds = 3_600_000;

/** Hands out references of clicks, so many of its own to a token in an hour, then one for all of the rest. */
export interface ClickPace {
  /** The reference of a click, and whether a row is to be kept for it. */
  next(jti: TokenId, at: number, fresh: () => Reference): { reference: Reference; isNew: boolean };
}

/**
 * Keeps what a public link fills bounded: a token that is clicked a million times in an hour leaves so many rows and
 * one more. Counted in memory, for each process: it bounds the rows and decides nothing.
 */
export function createClickPace(perTokenAndHour: number): ClickPace {
  let hour = 0;
  const counts = new Map<TokenId, { clicks: number; shared?: Reference }>();
  return {
    next: (jti, at, fresh) => {
      const now = Math.floor(at / hourMilliseconds);
      if (now !== hour) counts.clear();
      hour = now;
      const count = counts.get(jti) ?? { clicks: 0 };
      counts.set(jti, count);
      count.clicks += 1;
      if (count.clicks <= perTokenAndHour) return { reference: fresh(), isNew: true };
      const isNew = count.shared === undefined;
      count.shared ??= sharedReference(fresh());
      return { reference: count.shared, isNew };
    },
  };
}
