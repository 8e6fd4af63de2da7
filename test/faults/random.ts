/** Numbers that look random and are the same for the same seed. */
export interface Random {
  readonly seed: number;
  /** From 0 up to, and not with, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
}

/** Begins with `TALLYSTICK_TEST_SEED`, else with the time, and prints the seed so that a failure can be repeated. */
export function seededRandom(what: string): Random {
  const seed = Number(process.env.TALLYSTICK_TEST_SEED ?? Date.now() % 2 ** 31);
  console.info(`${what}: TALLYSTICK_TEST_SEED=${seed}`);
  return randomFrom(seed);
}

/** Mulberry32 (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c): 32 bits of state suffice here. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    seed,
    next,
    between,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    shuffle: (items) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = between(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as never, shuffled[last] as never];
      }
      return shuffled;
    },
  };
}
