/** Chance by a seed: the same year each time. */
export interface Lot {
  /** From 0 up to and without 1. */
  draw(): number;
  /** A whole number from 0 up to and without `end`. */
  below(end: number): number;
  /** True so often out of a hundred. */
  percent(often: number): boolean;
}

/** Draws lots by a seed: mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createLot(seed: number): Lot {
  let state = seed;
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(draw() * end);
  return { draw, below, percent: (often) => below(100) < often };
}
