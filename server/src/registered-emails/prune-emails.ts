import type { Deps } from "../deps/deps.ts";
import { addDays } from "../words/clock.ts";
import type { EmailHash } from "../words/ids.ts";
import { deleteOldEmails, findLastEmail } from "./rows/prune-emails.ts";

/** What has passed its window is kept so long, for purchases that a shop tells late, and a window that is made longer. */
const keptDays = 365;
const pageSize = 500;
/** So many pages in one go, so that a walk through millions takes hours and not the writer. */
const pagesAtOnce = 20;

const first = "" as EmailHash;

/** Deletes registered addresses that have counted for nothing for a year, going on where it ended before. */
export interface EmailPruner {
  /** @returns how many were deleted */
  prune(): Promise<number>;
}

/**
 * Makes what deletes addresses a year after their window, a page in each transaction. Hashes stand in no order of time, so
 * it walks round and round. An order that was decided on one keeps it in its record; without a window none is deleted.
 */
export function createEmailPruner({
  store,
  clock,
  config,
}: Pick<Deps, "store" | "clock" | "config">): EmailPruner {
  let place = first;
  return {
    prune: async () => {
      const { email: countsDays } = config.policy.windowDays;
      if (countsDays === undefined) return 0;
      const before = addDays(clock(), -countsDays - keptDays);
      let deleted = 0;
      for (let page = 0; page < pagesAtOnce; page++) {
        const after = place;
        const upTo = await store.read((tx) => findLastEmail(tx, { after, limit: pageSize }));
        place = upTo ?? first;
        if (upTo === undefined) return deleted;
        deleted += await store.write((tx) => deleteOldEmails(tx, { after, upTo, before }));
      }
      return deleted;
    },
  };
}
