/**
 * How the second reading takes values out of what was told: this too is none of the receiver's own code, so that a
 * mistake there is not made here as well.
 */

/** An object as a shop told it. */
export type Json = Record<string, unknown>;

/** What shops write as numbers or as text of digits. */
export const num = (value: unknown): number => Number(value ?? 0);
export const obj = (value: unknown): Json => (value ?? {}) as Json;
export const list = (value: unknown): Json[] => (value ?? []) as Json[];
export const sum = (amounts: number[]): number => amounts.reduce((all, one) => all + one, 0);

/** ISO 4217's digits of the currencies in these histories, and Stripe's own units of three of them. */
const digits: Record<string, number> = { EUR: 2, USD: 2, JPY: 0, KWD: 3, ISK: 0, MGA: 2 };
const stripeUnit: Record<string, number> = { ISK: 1 / 100, MGA: 100 };
/** Minor units of an amount in whole ones; always positive. */
export const major = (amount: unknown, currency: unknown) =>
  Math.round(Math.abs(num(amount)) * 10 ** (digits[String(currency)] ?? 2));
/** Minor units of an amount of Stripe's. */
export const ofStripe = (amount: unknown, currency: unknown) =>
  Math.round(num(amount) * (stripeUnit[String(currency).toUpperCase()] ?? 1));

/** A part of an amount, rounded half away from zero. */
export function share(amount: number, part: number, whole: number): number {
  return Number((2n * BigInt(amount) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
}

/** What went back and stayed gone; `net` where the shop tells it apart from tax. */
export type Gone = { gross: number; net?: number };
/** Movements and disputes by their id, each with its newest word: nothing, once it failed or was won. */
export type Movements = Map<unknown, Gone | undefined>;
/** What of all of them stayed gone. */
export const goneIn = (movements: Movements): Gone[] =>
  [...movements.values()].filter((one) => one !== undefined);
