import { type Instant, isoTime } from "../words/clock.ts";
import type { Currency } from "../words/ids.ts";
import { amountIn, type Conditions, type Money, type Pay, type Range } from "./plan.ts";
import type { ChainPartner, Sale, SaleLine } from "./sale.ts";

/** Why a rule pays a line, or does not: the first that holds, in this order. A test pins it. */
export const ruleWhys = [
  "partner_ended",
  "earlier_rule",
  "other_level",
  "other_kind",
  "other_product",
  "other_quantity",
  "country_unknown",
  "other_country",
  "other_evidence",
  "other_partner_kind",
  "other_partner_age",
  "other_renewal",
  "other_renewal_age",
  "before_its_days",
  "after_its_days",
  "other_currency",
  "fits",
] as const;
/** One reason for a rule to pay a line, or not to. */
export type RuleWhy = (typeof ruleWhys)[number];

/** What a rule is held against. */
export interface Candidate {
  sale: Sale;
  line: SaleLine;
  partner: ChainPartner;
  /** How far above the seller the partner stands: 0 is the seller. */
  level: number;
}

/** Whether a rule fits a line for a partner: `fits`, or the first condition that does not hold. */
export function whyOf(rule: { when: Conditions; pay: Pay }, candidate: Candidate): RuleWhy {
  const { when, pay } = rule;
  const { sale, line, partner, level } = candidate;
  if (!inRange(level, when.levels)) return "other_level";
  if (!isAmong(line.kind, when.kinds)) return "other_kind";
  if (!isAmong(line.product, when.products)) return "other_product";
  if (!inRange(line.quantity, when.quantity)) return "other_quantity";
  if (when.countries !== undefined && sale.country === undefined) return "country_unknown";
  if (!isAmong(sale.country, when.countries)) return "other_country";
  if (!isAmong(sale.evidence, when.evidence)) return "other_evidence";
  if (!isAmong(partner.kind, when.partnerKinds)) return "other_partner_kind";
  if (!inRange(wholeDays(partner.since, sale.soldAt), when.partnerAgeDays)) return "other_partner_age";
  if (!inRange(sale.renewal, when.renewals)) return "other_renewal";
  if (!inRange(wholeDays(sale.firstSoldAt, sale.soldAt), when.renewalAgeDays)) return "other_renewal_age";
  const day = isoTime(sale.soldAt).slice(0, 10);
  if (when.soldFrom !== undefined && day < when.soldFrom) return "before_its_days";
  if (when.soldUntil !== undefined && day > when.soldUntil) return "after_its_days";
  return isPricedIn(pay, sale.currency) ? "fits" : "other_currency";
}

const isAmong = (value: string | undefined, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));

const inRange = (value: number, range: Range | undefined): boolean =>
  value >= (range?.min ?? Number.NEGATIVE_INFINITY) && value <= (range?.max ?? Number.POSITIVE_INFINITY);

const dayMilliseconds = 86_400_000;

/** Days that have gone by; none for a moment that lies before the other. */
const wholeDays = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor((to - from) / dayMilliseconds));

/** A flat amount that is not told in the sale's currency cannot be paid, and nothing is converted. */
const isPricedIn = ({ perUnit, perLine, perOrder }: Pay, currency: Currency): boolean =>
  [perUnit, perLine, perOrder].every(
    (amounts: readonly Money[]) => amounts.length === 0 || amountIn(amounts, currency) !== undefined,
  );
