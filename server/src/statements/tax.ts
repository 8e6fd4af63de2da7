import type { TaxTreatment } from "../partner-details/details-document.ts";
import { shareMinor } from "../words/money.ts";

/** A rate of the vendor's country, in basis points, since a day (`2026-01-01`). */
export interface TaxRate {
  since: string;
  rateBp: number;
}

/** The rate in basis points at which a supply of a day is taxed: 0 but for a domestic one. */
export function rateOf(treatment: TaxTreatment, rates: readonly TaxRate[], day: string): number {
  if (treatment !== "domestic") return 0;
  const inForce = rates.filter(({ since }) => since <= day).sort((a, b) => (a.since < b.since ? -1 : 1));
  return inForce.at(-1)?.rateBp ?? 0;
}

/** The tax on a net amount, rounded once, half away from zero. */
export const taxOn = (netMinor: number, rateBp: number): number => shareMinor(netMinor, rateBp, 10_000);
