import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";

/** The most partners one above the other. */
export const maxTiers = 5;

/** Where a partner stands since a moment. Lists of them are in the order of `since`, then of their recording. */
export interface Position {
  partner: PartnerId;
  /** Null when nobody stands above it. */
  parent: PartnerId | null;
  since: Instant;
}

/** Who stands above whom at one moment. Who is not in it stands at the top. */
export type Parents = ReadonlyMap<PartnerId, PartnerId>;

/** Who stood above whom at a moment. */
export function parentsAt(positions: readonly Position[], at: Instant): Parents {
  const parents = new Map<PartnerId, PartnerId>();
  for (const position of positions) if (position.since <= at) apply(parents, position);
  return parents;
}

function apply(parents: Map<PartnerId, PartnerId>, { partner, parent }: Position): void {
  if (parent === null) parents.delete(partner);
  else parents.set(partner, parent);
}

/** Those above a partner, from the nearest on. */
export function partnersAbove(parents: Parents, partner: PartnerId): PartnerId[] {
  const above: PartnerId[] = [];
  let parent = parents.get(partner);
  // A circle cannot be recorded; were there one all the same, this ends.
  while (parent !== undefined && !above.includes(parent)) {
    above.push(parent);
    parent = parents.get(parent);
  }
  return above;
}

/** All who stood below a partner on any day. */
export function everBelow(positions: readonly Position[], partner: PartnerId): Set<PartnerId> {
  const below = new Set<PartnerId>();
  for (let before = -1; before < below.size; ) {
    before = below.size;
    for (const one of positions)
      if (one.parent !== null && (one.parent === partner || below.has(one.parent))) below.add(one.partner);
  }
  below.delete(partner);
  return below;
}

/** What is wrong with a position, and from when on. */
export interface UnfitPosition {
  code: "parent_cycle" | "tiers_exceeded";
  at: Instant;
}

/**
 * Why a position cannot be recorded among others: at some moment at which it would hold, a partner would stand above
 * itself, or more than five one above the other. Undefined when it fits. A position holds until the partner's next one.
 */
export function refusalOfPosition(
  positions: readonly Position[],
  added: Position,
): UnfitPosition | undefined {
  const index = positions.findLastIndex(({ since }) => since <= added.since) + 1;
  const all = positions.toSpliced(index, 0, added);
  const parents = new Map<PartnerId, PartnerId>();
  for (let at = 0; at < all.length; at++) {
    const position = all[at];
    if (position === undefined) break;
    apply(parents, position);
    // What holds at one moment is looked at once all that begins then stands.
    if (position.since < added.since || all[at + 1]?.since === position.since) continue;
    const code = refusalAt(parents, added.partner);
    if (code !== undefined) return { code, at: position.since };
  }
  return undefined;
}

function refusalAt(parents: Parents, partner: PartnerId): UnfitPosition["code"] | undefined {
  const above = partnersAbove(parents, partner);
  if (above.includes(partner)) return "parent_cycle";
  let below = 0;
  for (const other of parents.keys()) {
    const distance = partnersAbove(parents, other).indexOf(partner) + 1;
    below = Math.max(below, distance);
  }
  return above.length + 1 + below > maxTiers ? "tiers_exceeded" : undefined;
}
