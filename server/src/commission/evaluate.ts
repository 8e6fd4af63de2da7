import { bearReductions, shareOut } from "../ledger/bear-reductions.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { shareMinor } from "../words/money.ts";
import { type RuleWhy, whyOf } from "./conditions.ts";
import { amountIn, type Money, type Override, type Plan, type Rule } from "./plan.ts";
import type { ChainPartner, Sale, SaleLine } from "./sale.ts";

/** What a partner is paid for one line, before anything goes back. */
export interface Part {
  partner: PartnerId;
  line: string;
  rule: string;
  /** Minor units, more than zero. */
  amountMinor: number;
  currency: Currency;
  /** The rule's share in basis points; 0 for a flat amount. */
  rateBp: number;
  /** What the line brought, in minor units without tax: the part shrinks in the proportion in which this is lost. */
  lineNetMinor: number;
}

/** What became of one rule for one line and partner. */
export interface RuleOutcome {
  rule: string;
  line: string;
  partner: PartnerId;
  matched: boolean;
  why: RuleWhy;
}

/** What a plan pays for a sale, and what became of each rule. */
export interface Commission {
  /** Of one line never more than its net. The seller's first, then upwards. */
  parts: Part[];
  rules: RuleOutcome[];
}

const wholeBp = 10_000;

/**
 * What a plan pays for a sale to the seller, the first of the chain, and to those above it. Each line is paid by the first
 * rule that fits it; each amount is rounded once, half away from zero. It depends on nothing but what it is given, so the
 * same sale is paid the same whenever it is worked out.
 */
export function evaluatePlan(plan: Plan, sale: Sale, chain: readonly ChainPartner[]): Commission {
  const lines = bearReductions(sale.lines);
  const rules: RuleOutcome[] = [];
  const fits = chain.map((partner, level) =>
    lines.map((line) => firstFit(rulesAt(plan, level), { sale, line, partner, level }, rules)),
  );
  return { parts: payFits(plan, { ...sale, lines }, chain, fits), rules };
}

/**
 * What a plan pays for a sale by rules that are known to have fitted, as a decision froze them: the amounts anew, without
 * asking again which rule fits. A rule that the plan does not have pays nothing.
 */
export function payMatched(
  plan: Plan,
  sale: Pick<Sale, "currency" | "lines">,
  chain: readonly ChainPartner[],
  matched: readonly RuleOutcome[],
): Part[] {
  const lines = bearReductions(sale.lines);
  const names = new Map(matched.map((one) => [`${one.partner} ${one.line}`, one.rule]));
  const fits = chain.map(({ partner }, level) =>
    lines.map(({ line }) =>
      rulesAt(plan, level).find(({ rule }) => rule === names.get(`${partner} ${line}`)),
    ),
  );
  return payFits(plan, { ...sale, lines }, chain, fits);
}

const rulesAt = (plan: Plan, level: number): readonly Rule[] => (level === 0 ? plan.rules : plan.overrides);

function payFits(
  plan: Plan,
  { lines, currency }: Pick<Sale, "currency" | "lines">,
  chain: readonly ChainPartner[],
  fits: readonly (readonly (Rule | undefined)[])[],
): Part[] {
  const shares: Share[][] = lines.map(() => []);
  chain.forEach((partner, level) => {
    const found = fits[level] ?? [];
    const lower = shares.map((ofLine) => ofLine.findLast((one) => one.amountMinor > 0));
    const asked = askedFor(found, lines, lower, currency);
    const amounts = capped(asked, { plan, found, currency });
    lines.forEach((line, at) => {
      const rule = found[at];
      if (rule !== undefined) takeShare(shares[at] ?? [], { partner, rule, line, asked: amounts[at] ?? 0 });
    });
  });
  return partsOf(shares, lines, chain, currency);
}

/** A partner's share of a line while it is worked out; what an upper partner takes of it comes off. */
interface Share {
  partner: PartnerId;
  rule: Rule;
  amountMinor: number;
}

function firstFit<R extends Rule>(
  rules: readonly R[],
  about: { sale: Sale; line: SaleLine; partner: ChainPartner; level: number },
  outcomes: RuleOutcome[],
): R | undefined {
  let fit: R | undefined;
  for (const rule of rules) {
    const why = about.partner.ended
      ? "partner_ended"
      : fit === undefined
        ? whyOf(rule, about)
        : "earlier_rule";
    if (why === "fits") fit = rule;
    const { partner } = about.partner;
    outcomes.push({ rule: rule.rule, line: about.line.line, partner, matched: why === "fits", why });
  }
  return fit;
}

const isOverride = (rule: Rule): rule is Override => "from" in rule;

/** What rules ask for each line, at most what the line brought. */
function askedFor(
  found: readonly (Rule | undefined)[],
  lines: readonly SaleLine[],
  lower: readonly (Share | undefined)[],
  currency: Currency,
): number[] {
  const paidForOrder = new Map<Rule, number>();
  return found.map((rule, at) => {
    const line = lines[at];
    if (rule === undefined || line === undefined) return 0;
    const { rateBp, perUnit, perLine, perOrder } = rule.pay;
    const base =
      isOverride(rule) && rule.of === "lower_share" ? (lower[at]?.amountMinor ?? 0) : line.netMinor;
    const flat =
      (amountIn(perUnit, currency) ?? 0) * Math.max(0, line.quantity) + (amountIn(perLine, currency) ?? 0);
    const own = Math.min(line.netMinor, shareMinor(base, rateBp, wholeBp) + flat);
    const once = (amountIn(perOrder, currency) ?? 0) - (paidForOrder.get(rule) ?? 0);
    const ofOrder = Math.min(once, line.netMinor - own);
    paidForOrder.set(rule, (paidForOrder.get(rule) ?? 0) + ofOrder);
    return own + ofOrder;
  });
}

/** Amounts lowered to the caps: the plan's over all that its seller is paid, an override's over what it pays one partner. */
function capped(
  asked: readonly number[],
  { plan, found, currency }: { plan: Plan; found: readonly (Rule | undefined)[]; currency: Currency },
): readonly number[] {
  const overrides = new Set(found.filter((rule) => rule !== undefined).filter(isOverride));
  if (overrides.size === 0) return lowered(asked, plan.capPerOrder, currency);
  return [...overrides].reduce<readonly number[]>((amounts, override) => {
    const its = lowered(
      amounts.map((amount, at) => (found[at] === override ? amount : 0)),
      override.capPerOrder,
      currency,
    );
    return amounts.map((amount, at) => (found[at] === override ? (its[at] ?? 0) : amount));
  }, asked);
}

function lowered(amounts: readonly number[], cap: readonly Money[], currency: Currency): readonly number[] {
  const of = amounts.reduce((sum, amount) => sum + amount, 0);
  return shareOut(amounts, { whole: amountIn(cap, currency) ?? of, of });
}

/** Gives a partner its share of a line: of what the line has left, or of the share of the nearest below who has one. */
function takeShare(
  shares: Share[],
  { partner, rule, line, asked }: { partner: ChainPartner; rule: Rule; line: SaleLine; asked: number },
): void {
  const given = shares.reduce((sum, one) => sum + one.amountMinor, 0);
  const lower = shares.findLast((one) => one.amountMinor > 0);
  const fromLower = isOverride(rule) && rule.from === "lower_share";
  const amountMinor = Math.min(asked, fromLower ? (lower?.amountMinor ?? 0) : line.netMinor - given);
  if (fromLower && lower !== undefined) lower.amountMinor -= amountMinor;
  shares.push({ partner: partner.partner, rule, amountMinor });
}

function partsOf(
  shares: readonly (readonly Share[])[],
  lines: readonly SaleLine[],
  chain: readonly ChainPartner[],
  currency: Currency,
): Part[] {
  return chain.flatMap(({ partner }) =>
    lines.flatMap((line, at) =>
      (shares[at] ?? [])
        .filter((share) => share.partner === partner && share.amountMinor > 0)
        .map(({ rule, amountMinor }) => ({
          partner,
          line: line.line,
          rule: rule.rule,
          amountMinor,
          currency,
          rateBp: rule.pay.rateBp,
          lineNetMinor: line.netMinor,
        })),
    ),
  );
}
