import type { LossFact, Term } from "./loss-fact.ts";

/** What refunds took, restored amounts taken off. */
export interface Refunded {
  terms: Term[];
  /** A state says that nothing is left. */
  whole: boolean;
  /** What a person entered as given back after all, gross. Where nothing was left, what was entered since. */
  restoredMinor: number;
}

/** What refunds took of the payments of one order. */
export function refundedTerms(facts: readonly LossFact[]): Refunded {
  const refunds = facts.filter(({ effect }) => effect === "refund");
  const terms: Term[] = [];
  const wholes: LossFact[] = [];
  for (const ofPayment of withTotalsOfCharges(groupByPayment(refunds))) {
    const state = newest(ofPayment.filter(({ cumulative }) => cumulative));
    if (state?.status === "whole") wholes.push(state);
    if (state !== undefined) terms.push(state);
    const movements = ofPayment.filter(({ cumulative }) => !cumulative);
    for (const told of groupBy(movements, ({ movement }) => movement)) {
      const now = newest(told);
      if (now === undefined) continue;
      if (now.status === "whole") wholes.push(now);
      terms.push(...termsBeside(state, now, beginOf(told)));
    }
  }
  const restored = groupBy(
    facts.filter(({ effect }) => effect === "restored"),
    ({ movement }) => movement,
  ).flatMap((told) => {
    const now = newest(told);
    return now?.status === "done" ? [now] : [];
  });
  terms.push(...restored.map(negative));
  // What came back before nothing was left went again with the rest.
  const until = newest(wholes)?.at;
  const since = restored.filter(({ at }) => until === undefined || at >= until);
  const restoredMinor = since.reduce((sum, one) => sum + one.grossMinor, 0);
  return { terms, whole: wholes.length > 0, restoredMinor };
}

/**
 * What a movement adds to a running total: nothing where the total contains it. One that came to nothing is taken off a
 * total that contained it, until a newer total says what is true.
 */
function termsBeside(state: LossFact | undefined, now: LossFact, begin: number): Term[] {
  const isLive = now.status === "pending" || now.status === "done";
  if (state === undefined) return isLive ? [now] : [];
  const contained = begin <= state.at;
  if (isLive) return contained ? [] : [now];
  const spent = Math.min(now.grossMinor, state.grossMinor);
  return contained && now.at >= state.at ? [negative({ ...now, grossMinor: spent })] : [];
}

/**
 * From when on a running total contains a movement. One that was only ever told as under way, without a time from which
 * it counts, is in none: the shop's totals leave it out until it is done. Of one of which only the end was told it is
 * not known, so it may be in any.
 */
function beginOf(told: readonly LossFact[]): number {
  const live = told.filter(({ status }) => status === "pending" || status === "done");
  if (live.length === 0) return Math.min(...told.map(({ createdAt }) => createdAt ?? 0));
  return Math.min(
    ...live.map(
      ({ createdAt, status, at }) => createdAt ?? (status === "done" ? at : Number.POSITIVE_INFINITY),
    ),
  );
}

/** What payments brought beyond what the order cost, in gross minor units: it may go back without a loss. */
export function paidBeyond(facts: readonly LossFact[], grossMinor: number): number {
  let paid = 0;
  const payments = facts.filter(({ effect }) => effect === "payment");
  for (const told of groupBy(payments, ({ movement }) => movement)) {
    const now = newest(told);
    if (now?.status === "done" || now?.status === "pending") paid += now.grossMinor;
  }
  return Math.max(0, paid - grossMinor);
}

const negative = ({ grossMinor, netMinor }: Term): Term => ({
  grossMinor: -grossMinor,
  netMinor: netMinor === undefined ? undefined : -netMinor,
  lines: [],
});

/** How far a movement is: of two statuses of one moment, the later one. */
const progress = { pending: 0, done: 1, failed: 2, cancelled: 3, deleted: 4, whole: 5 } as const;

/** The fact that counts of several about one thing: the newest, and of one moment the one that goes furthest. */
export function newest(facts: readonly LossFact[]): LossFact | undefined {
  let found: LossFact | undefined;
  for (const fact of facts) if (found === undefined || isAfter(fact, found)) found = fact;
  return found;
}

function isAfter(a: LossFact, b: LossFact): boolean {
  if (a.at !== b.at) return a.at > b.at;
  const ahead = progress[a.status] - progress[b.status];
  if (ahead !== 0) return ahead > 0;
  if (a.grossMinor !== b.grossMinor) return a.grossMinor > b.grossMinor;
  return (a.netMinor ?? -1) > (b.netMinor ?? -1);
}

/**
 * Refunds in groups of one payment each. A payment may go by several names, and each telling give others of them: those
 * that share a name, or tell of one movement, are of one payment.
 */
function groupByPayment(refunds: readonly LossFact[]): LossFact[][] {
  let groups: { names: Set<string>; facts: LossFact[] }[] = [];
  for (const fact of refunds) {
    const { payment, alsoNamed = [], movement, cumulative } = fact;
    const names = [payment, ...alsoNamed].map((name) => `payment ${name}`);
    if (!cumulative) names.push(`movement ${movement}`);
    const of = groups.filter((group) => names.some((name) => group.names.has(name)));
    const [first = { names: new Set<string>(), facts: [] }, ...others] = of;
    for (const name of [...names, ...others.flatMap((other) => [...other.names])]) first.names.add(name);
    first.facts.push(...others.flatMap((other) => other.facts), fact);
    groups = [...groups.filter((group) => !of.includes(group)), first];
  }
  return groups.map(({ facts }) => facts);
}

/**
 * The groups, where a payment that was told by its charge and by its intent, and never by both, is one. Totals that were
 * kept before every name was name the charge alone, and a refund may name the intent alone. It belongs to the first total
 * that can contain it; one that began later than all totals counts beside them in either group.
 */
function withTotalsOfCharges(groups: readonly LossFact[][]): LossFact[][] {
  const isSole = (kind: LossFact["soleName"]) => (group: readonly LossFact[]) =>
    group.every(({ soleName }) => soleName === kind);
  const ofIntents = groups.filter(isSole("intent"));
  const totals = groups.filter(isSole("charge")).flatMap((group) => {
    const total = newest(group.filter(({ cumulative }) => cumulative));
    return total === undefined ? [] : [{ group, at: total.at }];
  });
  if (ofIntents.length === 0 || totals.length === 0) return [...groups];
  const joined = new Map(groups.map((group) => [group, [...group]]));
  for (const movements of ofIntents) {
    const [first] = totals.filter(({ at }) => beginOf(movements) <= at).sort((a, b) => a.at - b.at);
    if (first === undefined) continue;
    joined.get(first.group)?.push(...movements);
    joined.delete(movements);
  }
  return [...joined.values()];
}

/** Facts in groups of one name each. */
export function groupBy(facts: readonly LossFact[], name: (fact: LossFact) => string): LossFact[][] {
  const groups = new Map<string, LossFact[]>();
  for (const fact of facts) {
    const group = groups.get(name(fact));
    if (group === undefined) groups.set(name(fact), [fact]);
    else group.push(fact);
  }
  return [...groups.values()];
}
