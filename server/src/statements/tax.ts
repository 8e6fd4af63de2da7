import { shareMinor } from "../words/money.ts";
import type { PartnerFacts } from "./partner-facts.ts";

/**
 * How an invoice from partner to vendor is taxed: at the rate of their country, by the vendor across a border, not at all as
 * a small business, or not within the scope of their tax.
 */
export const taxTreatments = ["domestic", "reverse_charge", "small_business", "outside_scope"] as const;
/** One treatment. */
export type TaxTreatment = (typeof taxTreatments)[number];

/** The member states of the union, whose businesses charge one another no tax across borders (directive 2006/112, art. 196). */
const union = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

/** A rate of the vendor's country, in basis points, since a day (`2026-01-01`). */
export interface TaxRate {
  since: string;
  rateBp: number;
}

/** What decides about an invoice's tax. */
export interface TaxQuestion {
  /** The vendor's country. */
  country: string;
  rates: readonly TaxRate[];
  /** The day of the supply, `2026-11-30`. */
  day: string;
  seller: Pick<PartnerFacts, "party" | "smallBusiness" | "treatment">;
}

/** How a supply is taxed, and at which rate in basis points: 0 but for a domestic one. */
export function taxOf({ country, rates, day, seller }: TaxQuestion): { treatment: TaxTreatment; rateBp: number } {
  const rate = rates.filter(({ since }) => since <= day).sort((a, b) => (a.since < b.since ? -1 : 1)).at(-1);
  const treatment = seller.treatment ?? treatmentOf(country, seller, rate !== undefined);
  return { treatment, rateBp: treatment === "domestic" ? (rate?.rateBp ?? 0) : 0 };
}

function treatmentOf(
  country: string,
  { party, smallBusiness }: TaxQuestion["seller"],
  hasRate: boolean,
): TaxTreatment {
  if (smallBusiness) return "small_business";
  if (party.country === country) return hasRate ? "domestic" : "outside_scope";
  const isAcross = union.has(party.country) && union.has(country) && party.vatId !== null;
  return isAcross ? "reverse_charge" : "outside_scope";
}

/** The tax on a net amount, rounded once, half away from zero. */
export const taxOn = (netMinor: number, rateBp: number): number => shareMinor(netMinor, rateBp, 10_000);
