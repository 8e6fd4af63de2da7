import type { LossFact, Term } from "./loss-fact.ts";
import { groupBy } from "./refund.ts";

/** Of two words on a dispute of one moment, the one that is further on. */
const progress: Partial<Record<LossFact["effect"], number>> = {
  dispute_opened: 0,
  dispute_won: 1,
  dispute_lost: 2,
};

/**
 * What disputes hold: of each dispute the newest word counts. Some shops give the money back by a movement of its own
 * that does not name the dispute, and may say the same by the dispute's status: a movement is taken for the return of a
 * dispute that was won over the same amount, and counts for itself where there is none.
 */
export function disputedTerms(facts: readonly LossFact[]): Term[] {
  const terms: Term[] = [];
  const won: number[] = [];
  const disputes = facts.filter(({ effect }) => progress[effect] !== undefined);
  for (const told of groupBy(disputes, ({ movement }) => movement)) {
    const now = told.reduce((a, b) => (isAfter(b, a) ? b : a));
    if (now.effect === "dispute_won") won.push(now.grossMinor);
    else terms.push(now);
  }
  const reversals = facts.filter(({ effect }) => effect === "dispute_reversed");
  let held = terms.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  for (const [reversal] of groupBy(reversals, ({ movement }) => movement)) {
    const pair = won.indexOf(reversal?.grossMinor ?? 0);
    if (pair >= 0) won.splice(pair, 1);
    else if (reversal !== undefined && held > 0) {
      const term = givenBack(reversal, held);
      terms.push(term);
      held += term.grossMinor;
    }
  }
  return terms;
}

/** Money of disputes that came back, at most what they hold. */
const givenBack = ({ grossMinor, netMinor }: Term, held: number): Term => ({
  grossMinor: -Math.min(grossMinor, held),
  netMinor: netMinor === undefined || grossMinor > held ? undefined : -netMinor,
  lines: [],
});

function isAfter(a: LossFact, b: LossFact): boolean {
  if (a.at !== b.at) return a.at > b.at;
  const ahead = (progress[a.effect] ?? 0) - (progress[b.effect] ?? 0);
  return ahead === 0 ? a.grossMinor > b.grossMinor : ahead > 0;
}
