import type { PartnerId } from "../../words/ids.ts";
import { frozenCredits } from "../decide/decide-order.ts";
import type { CheckedDecision } from "../rows/checked-orders.ts";

/** The percentages a partner has had: what it was added with, and each change since. */
export interface PartnerRates {
  /** Null where it was not written down. */
  addedBp: number | null;
  /** Oldest first. */
  changes: readonly { at: number; bp: number }[];
}

/** Clocks of several processes differ, and a sale may be under way while a percentage is changed. */
const slackMilliseconds = 3_600_000;

/**
 * What is wrong with the rates of decisions that no plan paid: each is one that the partner had when it was decided, or
 * that an earlier decision on the order had promised it.
 */
export function checkRates(
  decisions: readonly CheckedDecision[],
  ratesOf: (partner: PartnerId) => PartnerRates | undefined,
): string[] {
  let promised = new Map<PartnerId, number>();
  for (const decision of decisions) {
    const credits = decision.plan === null ? frozenCredits(decision) : [];
    for (const { partner, rateBp } of credits) {
      const rates = ratesOf(partner);
      if (rates === undefined) return [`its partner ${partner} is not there`];
      if (promised.get(partner) !== rateBp && !hadRate(rates, rateBp, decision.decided_at))
        return [`its rate of ${rateBp / 100} percent is none that ${partner} had`];
    }
    promised = new Map(frozenCredits(decision).map(({ partner, rateBp }) => [partner, rateBp]));
  }
  return [];
}

function hadRate({ addedBp, changes }: PartnerRates, bp: number, at: number): boolean {
  const before = changes.findLastIndex((one) => one.at <= at - slackMilliseconds);
  const within = changes.slice(Math.max(before, 0)).filter((one) => one.at <= at + slackMilliseconds);
  if (within.some((one) => one.bp === bp)) return true;
  return before === -1 && (addedBp === null || addedBp === bp);
}

/** Whether what a partner has now is what was written down last. */
export const agreesWithHistory = ({ addedBp, changes }: PartnerRates, bp: number): boolean => {
  const last = changes.at(-1)?.bp ?? addedBp;
  return last === null || last === bp;
};
