import type { Deps } from "../deps/deps.ts";
import { deleteWholeLimits } from "./rows/limits.ts";

const pageSize = 1_000;

/**
 * Deletes the rows of limits that are whole again, a page a transaction, so that the table holds no more than the
 * addresses and accounts of the last hours and nothing else waits for long. Safe on many processes at once.
 *
 * @returns how many rows were deleted
 */
export async function pruneLimits({ store, clock }: Pick<Deps, "store" | "clock">): Promise<number> {
  const now = clock();
  let deleted = 0;
  for (;;) {
    const page = await store.write((tx) => deleteWholeLimits(tx, { now, limit: pageSize }));
    deleted += page;
    if (page < pageSize) return deleted;
  }
}
