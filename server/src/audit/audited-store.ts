import { currentDeed, type Deed, withinDeed } from "../deps/actor.ts";
import type { OpenedStore, Tx } from "../store/store.ts";
import { storeWith } from "../store/store-with.ts";
import type { Clock } from "../words/clock.ts";
import type { Log } from "../words/log.ts";
import { insertAuditEntry } from "./rows/audit-entries.ts";

/** How long what stands in an entry may be. */
const longestText = 200;

/**
 * The same store, which keeps an audit entry with the first change of each deed, in the change's own transaction: there
 * is no change by a person or a key without its entry, and no entry of what failed or was only rehearsed.
 */
export function auditedStore(store: OpenedStore, { clock, log }: { clock: Clock; log: Log }): OpenedStore {
  const writeAs = async <T>(deed: Deed, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const result = await store.write(async (tx) => {
      const done = await withinDeed(deed, () => work(tx));
      await insertAuditEntry(tx, { at: clock(), ...entryOf(deed) });
      return done;
    });
    deed.recorded = true;
    log.info("audit.recorded", entryOf(deed));
    return result;
  };
  return storeWith(store, {
    write: (work, options) => {
      const deed = currentDeed();
      if (deed !== undefined && !deed.recorded) return writeAs(deed, work);
      return store.write((tx) => withinDeed(deed, () => work(tx)), options);
    },
  });
}

const entryOf = ({
  actor,
  action,
  subject = null,
}: {
  actor: string;
  action: string;
  subject?: string | null | undefined;
}) => ({
  actor: actor.slice(0, longestText),
  action: action.slice(0, longestText),
  subject: subject?.slice(0, longestText) ?? null,
});
