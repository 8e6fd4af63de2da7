import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { nothingElse } from "../words/nothing-else.ts";
import { Refusal } from "../words/refusal.ts";
import { changeAgreement } from "./change-agreement.ts";
import type { Partner, PartnerChanges } from "./partner.ts";
import { type ChangedMembers, notePartnerChange } from "./partner-history.ts";
import { basisPointsOf, hashesOf, refuseIllFormed } from "./partner-row.ts";
import { readPartner, refuseUnknownPartner } from "./partners.ts";
import { lockHierarchy, placePartner } from "./place-partner.ts";
import { updatePartner } from "./rows/partners.ts";

/**
 * Changes what is known of a partner; what is left out stays. By a new address its own purchases are noticed from the
 * next decision on. A new percentage counts for orders that come in from then on. What was decided stays, and so does
 * who stood above it on the day of a sale.
 *
 * @throws {Refusal} `request_invalid`, also when there is nothing to change; `partner_unknown`, `parent_unknown`,
 * `parent_cycle`, `tiers_exceeded`
 */
export async function editPartner(deps: Deps, id: string, changes: PartnerChanges): Promise<Partner> {
  refuseUnfitChanges(id, changes);
  const { store, clock } = deps;
  const partner = as.partner(id);
  const now = clock();
  return store.write(async (tx) => {
    if (changes.parent !== undefined) await lockHierarchy(tx);
    if (!(await updatePartner(tx, updateOf(deps, partner, changes)))) return refuseUnknownPartner(id);
    const { parent, since = now } = changes;
    const moved =
      parent !== undefined &&
      (await placePartner(tx, { partner, parent: parent === null ? null : as.partner(parent), since }, now));
    if (changes.sharing !== undefined)
      await changeAgreement(tx, partner, { sharing: changes.sharing, since: now }, now);
    const changed = { ...membersOf(changes), ...(moved ? { parent, since: isoTime(since) } : {}) };
    if (Object.keys(changed).length > 0)
      await notePartnerChange(tx, partner, { change: "edited", changed }, now);
    return (await readPartner(tx, partner, now)) ?? refuseUnknownPartner(id);
  });
}

function refuseUnfitChanges(
  id: string,
  { name, percent, email, sharing, parent, since }: PartnerChanges,
): void {
  if ([name, percent, email, sharing, parent].every((change) => change === undefined))
    throw new Refusal(
      "request_invalid",
      "Say what to change: the name, percentage, address, sharing or parent.",
    );
  if (parent === undefined && since !== undefined)
    throw new Refusal("request_invalid", "Say who stands above it since then.");
  refuseIllFormed({ name, percent, email: email ?? undefined });
  if (parent != null) refuseIllFormed({ parent });
  if (parent === id) throw new Refusal("parent_cycle", "A partner cannot stand above itself.");
}

function updateOf(deps: Deps, id: PartnerId, { name, percent, email }: PartnerChanges) {
  return {
    id,
    name: name ?? null,
    percent_bp: percent === undefined ? null : basisPointsOf(percent),
    sets_email: email === undefined ? (0 as const) : (1 as const),
    ...hashesOf(deps, email ?? undefined),
  };
}

/** What the history tells of a change: not the address, which is kept nowhere. */
function membersOf({
  name,
  percent,
  email,
  sharing,
  parent: _parent,
  since: _since,
  ...rest
}: PartnerChanges): ChangedMembers {
  nothingElse(rest);
  return {
    ...(name === undefined ? {} : { name }),
    ...(percent === undefined ? {} : { percent }),
    ...(sharing === undefined ? {} : { sharing }),
    ...(email === undefined ? {} : { email: email === null ? "forgotten" : "set" }),
  };
}
