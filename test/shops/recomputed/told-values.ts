/**
 * How the second reading takes values out of what was told: this too is none of the receiver's own code, so that a
 * mistake there is not made here as well.
 */

/** An object as a shop told it. */
export type Json = Record<string, unknown>;
/** An event under the name of its type. */
export type Telling = { topic: string; body: Json };

/** What shops write as numbers or as text of digits. */
export const num = (value: unknown): number => Number(value ?? 0);
export const obj = (value: unknown): Json => (value ?? {}) as Json;
export const list = (value: unknown): Json[] => (value ?? []) as Json[];
export const sum = (amounts: number[]): number => amounts.reduce((all, one) => all + one, 0);
export const sumOf = (objects: Json[], name: string): number => sum(objects.map((one) => num(one[name])));

/** ISO 4217's digits of the currencies in these histories, and the units of three of them at Stripe and Polar. */
const digits: Record<string, number> = { EUR: 2, USD: 2, JPY: 0, KWD: 3, ISK: 0, MGA: 2 };
const stripeUnit: Record<string, number> = { ISK: 1 / 100, MGA: 100 };
/** Minor units of an amount in whole ones; always positive. */
export const major = (amount: unknown, currency: unknown) =>
  Math.round(Math.abs(num(amount)) * 10 ** (digits[String(currency)] ?? 2));
/** Minor units of an amount of Stripe's or Polar's. */
export const ofStripe = (amount: unknown, currency: unknown) =>
  Math.round(num(amount) * (stripeUnit[String(currency).toUpperCase()] ?? 1));

/** A part of an amount, rounded half away from zero; of nothing there is none. */
export function share(amount: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  return Number((2n * BigInt(amount) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
}

/** What went back and stayed gone; `net` where the shop tells it apart from tax, `whole` where it says that all is gone. */
export type Gone = { gross: number; net?: number; whole?: boolean };
/**
 * What an order came to: what was paid, what went back by its movements and disputes, each by its id with its newest word
 * (nothing, once it failed or was won), and what was paid beyond it.
 */
export type Story = { net: number; tax: number; gone: Map<unknown, Gone | undefined>; beyond: number };

/** The orders of one history by their names, made as they are named. */
export function stories() {
  const found = new Map<string, Story>();
  const of = (order: unknown): Story => {
    const story = found.get(String(order)) ?? { net: 0, tax: 0, gone: new Map(), beyond: 0 };
    found.set(String(order), story);
    return story;
  };
  return { of, found };
}
