import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { requirePartner } from "./active-partner.ts";
import { parentsAt, partnersAbove } from "./hierarchy.ts";
import type { Partner } from "./partner.ts";
import { notePartnerChange } from "./partner-history.ts";
import { readPartner } from "./partners.ts";
import { lockHierarchy, placePartner } from "./place-partner.ts";
import { markPartnerEnded, markPartnerMerged, markPartnerSuspended } from "./rows/partners.ts";
import { listPositions } from "./rows/positions.ts";

/**
 * Suspends a partner from now on: what it would be credited for waits for a person (`partner_suspended`), nothing is paid
 * out to it, and it enters nothing new. It reads what it could read. `resumePartner` ends it. One that is suspended
 * already keeps its date.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`
 */
export async function suspendPartner(deps: Pick<Deps, "store" | "clock">, id: string): Promise<Partner> {
  const now = deps.clock();
  const partner = as.partner(id);
  return deps.store.write(async (tx) => {
    const row = await requirePartner(tx, id);
    if (row.status === "ended") throw new Refusal("partner_ended", `The agreement with ${id} has ended.`);
    if (await markPartnerSuspended(tx, { id: partner, suspended_at: now })) {
      const changed = { suspendedAt: isoTime(now) };
      await notePartnerChange(tx, partner, { change: "edited", changed }, now);
    }
    return found(await readPartner(tx, partner, now));
  });
}

/**
 * Merges a partner into another that is the same firm, from now on: it ends, what names it credits the other, and those
 * below it stand below the other. What was decided, and what it has earned, stays its own. This is for good.
 *
 * @throws {Refusal} `partner_unknown`; `partner_ended` where the other has ended; `partner_merged` where it was merged before;
 * `request_invalid` for a partner and itself; `parent_cycle`, `tiers_exceeded` where the other cannot stand in its place
 */
export async function mergePartner(
  deps: Pick<Deps, "store" | "clock">,
  id: string,
  { into }: { into: string },
): Promise<Partner> {
  if (id === into) throw new Refusal("request_invalid", "A partner is not merged into itself.");
  const now = deps.clock();
  const [from, heir] = [as.partner(id), as.partner(into)];
  return deps.store.write(async (tx) => {
    await lockHierarchy(tx);
    await requirePartner(tx, id);
    const other = await requirePartner(tx, into);
    if (other.status === "ended") throw new Refusal("partner_ended", `The agreement with ${into} has ended.`);
    await moveBelow(tx, { from, heir }, now);
    if (!(await markPartnerMerged(tx, { id: from, into: heir, at: now })))
      throw new Refusal("partner_merged", `${id} was merged before.`);
    await markPartnerEnded(tx, { id: from, ended_at: now });
    const changed = { endedAt: isoTime(now), mergedInto: into };
    await notePartnerChange(tx, from, { change: "ended", changed }, now);
    return found(await readPartner(tx, from, now));
  });
}

/**
 * Puts those who stand below one partner, or will from a later day on, below another; that one first, where it stands
 * there itself.
 */
async function moveBelow(
  tx: Tx,
  { from, heir }: { from: PartnerId; heir: PartnerId },
  now: Instant,
): Promise<void> {
  const recorded = await listPositions(tx);
  const later = recorded.filter(({ parent, since }) => parent === from && since > now);
  for (const since of new Set([now, ...later.map((one) => one.since)])) {
    const parents = parentsAt(recorded, since);
    const begins = (partner: PartnerId) =>
      since === now || later.some((one) => one.partner === partner && one.since === since);
    if (parents.get(heir) === from && begins(heir)) {
      const parent = partnersAbove(parents, from)[0] ?? null;
      await placePartner(tx, { partner: heir, parent, since }, now);
    }
    for (const [below, parent] of parents)
      if (parent === from && below !== heir && begins(below))
        await placePartner(tx, { partner: below, parent: heir, since }, now);
  }
}

function found(partner: Partner | undefined): Partner {
  if (partner === undefined) throw new Error("a partner is there for good");
  return partner;
}
