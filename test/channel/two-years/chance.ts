/** Numbers by chance from a seed: the same seed gives the same. */
export interface Chance {
  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number;
  /** True as often as said, from 0 to 1. */
  is(often: number): boolean;
  among<T>(some: readonly T[]): T;
}

/** Mulberry32, by Tommy Ettinger: 32 bits of state are plenty for a story. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    is: (often) => next() < often,
    among: (some) => {
      const one = some[Math.floor(next() * some.length)];
      if (one === undefined) throw new Error("nothing to choose from");
      return one;
    },
  };
}
