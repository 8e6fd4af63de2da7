import { type Instant, instant } from "../clock.ts";
import { randomHex } from "../random-hex.ts";
import {
  claimDue,
  type DueDestination,
  findConversionId,
  findDueDestinations,
} from "../store/queries/outbox-work.ts";
import type { OutboxRow } from "../store/schema-outbox.ts";
import type { Store } from "../store/store.ts";
import type { Lanes } from "./lanes.ts";

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
  const inTurn = [...due.slice(start), ...due.slice(0, start)];
  const claimed: ClaimedRow[] = [];
  for (const destination of inTurn) {
    const limit = lanes.free(destination.id);
    if (limit === 0) continue;
    const claim = { destination_id: destination.id, now, until: instant(now + leaseMilliseconds), limit };
    const rows = await store.write(async (tx) => {
      const taken = await claimDue(tx, { ...claim, lease: randomHex(8) });
      return Promise.all(
        taken.map(async (row) => ({
          row,
          destination,
          conversionId: row.seq === 1 ? null : await findConversionId(tx, row),
        })),
      );
    });
    for (const one of rows) {
      lanes.enter(destination.id);
      claimed.push(one);
    }
  }
  return claimed;
}
