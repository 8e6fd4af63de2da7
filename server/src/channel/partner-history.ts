import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { insertPartnerChange, listPartnerChanges } from "./rows/partner-history.ts";
import { findPartner } from "./rows/partners.ts";
import type { PartnerHistoryRow } from "./rows/schema.ts";

/** What was set of a partner, by the member's name: for an address only whether it was set or forgotten. */
export type ChangedMembers = Readonly<Record<string, string | number | null>>;

/** A change of a partner as it is listed. Times are ISO 8601 in UTC. */
export interface PartnerHistoryEntry {
  change: PartnerHistoryRow["change"];
  changed: ChangedMembers;
  recordedAt: string;
}

/** Keeps a change with the change itself, in one transaction. */
export const notePartnerChange = (
  tx: Tx,
  partner: PartnerId,
  { change, changed }: Pick<PartnerHistoryEntry, "change" | "changed">,
  now: Instant,
) =>
  insertPartnerChange(tx, {
    partner_id: partner,
    change,
    changed: JSON.stringify(changed),
    recorded_at: now,
  });

/**
 * What was changed of a partner since it was added, the oldest change first.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function readPartnerHistory(
  deps: Pick<Deps, "store">,
  id: string,
): Promise<PartnerHistoryEntry[]> {
  const partner = as.partner(id);
  const rows = await deps.store.read(async (tx) =>
    (await findPartner(tx, partner)) === undefined ? undefined : listPartnerChanges(tx, partner),
  );
  if (rows === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return rows.map(({ change, changed, recorded_at }) => ({
    change,
    changed: JSON.parse(changed) as ChangedMembers,
    recordedAt: isoTime(recorded_at),
  }));
}
