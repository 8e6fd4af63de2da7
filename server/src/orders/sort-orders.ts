import type { Deps } from "../deps/deps.ts";
import { findUnsortedOrders, sortOrderRows } from "./rows/partner-keys.ts";

/** So many are sorted in one transaction, some milliseconds; fewer wait at the end of the table, which is read as it is. */
export const ordersSortedAtOnce = 500;

/**
 * SQLite: sorts new orders by partner and by the buyer's address, some hundred at a time and while there are as many.
 * Nothing depends on when: readers look at those that wait as well. Safe to run at any time and on many processes.
 *
 * @returns how many were sorted
 */
export async function sortOrders(
  { store }: Pick<Deps, "store">,
  {
    atOnce = ordersSortedAtOnce,
    isStopping = () => false,
  }: { atOnce?: number; isStopping?: () => boolean } = {},
): Promise<number> {
  let sorted = 0;
  if (store.engine !== "sqlite") return sorted;
  const isWaiting = async () => (await store.read((tx) => findUnsortedOrders(tx, atOnce))).orders === atOnce;
  while (!isStopping() && (await isWaiting()))
    sorted += await store.write(async (tx) => {
      const waiting = await findUnsortedOrders(tx, atOnce);
      if (waiting.orders < atOnce) return 0;
      await sortOrderRows(tx, waiting);
      return waiting.orders;
    });
  return sorted;
}
