import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { maxTiers, type Parents, type Position, parentsAt, refusalOfPosition } from "./hierarchy.ts";
import { findPartner } from "./rows/partners.ts";
import { insertPosition, listPositions } from "./rows/positions.ts";

/**
 * Makes changes of the hierarchy wait for one another until they end: two that are each sound could make a circle
 * together. Take it before anything else is written in the transaction.
 */
export const lockHierarchy = (tx: Tx) => lockName(tx, "partner positions");

/**
 * Records who stands above a partner since a moment; what was decided before stays. The caller has the hierarchy locked.
 * Below a partner that was merged it stands until the merge, and below the other from then on. False when it stands so
 * already.
 *
 * @throws {Refusal} `parent_unknown`, `parent_cycle`, `tiers_exceeded`; `partner_merged` below one that had been merged by then
 */
export async function placePartner(tx: Tx, position: Position, now: Instant): Promise<boolean> {
  const { partner, parent, since } = position;
  const above = parent === null ? undefined : await findPartner(tx, parent);
  if (parent !== null && above === undefined)
    throw new Refusal("parent_unknown", `There is no partner ${parent} to be the parent.`);
  const { merged_into: heir = null, merged_at: mergedAt = null } = above ?? {};
  if (heir !== null && mergedAt !== null && since >= mergedAt)
    throw new Refusal("partner_merged", `${parent} was merged into ${heir}: name ${heir}.`);
  if (!(await recordPosition(tx, position, now))) return false;
  if (heir === null || mergedAt === null) return true;
  const stood = parentsAt(await listPositions(tx), mergedAt).get(partner);
  if (stood === parent && heir !== partner)
    await recordPosition(tx, { partner, parent: heir, since: mergedAt }, now);
  return true;
}

async function recordPosition(tx: Tx, position: Position, now: Instant): Promise<boolean> {
  const { partner, parent, since } = position;
  const positions = await listPositions(tx);
  if ((parentsAt(positions, since).get(partner) ?? null) === parent) return false;
  const unfit = refusalOfPosition(positions, position);
  if (unfit !== undefined) throw refusalFor(position, unfit);
  await insertPosition(tx, { partner_id: partner, parent_id: parent, since, recorded_at: now });
  return true;
}

function refusalFor(
  { partner, parent }: Position,
  { code, at }: { code: "parent_cycle" | "tiers_exceeded"; at: Instant },
) {
  const when = isoTime(at).slice(0, 10);
  if (code === "parent_cycle")
    return new Refusal(code, `On ${when} ${parent} stands below ${partner}, so it cannot stand above it.`);
  return new Refusal(code, `On ${when} more than ${maxTiers} partners would stand one above the other.`);
}

/** Who stands above whom at a moment, as the transaction sees it. */
export const readParents = async (tx: Tx, at: Instant): Promise<Parents> =>
  parentsAt(await listPositions(tx), at);
