/** A plan of Acme Paint as the store sells it. Minor units of EUR, without tax. */
export interface Plan {
  id: "one-year" | "two-years";
  name: string;
  years: number;
  netMinor: number;
}

/** What the store sells. */
export const plans: readonly Plan[] = [
  { id: "one-year", name: "One year", years: 1, netMinor: 4000 },
  { id: "two-years", name: "Two years", years: 2, netMinor: 7200 },
];

/** The currency of every price in the store, ISO 4217. */
export const currency = "EUR";

/** Value added tax in percent, a whole number, so that tax stays exact in minor units. */
export const taxPercent = 20;

/** The tax on a net amount, in minor units, rounded half up. */
export function taxOf(netMinor: number): number {
  return Math.floor((netMinor * taxPercent + 50) / 100);
}

const formats = new Intl.NumberFormat("en-IE", { style: "currency", currency });

/** An amount as people write it, such as `€48.00`. Minor units in. */
export function priceText(amountMinor: number): string {
  return formats.format(amountMinor / 100);
}

/** Reads an amount a person typed, such as `12`, `12.5` or `12,50`. Minor units; `undefined` when it is not one. */
export function readAmount(text: string): number | undefined {
  const match = /^\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}
