import type { Deps } from "../../deps/deps.ts";
import { type SortingLater, sortLater } from "../../store/sort-later.ts";
import { findUnsortedOrders, sortOrderRows } from "../rows/partner-keys.ts";

/** So many are sorted in one transaction, some milliseconds; fewer wait at the end of the table, which is read as it is. */
const sortedAtOnce = 500;

/** SQLite: sorts new orders by partner and by the buyer's address (`sortLater`). Returns how many were sorted. */
export const sortOrders = (
  { store }: Pick<Deps, "store">,
  { atOnce = sortedAtOnce, ...more }: SortingLater = {},
): Promise<number> =>
  sortLater(store, { atOnce, ...more }, { waiting: findUnsortedOrders, sort: sortOrderRows });
