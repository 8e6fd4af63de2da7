import type { Instant } from "../words/clock.ts";
import type { PartnerId, ProductId } from "../words/ids.ts";
import type { AttributionFacts, Evidence } from "./evidence.ts";
import { isBehindFirstCredit, isLate } from "./strength.ts";

/** By what a conflict between partners can be settled: where the buyer is, who had registered it, what the partner is. */
export const conflictClasses = ["territory", "deal", "partner_kind"] as const;
/** One class of conflicts. */
export type ConflictClass = (typeof conflictClasses)[number];

/** How the vendor settles one class of conflicts between partners whose evidence counts. */
export interface ConflictRule {
  /** Its name in the configuration. */
  rule: string;
  /** Which conflicts it settles. */
  class: ConflictClass;
  /** False while it is only previewed. */
  on: boolean;
  /** Of class `partner_kind`: the kinds that stand before all others, the first before the second. */
  kinds: readonly string[];
  /** Only buyers in these countries, ISO 3166-1 alpha-2; everywhere when it is left out. */
  countries?: readonly string[] | undefined;
  /** Only these products; all when it is left out. */
  products?: readonly ProductId[] | undefined;
  /** What is a conflict: evidence of the winning kind, or evidence of any kind that was there at the purchase. */
  between: "same_kind" | "any_kind";
}

/** What a rule reads of a partner, on the day of the sale. */
export interface PartnerPlace {
  kind: string;
  /** Where it may sell, ISO 3166-1 alpha-2; null for everywhere. */
  territories: readonly string[] | null;
}

/** What a rule reads of an order. */
export type ConflictFacts = Pick<AttributionFacts, "product" | "country" | "places" | "firstCredit">;

/** A conflict that rules settled. */
export interface Settled {
  winner: Evidence;
  /** The rule that left one partner alone. */
  rule: string;
  /** Everybody who was in it, the winner too. */
  sides: ReadonlySet<PartnerId | null>;
}

/**
 * Settles a conflict between partners by the vendor's rules: each in order keeps those partners whom it prefers, where it
 * prefers some and not all. Undefined where there is no conflict, or where more than one partner is left.
 *
 * @param counting the evidence that counts, the strongest first
 */
export function settleConflict(
  counting: readonly Evidence[],
  facts: ConflictFacts,
  rules: readonly ConflictRule[],
  at: Instant,
): Settled | undefined {
  const [strongest] = counting;
  if (strongest === undefined || strongest.kind === "manual" || isLate(strongest, at)) return undefined;
  const isBehind = (one: Evidence) => isBehindFirstCredit(one, facts.firstCredit);
  const known = counting.filter(
    (one) => one.partner !== null && !isLate(one, at) && (!isBehind(one) || isBehind(strongest)),
  );
  for (const between of ["same_kind", "any_kind"] as const) {
    const pieces = known.filter((one) => between === "any_kind" || one.kind === strongest.kind);
    const settled = narrow(
      pieces,
      facts,
      rules.filter((one) => one.between === between),
    );
    if (settled !== undefined) return settled;
  }
  return undefined;
}

function narrow(
  pieces: readonly Evidence[],
  facts: ConflictFacts,
  rules: readonly ConflictRule[],
): Settled | undefined {
  const sides = new Set(pieces.map(({ partner }) => partner));
  if (sides.size < 2) return undefined;
  let left = pieces;
  for (const rule of rules) {
    if (!concerns(rule, facts)) continue;
    const ranks = new Map([...sides].map((partner) => [partner, rankBy(rule, partner, left, facts)]));
    const best = Math.min(...left.map(({ partner }) => ranks.get(partner) ?? 0));
    left = left.filter(({ partner }) => ranks.get(partner) === best);
    const [winner] = left;
    if (winner !== undefined && left.every(({ partner }) => partner === winner.partner))
      return { winner, rule: rule.rule, sides };
  }
  return undefined;
}

const concerns = ({ countries, products }: ConflictRule, { country, product }: ConflictFacts): boolean =>
  (countries === undefined || (country !== undefined && countries.includes(country))) &&
  (products === undefined || (product !== undefined && products.includes(product)));

/** The lower, the more a rule prefers a partner. */
function rankBy(
  rule: ConflictRule,
  partner: PartnerId | null,
  pieces: readonly Evidence[],
  { country, places }: ConflictFacts,
): number {
  const place = partner === null ? undefined : places?.get(partner);
  switch (rule.class) {
    case "deal":
      return pieces.some((one) => one.partner === partner && one.kind === "deal") ? 0 : 1;
    case "partner_kind": {
      const rank = rule.kinds.indexOf(place?.kind ?? "");
      return rank === -1 ? rule.kinds.length : rank;
    }
    case "territory":
      // Whose territory it is stands before who may sell everywhere, and that before who may not sell there.
      if (country === undefined || place === undefined || place.territories === null) return 1;
      return place.territories.includes(country) ? 0 : 2;
  }
}
