import type { Store, Tx } from "./store.ts";

/** How far a job goes that sorts rows of SQLite later, many at once. */
export interface SortingLater {
  /** So many are sorted in one transaction, and fewer are left as they are. */
  atOnce?: number;
  isStopping?: () => boolean;
}

/**
 * SQLite: sorts what waits at the end of a table, `atOnce` rows in a transaction and while there are as many. On PostgreSQL
 * indexes do it. Nothing depends on when: readers look at what waits as well. Safe to run at any time and on many processes.
 *
 * @param waiting finds the next rows, `limit` at the most, and says how many they are
 * @param sort sorts these rows
 * @returns how many were sorted
 */
export async function sortLater<Waiting>(
  store: Store,
  { atOnce, isStopping = () => false }: SortingLater & { atOnce: number },
  rows: {
    waiting(tx: Tx, limit: number): Promise<Waiting & { count: number }>;
    sort(tx: Tx, waiting: Waiting & { count: number }): Promise<void>;
  },
): Promise<number> {
  let sorted = 0;
  if (store.engine !== "sqlite") return sorted;
  const isWaiting = async () => (await store.read((tx) => rows.waiting(tx, atOnce))).count === atOnce;
  while (!isStopping() && (await isWaiting()))
    sorted += await store.write(async (tx) => {
      const next = await rows.waiting(tx, atOnce);
      if (next.count < atOnce) return 0;
      await rows.sort(tx, next);
      return next.count;
    });
  return sorted;
}
