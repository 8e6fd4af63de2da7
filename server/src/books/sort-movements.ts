import type { Deps } from "../deps/deps.ts";
import { type SortingLater, sortLater } from "../store/sort-later.ts";
import { findUnsorted, sortMovements } from "./rows/partner-movements.ts";

/** So many are sorted in one transaction, some milliseconds; fewer wait at the end of the journal, which is read as it is. */
const sortedAtOnce = 1_000;

/** SQLite: sorts the journal's new movements by partner (`sortLater`). Returns how many were sorted. */
export const sortJournal = (
  { store }: Pick<Deps, "store">,
  { atOnce = sortedAtOnce, ...more }: SortingLater = {},
): Promise<number> => sortLater(store, { atOnce, ...more }, { waiting: findUnsorted, sort: sortMovements });
