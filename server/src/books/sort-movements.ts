import type { Deps } from "../deps/deps.ts";
import { findUnsorted, sortMovements } from "./rows/partner-movements.ts";

/** So many are sorted in one transaction, some milliseconds; fewer wait at the end of the journal, which is read as it is. */
export const sortedAtOnce = 1_000;

/**
 * SQLite: sorts the journal's new movements by partner, a thousand at a time and while there are as many. Nothing depends
 * on when: readers look at those that wait as well. Safe to run at any time and on many processes.
 *
 * @returns how many were sorted
 */
export async function sortJournal(
  { store }: Pick<Deps, "store">,
  { atOnce = sortedAtOnce, isStopping = () => false }: { atOnce?: number; isStopping?: () => boolean } = {},
): Promise<number> {
  let sorted = 0;
  if (store.engine !== "sqlite") return sorted;
  const isWaiting = async () => (await store.read((tx) => findUnsorted(tx, atOnce))).movements === atOnce;
  while (!isStopping() && (await isWaiting()))
    sorted += await store.write(async (tx) => {
      const { movements, ...span } = await findUnsorted(tx, atOnce);
      if (movements < atOnce) return 0;
      await sortMovements(tx, span);
      return movements;
    });
  return sorted;
}
