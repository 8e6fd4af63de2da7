import type { Json } from "../stripe-fixtures.ts";

/** What one order was told by, in the order of the shop's clock. */
export interface History {
  order: string;
  told: { topic: string; body: Json; payload: unknown }[];
  /** What the shop's API says of it at the end, where that is asked. */
  api?: Json;
}

/** Chance, from a seed. */
export type Chance = ReturnType<typeof chanceOf>;

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function chanceOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  const is = (probability: number): boolean => next() < probability;
  const oneOf = <Item>(items: readonly Item[]): Item => items[upTo(items.length - 1)] as Item;
  return { upTo, is, oneOf };
}

const start = Date.UTC(2025, 10, 19, 15);
/** Seconds since 1970 on a day of the history. */
export const seconds = (day: number) => start / 1000 + day * 86_400;
/** A day as its text. */
export const iso = (day: number) => new Date(seconds(day) * 1000).toISOString();

/** What a history is made of. */
export interface About {
  /** Unique among all histories. */
  n: number;
  reference: string;
  net: number;
  tax: number;
  chance: Chance;
}

/** What is left of an order to give back. */
export const leftOf = ({ net, tax, chance }: About) => {
  const left = { net, tax };
  return {
    left,
    take() {
      const taken = { net: chance.upTo(left.net), tax: chance.upTo(left.tax) };
      if (chance.is(0.2)) Object.assign(taken, left);
      if (taken.net + taken.tax === 0) return undefined;
      left.net -= taken.net;
      left.tax -= taken.tax;
      return taken;
    },
    putBack(taken: { net: number; tax: number }) {
      left.net += taken.net;
      left.tax += taken.tax;
    },
  };
};

/** ISO 4217's digits of the currencies of shops that tell major units. */
export const digits: Record<string, number> = { EUR: 2, JPY: 0, KWD: 3 };
/** An amount in major units, as text. */
export const major = (minor: number, currency: string): string =>
  (minor / 10 ** (digits[currency] ?? 2)).toFixed(digits[currency] ?? 2);
