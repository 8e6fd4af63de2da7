import type { Store, Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import { randomHex } from "../words/random-hex.ts";
import type { Lanes } from "./lanes.ts";
import type { OutboxRow } from "./rows/schema.ts";
import {
  type Claim,
  claimDue,
  type DueDestination,
  findConversionId,
  findDueDestinations,
} from "./rows/work.ts";

/** A message that a worker has for itself until its lease ends. */
export interface ClaimedRow {
  row: OutboxRow;
  destination: DueDestination;
  conversionId: string | null;
}

const destinationsAtMost = 10_000;

/** Claims what is due, as far as there are lanes for it. `shuffle` sees to it that no destination is always the last. */
export async function claimRound(
  store: Store,
  lanes: Lanes,
  { now, leaseMilliseconds, chance }: { now: Instant; leaseMilliseconds: number; chance: number },
): Promise<ClaimedRow[]> {
  const due = await store.read((tx) => findDueDestinations(tx, { now, limit: destinationsAtMost }));
  const start = Math.floor(chance * due.length);
  const until = instant(now + leaseMilliseconds);
  let left = lanes.left;
  const claims: PlannedClaim[] = [];
  for (const destination of [...due.slice(start), ...due.slice(0, start)]) {
    const limit = Math.min(left, lanes.free(destination.id));
    if (limit === 0) continue;
    left -= limit;
    claims.push({
      destination,
      claim: { destination_id: destination.id, now, until, limit, lease: randomHex(8) },
    });
  }
  const claimed = claims.length === 0 ? [] : await store.write((tx) => claimAll(tx, claims));
  for (const { destination } of claimed) lanes.enter(destination.id);
  return claimed;
}

interface PlannedClaim {
  destination: DueDestination;
  claim: Claim;
}

/** All claims of a round share one commit. */
async function claimAll(tx: Tx, claims: readonly PlannedClaim[]): Promise<ClaimedRow[]> {
  const claimed: ClaimedRow[] = [];
  for (const { destination, claim } of claims)
    for (const row of await claimDue(tx, claim)) {
      const conversionId = row.seq === 1 ? null : await findConversionId(tx, row);
      claimed.push({ row, destination, conversionId });
    }
  return claimed;
}
