import { type Currency, noCurrency } from "../words/ids.ts";
import { shareMinor } from "../words/money.ts";
import { bearReductions } from "./bear-reductions.ts";
import { disputedTerms } from "./dispute.ts";
import type { LossFact, Term } from "./loss-fact.ts";
import { paidBeyond, refundedTerms } from "./refund.ts";

/** What a loss is measured against. */
export interface LossySale {
  netMinor: number;
  taxMinor: number;
  currency: Currency;
  lines: readonly { line: string; kind: string; netMinor: number; taxMinor: number; listMinor?: number }[];
}

/** How much of a sale has gone back and stayed gone, in net. */
export interface Loss {
  /** Minor units without tax, at most `netMinor`. */
  lostNetMinor: number;
  /** The sale's net. */
  netMinor: number;
  /** Everything went back, tax included: also what cost nothing. */
  whole: boolean;
  /** What of it each line lost; sums to `lostNetMinor`. Empty where the sale has no lines. */
  lines: ReadonlyMap<string, number>;
}

/**
 * How much of a sale is lost: what was refunded and did not come back, and what disputes hold. None of it depends on the
 * order in which the facts arrived. Where net and tax are told apart the net counts, else the share that the net has in
 * what is left. Facts in another currency say nothing here: see `foreignLosses`.
 */
export function lossOf(facts: readonly LossFact[], sale: LossySale): Loss {
  const { refunded, terms, sum } = gone(facts, sale);
  const lostNetMinor = netOf(sum, sale);
  const whole = refunded.whole
    ? refunded.restoredMinor === 0
    : sum.grossMinor >= sale.netMinor + sale.taxMinor && sum.grossMinor > 0;
  return { lostNetMinor, netMinor: sale.netMinor, whole, lines: linesLost(lostNetMinor, terms, sale) };
}

/** How much of a sale has gone back and stayed gone, tax included, in minor units: what could still come back. */
export function lostGrossOf(facts: readonly LossFact[], sale: LossySale): number {
  const { grossMinor } = gone(facts, sale).sum;
  return Math.max(0, Math.min(grossMinor, sale.netMinor + sale.taxMinor));
}

function gone(facts: readonly LossFact[], sale: LossySale) {
  const ours = facts.filter((fact) => fact.currency === sale.currency || saysNone(fact));
  const refunded = refundedTerms(ours);
  const terms = [...refunded.terms, ...disputedTerms(ours)].map((term) => withoutPrepaid(term, sale));
  const beyond = paidBeyond(ours, sale.netMinor + sale.taxMinor);
  const sum = refunded.whole ? everything(sale, refunded.restoredMinor) : sumOf(terms, beyond);
  return { refunded, terms, sum };
}

/** A state may be told without any money, in the code ISO 4217 has for no currency: an order that was thrown away. */
const saysNone = ({ currency }: LossFact): boolean => currency === null || currency === noCurrency;

/** No loss at all. */
export const noLoss = (sale: Pick<LossySale, "netMinor">): Loss => ({
  lostNetMinor: 0,
  netMinor: sale.netMinor,
  whole: false,
  lines: new Map(),
});

/** The facts in other currencies than the sale's that would count as a loss: a person has to say how much they are. */
export function foreignLosses(facts: readonly LossFact[], currency: Currency): boolean {
  const others = facts.filter((fact) => fact.currency !== currency && !saysNone(fact));
  if (others.length === 0 || currency === noCurrency) return false;
  for (const other of new Set(others.map((fact) => fact.currency))) {
    const theirs = others.filter((fact) => fact.currency === other);
    const refunded = refundedTerms(theirs);
    const sum = [...refunded.terms, ...disputedTerms(theirs)].reduce((all, one) => all + one.grossMinor, 0);
    if (refunded.whole || sum > 0) return true;
  }
  return false;
}

interface Sum {
  grossMinor: number;
  knownNetMinor: number;
  knownTaxMinor: number;
}

const everything = ({ netMinor, taxMinor }: LossySale, restoredMinor: number): Sum => ({
  grossMinor: netMinor + taxMinor - restoredMinor,
  knownNetMinor: restoredMinor === 0 ? netMinor : 0,
  knownTaxMinor: restoredMinor === 0 ? taxMinor : 0,
});

function sumOf(terms: readonly Term[], beyondMinor: number): Sum {
  const sum: Sum = { grossMinor: 0, knownNetMinor: 0, knownTaxMinor: 0 };
  for (const { grossMinor, netMinor } of terms) {
    sum.grossMinor += grossMinor;
    if (netMinor === undefined) continue;
    sum.knownNetMinor += netMinor;
    sum.knownTaxMinor += grossMinor - netMinor;
  }
  if (beyondMinor === 0 || sum.grossMinor <= 0) return sum;
  // What was paid twice goes back first, and its net is in the proportion of the sale's.
  const left = Math.max(0, sum.grossMinor - beyondMinor);
  const knownNetMinor = shareMinor(sum.knownNetMinor, left, sum.grossMinor);
  return {
    grossMinor: left,
    knownNetMinor,
    knownTaxMinor: shareMinor(sum.knownTaxMinor, left, sum.grossMinor),
  };
}

function netOf(sum: Sum, { netMinor, taxMinor }: LossySale): number {
  if (sum.grossMinor <= 0) return 0;
  if (sum.grossMinor >= netMinor + taxMinor) return netMinor;
  const known = sum.knownNetMinor + sum.knownTaxMinor;
  if (known > sum.grossMinor) return Math.min(netMinor, shareMinor(sum.knownNetMinor, sum.grossMinor, known));
  const netLeft = Math.max(0, netMinor - sum.knownNetMinor);
  const left = netLeft + Math.max(0, taxMinor - sum.knownTaxMinor);
  const share = left === 0 ? 0 : shareMinor(netLeft, sum.grossMinor - known, left);
  return Math.min(netMinor, Math.max(0, sum.knownNetMinor + share));
}

/** A refund without what it gave back of prepaid money, which is no part of the sale's amounts. */
function withoutPrepaid(term: Term, sale: LossySale): Term {
  const prepaid = sale.lines.filter(({ kind }) => kind === "prepaid");
  const [first] = prepaid;
  if (first === undefined) return term;
  const names = new Set(prepaid.map(({ line }) => line));
  if (term.lines.length > 0) {
    const theirs = term.lines.filter(({ line }) => names.has(line));
    const net = theirs.reduce((sum, one) => sum + one.netMinor, 0);
    const gross = theirs.reduce((sum, one) => sum + one.netMinor + one.taxMinor, 0);
    const netMinor = term.netMinor === undefined ? undefined : term.netMinor - net;
    return { ...term, grossMinor: Math.max(0, term.grossMinor - gross), netMinor };
  }
  const gross = sale.netMinor + sale.taxMinor;
  const paid = gross + prepaid.reduce((sum, one) => sum + (one.listMinor ?? 0), 0);
  const share = (amount: number) => (paid === 0 ? 0 : shareMinor(amount, gross, paid));
  const netMinor = term.netMinor === undefined ? undefined : share(term.netMinor);
  return { ...term, grossMinor: share(term.grossMinor), netMinor };
}

/**
 * By line: first what refunds say of it, then the rest in proportion to what is left of each. A line that lowers the order
 * loses nothing: the others bear it, in what they can lose as in what is paid for them.
 */
function linesLost(lostNetMinor: number, terms: readonly Term[], sale: LossySale): Map<string, number> {
  const lost = new Map<string, number>();
  let rest = lostNetMinor;
  const lines = bearReductions(sale.lines);
  for (const { line, netMinor } of lines) {
    const told = terms
      .flatMap((term) => term.lines)
      .filter((one) => one.line === line)
      .reduce((sum, one) => sum + one.netMinor, 0);
    const own = Math.max(0, Math.min(told, netMinor, rest));
    lost.set(line, own);
    rest -= own;
  }
  const left = lines.map(({ line, netMinor }) => ({ line, left: netMinor - (lost.get(line) ?? 0) }));
  const whole = left.reduce((sum, one) => sum + one.left, 0);
  let before = 0;
  let given = 0;
  for (const one of left) {
    before += one.left;
    const until = whole > 0 ? shareMinor(rest, before, whole) : 0;
    lost.set(one.line, (lost.get(one.line) ?? 0) + until - given);
    given = until;
  }
  return lost;
}
