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
 * that does not name the dispute, and may say the same by the dispute's status. Such a movement is taken for the
 * return of a dispute that was won over the same amount; without one it counts for itself (see `wonBy`).
 */
export function disputedTerms(facts: readonly LossFact[]): Term[] {
  const terms: Term[] = [];
  const won: Won[] = [];
  const held: LossFact[] = [];
  const disputes = facts.filter(({ effect }) => progress[effect] !== undefined);
  for (const told of groupBy(disputes, ({ movement }) => movement)) {
    const now = told.reduce((a, b) => (isAfter(b, a) ? b : a));
    if (now.effect === "dispute_won") won.push({ now, openedAt: openedAt(told) });
    else held.push(now);
  }
  terms.push(...held);
  const reversals = facts.filter(({ effect }) => effect === "dispute_reversed");
  let left = held.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const oneEach = [...groupBy(reversals, ({ movement }) => movement)].flatMap(([one]) => one ?? []);
  for (const reversal of oneEach.sort(byTime)) {
    const told = wonBy(reversal, { won, held });
    if (told !== undefined) won.splice(won.indexOf(told), 1);
    else if (left > 0) {
      const term = givenBack(reversal, left);
      terms.push(term);
      left += term.grossMinor;
    }
  }
  return terms;
}

/** A dispute that was won, and since when it was open. */
interface Won {
  now: LossFact;
  openedAt: number;
}

/** When a dispute was told as open first; of one that was not, any time may be. */
const openedAt = (told: readonly LossFact[]): number => {
  const opened = told.filter(({ effect }) => effect === "dispute_opened").map(({ at }) => at);
  return opened.length === 0 ? 0 : Math.min(...opened);
};

const byTime = (a: LossFact, b: LossFact): number => a.at - b.at || (a.movement < b.movement ? -1 : 1);

/**
 * The won dispute whose return a reversal tells once more: of those that were open by then, the nearest in time over the
 * same amount. None where another such dispute began between the two, and is still open: then it is that one which came
 * back.
 */
function wonBy(
  reversal: LossFact,
  { won, held }: { won: readonly Won[]; held: readonly LossFact[] },
): Won | undefined {
  const distance = ({ now }: Won) => Math.abs(now.at - reversal.at);
  const isOver = ({ grossMinor }: LossFact) => grossMinor === reversal.grossMinor;
  const [nearest] = won
    .filter((one) => isOver(one.now) && one.openedAt <= reversal.at)
    .sort((a, b) => distance(a) - distance(b) || byTime(a.now, b.now));
  if (nearest === undefined) return undefined;
  const { at } = nearest.now;
  return held.some((one) => isOver(one) && one.at > at && one.at < reversal.at) ? undefined : nearest;
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
