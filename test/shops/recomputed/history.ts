import type { Json } from "../stripe-fixtures.ts";

/** What the orders of one buyer were told by, in the order of the shop's clock. */
export interface History {
  told: { topic: string; body: Json; payload: unknown }[];
  /** What the shop's API says at the end, where it is asked. */
  sales?: Json[];
  session?: Json;
  lines?: Json[];
  /** What the API lists as the refunds of each order. */
  refunds?: { order: number; listed: Json[] }[];
  /** Orders that were named by their id alone. */
  orders?: Json[];
  /** Some of it has no time of its own: it has to arrive in the order in which it happened. */
  inTurn?: true;
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

/** Minor units of what was paid, its tax apart. */
export interface Money {
  net: number;
  tax: number;
}

/** What a history is made of. */
export interface About {
  /** Unique among all histories. */
  n: number;
  reference: string;
  chance: Chance;
}

/** What one order costs. */
export function moneyOf(chance: Chance): Money {
  const net = 1 + chance.upTo(10 ** (2 + chance.upTo(5)));
  return { net, tax: Math.round(net * chance.oneOf([0, 0.07, 0.19, 0.2])) };
}

/** The orders of one history: the first and up to two further terms, each by its place. */
export const ordersOf = (chance: Chance): number[] => [0, 1, 2].slice(0, 1 + chance.oneOf([0, 0, 1, 1, 2]));

/** An amount in one to three parts, in order. */
export function partsOf({ net, tax }: Money, chance: Chance): Money[] {
  const parts: Money[] = [];
  const left = { net, tax };
  for (let more = chance.upTo(2); more > 0; more--) {
    const part = { net: chance.upTo(left.net), tax: chance.upTo(left.tax) };
    parts.push(part);
    left.net -= part.net;
    left.tax -= part.tax;
  }
  return [...parts, left];
}

/** What is left of an order to give back, in random parts. */
export const leftOf = ({ net, tax }: Money, chance: Chance) => {
  const left = { net, tax };
  return {
    left,
    take(): Money | undefined {
      const taken = { net: chance.upTo(left.net), tax: chance.upTo(left.tax) };
      if (chance.is(0.1)) taken.net = 0;
      if (chance.is(0.2)) Object.assign(taken, left);
      if (taken.net + taken.tax === 0) return undefined;
      left.net -= taken.net;
      left.tax -= taken.tax;
      return taken;
    },
    putBack(taken: Money) {
      left.net += taken.net;
      left.tax += taken.tax;
    },
  };
};

/** ISO 4217's digits of the currencies of shops that tell major units. */
const digits: Record<string, number> = { EUR: 2, JPY: 0, KWD: 3 };
/** An amount in major units, as text. */
export const major = (minor: number, currency: string): string =>
  (minor / 10 ** (digits[currency] ?? 2)).toFixed(digits[currency] ?? 2);
