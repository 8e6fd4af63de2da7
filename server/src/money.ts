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

const digitsByCurrency = new Map<string, number>();

/** How many of an amount's digits stand behind the point, by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits = readMinorDigits(currency);
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** An amount as a decimal number with a point and no grouping: `-12.50`. */
export function decimalOf(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  const sign = amountMinor < 0 ? "-" : "";
  const units = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  return digits === 0 ? `${sign}${units}` : `${sign}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}

function readMinorDigits(currency: string): number {
  try {
    const options = { style: "currency", currency } as const;
    return new Intl.NumberFormat("en", options).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
