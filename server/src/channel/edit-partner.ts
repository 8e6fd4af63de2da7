import type { Deps } from "../deps/deps.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import type { Partner, PartnerChanges } from "./partner.ts";
import { type ChangedMembers, notePartnerChange } from "./partner-history.ts";
import { basisPointsOf, hashesOf, partnerOf, refuseIllFormed } from "./partner-row.ts";
import { findPartner, updatePartner } from "./rows/partners.ts";

/**
 * Changes what is known of a partner; what is left out stays. A new address serves to notice its own purchases from
 * the next decision on, and a new percentage counts for orders that come in from then on: what was decided stays.
 *
 * @throws {Refusal} `request_invalid`, also when there is nothing to change; `partner_unknown`
 */
export async function editPartner(deps: Deps, id: string, changes: PartnerChanges): Promise<Partner> {
  const { name, percent, email, sharing } = changes;
  if ([name, percent, email, sharing].every((change) => change === undefined))
    throw new Refusal("request_invalid", "Say what to change: the name, percentage, address or sharing.");
  refuseIllFormed({ name, percent, email: email ?? undefined });
  const { hashes, store, clock } = deps;
  const partner = as.partner(id);
  const row = await store.write(async (tx) => {
    const isKnown = await updatePartner(tx, {
      id: partner,
      name: name ?? null,
      percent_bp: percent === undefined ? null : basisPointsOf(percent),
      sharing: sharing ?? null,
      sets_email: email === undefined ? 0 : 1,
      ...hashesOf({ hashes }, email ?? undefined),
    });
    if (!isKnown) return undefined;
    await notePartnerChange(tx, partner, { change: "edited", changed: membersOf(changes) }, clock());
    return findPartner(tx, partner);
  });
  if (row === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return partnerOf(row);
}

/** What the history tells of a change: not the address, which is kept nowhere. */
function membersOf({ name, percent, email, sharing }: PartnerChanges): ChangedMembers {
  return {
    ...(name === undefined ? {} : { name }),
    ...(percent === undefined ? {} : { percent }),
    ...(sharing === undefined ? {} : { sharing }),
    ...(email === undefined ? {} : { email: email === null ? "forgotten" : "set" }),
  };
}
