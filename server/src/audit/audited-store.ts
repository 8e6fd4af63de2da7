import { currentDeed, type Deed, withinDeed } from "../deps/actor.ts";
import type { Statement } from "../store/query.ts";
import { perStatement } from "../store/statement-writes.ts";
import type { OpenedStore, Tx } from "../store/store.ts";
import { storeWith } from "../store/store-with.ts";
import type { Clock } from "../words/clock.ts";
import type { Log } from "../words/log.ts";
import { insertAuditEntry } from "./rows/audit-entries.ts";

/** How long what stands in an entry may be. */
const longestText = 200;

/**
 * The same store, which keeps an audit entry with the first change of each deed, in the change's own transaction: there
 * is no change by a person or a key without its entry, and no entry of what failed, was only rehearsed, or found nothing to
 * change.
 */
export function auditedStore(store: OpenedStore, { clock, log }: { clock: Clock; log: Log }): OpenedStore {
  const writeAs = async <T>(deed: Deed, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const { result, changed } = await store.write(async (tx) => {
      const watched = watch(tx);
      const result = await withinDeed(deed, () => work(watched.tx));
      const changed = watched.hasChanged();
      if (changed) await insertAuditEntry(tx, { at: clock(), ...entryOf(deed) });
      return { result, changed };
    });
    if (changed) {
      deed.recorded = true;
      log.info("audit.recorded", entryOf(deed));
    }
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

/** The same transaction, and whether any row was changed by it. Rows that only make others wait are no change. */
function watch(tx: Tx): { tx: Tx; hasChanged: () => boolean } {
  let changed = false;
  const note = (query: Statement, rows: number | undefined) => {
    if (changed || rows === 0) return;
    const { changes, returns } = changeOf(query, tx.engine);
    // What writes and answers with no rows, such as a list of rows in one statement, does not tell how many it wrote.
    if (changes && !(rows === undefined && returns)) changed = true;
  };
  return {
    hasChanged: () => changed,
    tx: {
      engine: tx.engine,
      async all(query, params) {
        const rows = await tx.all(query, params);
        note(query, rows.length || undefined);
        return rows;
      },
      async one(query, params) {
        const row = await tx.one(query, params);
        note(query, row === undefined ? undefined : 1);
        return row;
      },
      async run(query, params) {
        const rows = await tx.run(query, params);
        note(query, rows);
        return rows;
      },
    },
  };
}

/** Whether a statement changes rows, and whether it answers with those that it changed. Locks are no rows that anybody keeps. */
const changeOf = perStatement(({ text }, writes) => ({
  changes: writes.some(({ table }) => table !== "locks"),
  returns: text.includes("returning"),
}));

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
