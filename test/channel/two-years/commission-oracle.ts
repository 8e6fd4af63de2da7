import type { OverrideText, PlanText, RuleText } from "./plans.ts";

/** A line as pay counts it: what stands against the whole order is borne by the others. */
export interface PaidLine {
  line: string;
  kind: string;
  product: string | undefined;
  quantity: number;
  netMinor: number;
}

/** What a plan looks at beside the lines. */
export interface PaidSale {
  currency: string;
  evidence: string;
  /** Empty where nobody told it. */
  country: string;
  soldAt: number;
  firstSoldAt: number;
  renewal: number;
  lines: PaidLine[];
  /** The seller and those above it on the day. */
  chain: { partner: string; kind: string }[];
}

/** A partner's share of a line before anything goes back. */
export interface Share {
  partner: string;
  line: string;
  amountMinor: number;
  lineNetMinor: number;
}

/** `amount * part / whole`, half away from zero; no amount here is below zero. */
export const portion = (amount: number, part: number, whole: number): number =>
  Math.floor((2 * amount * part + whole) / (2 * whole));

/** Lowers amounts in proportion to a sum, by rounding running totals, so that they come to it to the unit. */
export function lowerTo(amounts: readonly number[], whole: number): number[] {
  const of = amounts.reduce((sum, one) => sum + one, 0);
  if (of <= whole) return [...amounts];
  let running = 0;
  return amounts.map((amount) => {
    const before = portion(whole, running, of);
    running += amount;
    return portion(whole, running, of) - before;
  });
}

/** The lines with what lowers the whole order borne by those above zero. */
export function borne(lines: readonly PaidLine[]): PaidLine[] {
  const total = lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
  const nets = lowerTo(
    lines.map(({ netMinor }) => Math.max(0, netMinor)),
    Math.max(0, total),
  );
  return lines.map((line, at) => ({ ...line, netMinor: nets[at] ?? 0 }));
}

/** What a plan pays for a sale, as docs/plans.md says it, step by step. */
export function sharesOf(plan: PlanText, sale: PaidSale): Share[] {
  const perLine = sale.lines.map(
    (line): { line: PaidLine; shares: { partner: string; amount: number }[] } => ({
      line,
      shares: [],
    }),
  );
  sale.chain.forEach((partner, level) => {
    const rules: (RuleText | OverrideText)[] = level === 0 ? plan.rules : (plan.overrides ?? []);
    const found = perLine.map(({ line }) => rules.find((rule) => fits(rule, { sale, line, partner, level })));
    let asked = found.map((rule, at) => {
      const { line, shares } = perLine[at] as (typeof perLine)[number];
      if (rule === undefined) return 0;
      const below = nearest(shares)?.amount ?? 0;
      const base = "of" in rule && rule.of === "lower_share" ? below : line.netMinor;
      const flat =
        inCurrency(rule.pay.perUnit, sale.currency) * line.quantity +
        inCurrency(rule.pay.perLine, sale.currency);
      return Math.min(line.netMinor, portion(base, rule.pay.rateBp ?? 0, 10_000) + flat);
    });
    const cap = plan.capPerOrder?.find(({ currency }) => currency === sale.currency);
    if (level === 0 && cap !== undefined) asked = lowerTo(asked, cap.amountMinor);
    perLine.forEach(({ line, shares }, at) => {
      const rule = found[at];
      if (rule === undefined) return;
      const below = nearest(shares);
      const isTaken = "from" in rule && rule.from === "lower_share";
      const given = shares.reduce((sum, { amount }) => sum + amount, 0);
      const amount = Math.min(asked[at] ?? 0, isTaken ? (below?.amount ?? 0) : line.netMinor - given);
      if (isTaken && below !== undefined) below.amount -= amount;
      shares.push({ partner: partner.partner, amount });
    });
  });
  return perLine.flatMap(({ line, shares }) =>
    shares.map(({ partner, amount }) => ({
      partner,
      line: line.line,
      amountMinor: amount,
      lineNetMinor: line.netMinor,
    })),
  );
}

const nearest = (shares: { partner: string; amount: number }[]) =>
  shares.findLast(({ amount }) => amount > 0);

const inCurrency = (
  amounts: readonly { currency: string; amountMinor: number }[] | undefined,
  currency: string,
) => amounts?.find((one) => one.currency === currency)?.amountMinor ?? 0;

const within = (value: number, range: { min?: number; max?: number } | undefined) =>
  range === undefined || (value >= (range.min ?? value) && value <= (range.max ?? value));

const dayMs = 86_400_000;

function fits(
  { when = {}, pay }: RuleText,
  about: { sale: PaidSale; line: PaidLine; partner: { kind: string }; level: number },
): boolean {
  const { sale, line, partner, level } = about;
  const day = new Date(sale.soldAt).toISOString().slice(0, 10);
  return (
    (when.kinds?.includes(line.kind) ?? true) &&
    (when.products === undefined || (line.product !== undefined && when.products.includes(line.product))) &&
    (when.countries?.includes(sale.country) ?? true) &&
    within(line.quantity, when.quantity) &&
    (when.evidence?.includes(sale.evidence) ?? true) &&
    (when.partnerKinds?.includes(partner.kind) ?? true) &&
    within(sale.renewal, when.renewals) &&
    within(Math.floor((sale.soldAt - sale.firstSoldAt) / dayMs), when.renewalAgeDays) &&
    (when.soldFrom === undefined || day >= when.soldFrom) &&
    (when.soldUntil === undefined || day <= when.soldUntil) &&
    within(level, when.levels) &&
    [pay.perUnit, pay.perLine, pay.perOrder].every(
      (flat) => flat === undefined || flat.some(({ currency }) => currency === sale.currency),
    )
  );
}
