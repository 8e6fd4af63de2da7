/**
 * The part of an amount that `part / whole` is, in minor units, rounded half away from zero.
 * Exact at any size: the product is never held in a float.
 */
export function shareMinor(amountMinor: number, part: number, whole: number): number {
  if (whole <= 0) throw new RangeError("a share is of something more than zero");
  const product = BigInt(amountMinor) * BigInt(part) * 2n;
  const divisor = BigInt(whole);
  const rounded = (product + (product < 0n ? -divisor : divisor)) / (divisor * 2n);
  return Number(rounded);
}

/** Currencies without minor units, and those whose unit has 1,000 or 10,000. Every other has 100. */
const otherDigits: readonly (readonly [number, string])[] = [
  [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
  [4, "CLF UYW"],
];
const digitsByCurrency: ReadonlyMap<string, number> = new Map(
  otherDigits.flatMap(([digits, codes]) => codes.split(" ").map((code) => [code, digits] as const)),
);

/**
 * How many of an amount's digits stand behind the point, by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. Not from `Intl`,
 * which tells how prices are customarily shown: none for HUF and IQD, though both have minor units.
 *
 * Source: list one of https://www.six-group.com/en/products-services/financial-information/data-standards.html
 */
export const minorDigits = (currency: string): number => digitsByCurrency.get(currency) ?? 2;

const decimalShape = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,2}))?$/;

/** No amount is written with more characters; it bounds what a sender can have us multiply. */
const maxDecimalLength = 40;

/**
 * The minor units of an amount that is written as JSON writes a number: `"12.50"` EUR is 1250. Undefined for anything
 * else, for what is too large to be exact, and for a fraction of a minor unit, unless it is to be rounded, half away
 * from zero. No float is involved.
 */
export function minorOf(decimal: string, currency: string, { rounded = false } = {}): number | undefined {
  const [, sign, whole, fraction = "", exponent = "0"] = decimalShape.exec(decimal) ?? [];
  if (whole === undefined || decimal.length > maxDecimalLength) return undefined;
  const shift = minorDigits(currency) + Number(exponent) - fraction.length;
  const scale = 10n ** BigInt(Math.abs(shift));
  const units = BigInt(whole + fraction);
  const minor = shift < 0 ? (2n * units + scale) / (2n * scale) : units * scale;
  if (shift < 0 && !rounded && minor * scale !== units) return undefined;
  const amountMinor = Number(sign === "-" ? -minor : minor);
  return Number.isSafeInteger(amountMinor) ? amountMinor : undefined;
}

/** An amount as a decimal number with a point and no grouping: `-12.50`. */
export function decimalOf(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  const sign = amountMinor < 0 ? "-" : "";
  const units = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  return digits === 0 ? `${sign}${units}` : `${sign}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}
