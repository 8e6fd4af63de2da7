import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { findNewestTransfer, putProgress, readProgress } from "./rows/progress.ts";

/** What was written by a transaction that ended late may stand before what was read: so much is read again. */
export const overlapMilliseconds = 2 * 60_000;
/** The same of the journal's numbers, where nothing else is known. */
const overlapMovements = 1_000;

/** Begins to follow the journal where nobody did: with the first offer, and not before, since nobody is given anything. */
export async function beginFollowing(tx: Tx, now: Instant): Promise<void> {
  if ((await readProgress(tx)) !== undefined) return;
  const newest = await findNewestTransfer(tx);
  await putProgress(tx, {
    slot: "all",
    after_id: Math.max(newest - overlapMovements, 0),
    after_key: firstOrderKey(instant(now - overlapMilliseconds)),
  });
}
