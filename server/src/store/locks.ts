import { query } from "./query.ts";
import type { Tx } from "./store.ts";

/** A name that can be locked. Rows are made when a name is first locked, and stay. */
export interface LockRow {
  name: string;
}

declare module "./schema.ts" {
  interface Schema {
    locks: LockRow;
  }
}

const makeLockQuery = query<LockRow>()((db, p) =>
  db
    .insertInto("locks")
    .values({ name: p.name })
    .onConflict((conflict) => conflict.doNothing()),
);

const takeLockQuery = query<LockRow>()((db, p) =>
  db
    .updateTable("locks")
    .set((row) => ({ name: row.ref("name") }))
    .where("name", "=", p.name),
);

/**
 * Makes transactions that lock one name wait for one another until they end, where the rows that they are about may
 * not be there yet: a lock on a missing row locks nothing. SQLite has one writer at a time, so nothing is written there.
 */
export async function lockName(tx: Tx, name: string): Promise<void> {
  if (tx.engine === "sqlite") return;
  if ((await tx.run(makeLockQuery, { name })) === 0) await tx.run(takeLockQuery, { name });
}

const forgetLocksQuery = query<{ pattern: string }>()((db, p) =>
  db.deleteFrom("locks").where("name", "like", p.pattern),
);

/** Removes names that were locked, by a pattern of SQL's `like`: where a name holds what nobody may keep any longer. */
export const forgetLocks = (tx: Tx, pattern: string): Promise<number> =>
  tx.run(forgetLocksQuery, { pattern });
