import type { Deps } from "../deps/deps.ts";
import { addDays } from "../words/clock.ts";
import type { LicenceHash } from "../words/ids.ts";
import { claimTables, deleteOldClaims, findLastClaim } from "./rows/prune-registrations.ts";

const pageSize = 500;
/** So many pages of a table in one go, so that a walk through millions takes hours and not the writer. */
const pagesAtOnce = 20;

const first = "" as LicenceHash;

/** Deletes registrations that led to no order, a page in each transaction, going on where it ended before. */
export interface RegistrationPruner {
  /** @returns how many were deleted */
  prune(): Promise<number>;
}

/**
 * Makes what deletes the registrations of so many days ago whose licence no order has, and the claims that contradicted
 * them. Never while their evidence counts. Licences stand in no order of time, so it walks round and round.
 */
export function createRegistrationPruner(deps: Pick<Deps, "store" | "clock" | "config">): RegistrationPruner {
  const places = new Map(claimTables.map((table) => [table, first]));
  return {
    prune: async () => {
      const { retention, policy } = deps.config;
      const { token: countsDays } = policy.windowDays;
      if (countsDays === undefined) return 0;
      const days = Math.max(retention.registrationsDays, countsDays);
      const before = addDays(deps.clock(), -days);
      let deleted = 0;
      for (const [table, place] of places) {
        let after: LicenceHash | undefined = place;
        for (let page = 0; page < pagesAtOnce && after !== undefined; page++) {
          const from: LicenceHash = after;
          const upTo = await deps.store.read((tx) =>
            findLastClaim(tx, table, { after: from, limit: pageSize }),
          );
          if (upTo !== undefined)
            deleted += await deps.store.write((tx) =>
              deleteOldClaims(tx, table, { after: from, upTo, before }),
            );
          after = upTo;
        }
        places.set(table, after ?? first);
      }
      return deleted;
    },
  };
}
