/** Something the store sells. Minor units of EUR, without tax. */
export interface Article {
  /** Also the end of the ids by which the shops that the store speaks as know it. */
  id: string;
  name: string;
  netMinor: number;
}

/** A term of a licence for Acme Paint. */
export interface Plan extends Article {
  id: "one-year" | "two-years";
  years: number;
}

/** The terms of Acme Paint. */
export const plans: readonly Plan[] = [
  { id: "one-year", name: "One year", years: 1, netMinor: 4000 },
  { id: "two-years", name: "Two years", years: 2, netMinor: 7200 },
];

/** What is sold beside a licence: the same product for the receiver, as an add-on. */
export const brushPack: Article = { id: "brush-pack", name: "Brush pack", netMinor: 900 };

/** Everything the store sells. */
export const articles: readonly Article[] = [...plans, brushPack];

/** So many brush packs fit into one order. */
export const mostBrushPacks = 3;

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
