import type { Deps } from "../deps/deps.ts";
import { addDays } from "../words/clock.ts";
import { as, type Reference } from "../words/ids.ts";
import { deleteUnusedClicks, findLastClick } from "./rows/prune-clicks.ts";

const pageSize = 500;
/** So many pages in one go, so that the first prune of an old database takes hours and not the writer. */
const pagesAtOnce = 20;

/** Deletes clicks that led to no order, a page in each transaction, going on where it ended before. */
export interface ClickPruner {
  /** @returns how many were deleted */
  prune(): Promise<number>;
}

/**
 * Makes what deletes the clicks of so many days ago that no order named. Those that an order named stay: renewals
 * inherit them. References begin with the time, so the oldest stand first.
 */
export function createClickPruner(deps: Pick<Deps, "store" | "clock" | "config">): ClickPruner {
  let after: Reference = as.reference("");
  return {
    prune: async () => {
      const { clicksDays } = deps.config.retention;
      const before = addDays(deps.clock(), -Math.max(clicksDays, deps.config.referenceDays));
      let deleted = 0;
      for (let page = 0; page < pagesAtOnce; page++) {
        const about = { after, before, limit: pageSize };
        const last = await deps.store.read((tx) => findLastClick(tx, about));
        if (last === undefined) break;
        deleted += await deps.store.write((tx) => deleteUnusedClicks(tx, { after, before, upTo: last }));
        after = last;
      }
      return deleted;
    },
  };
}
