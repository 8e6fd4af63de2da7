import { requireSecondPerson } from "../people/second-person.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { type PayoutRecord, readPayout, refuseUnknownPayout } from "./payout.ts";
import type { PayoutDeps } from "./payout-block.ts";
import { actorNow } from "./propose.ts";
import { type TakenOut, takeOutUnfit } from "./recheck.ts";
import { lockBatch, markApproved, markCancelled, markSettled } from "./rows/batches.ts";
import { markItemsCancelled, readItems, sumItems } from "./rows/items.ts";
import type { BatchState, PayoutBatchRow } from "./rows/schema.ts";

/** A batch as it stands after a change, and what the change took out of it. */
export interface ChangedPayout {
  payout: PayoutRecord;
  takenOut: TakenOut[];
}

/**
 * Approves a batch: by another person than the one that proposed it (people/second-person.ts). What may not be sent any
 * more is taken out.
 * One that was approved already stays as it is.
 *
 * @throws {Refusal} `payout_unknown`, `payout_same_person`, `payout_state`
 */
export async function approvePayout(deps: PayoutDeps, id: string): Promise<ChangedPayout> {
  const now = deps.clock();
  const by = actorNow();
  return deps.store.write(async (tx) => {
    const batch = await requireBatch(tx, id);
    if (batch.state === "cancelled") return refuseState(batch, "is cancelled");
    await requireSecondPerson(tx, deps, {
      proposedBy: batch.proposed_by,
      approver: by,
      partners: (await readItems(tx, id)).map(({ partner_id }) => partner_id),
      code: "payout_same_person",
      what: id,
    });
    if (batch.state !== "proposed") return { payout: await readPayout(tx, id), takenOut: [] };
    const takenOut = await takeOutUnfit(tx, deps, id, now);
    await markApproved(tx, { id, by, at: now });
    await settleIfDone(tx, id, now);
    return { payout: await readPayout(tx, id), takenOut };
  });
}

/**
 * Cancels a batch that was not exported: what it reserved is payable again. One that is cancelled already stays as it is.
 *
 * @throws {Refusal} `payout_unknown`, `payout_state` when it was exported: the bank may have it
 */
export async function cancelPayout(
  deps: Pick<PayoutDeps, "store" | "clock">,
  id: string,
): Promise<PayoutRecord> {
  const at = deps.clock();
  return deps.store.write(async (tx) => {
    const batch = await requireBatch(tx, id);
    if (batch.state === "exported" || batch.state === "settled")
      return refuseState(batch, "was exported: confirm its rows as failed where the bank does not pay them");
    if (batch.state !== "cancelled") {
      await markCancelled(tx, { id, by: actorNow(), at });
      await markItemsCancelled(tx, id);
    }
    return readPayout(tx, id);
  });
}

/** A batch that the transaction holds locked. @throws {Refusal} `payout_unknown` */
export async function requireBatch(tx: Tx, id: string): Promise<PayoutBatchRow> {
  return (await lockBatch(tx, id)) ?? refuseUnknownPayout(id);
}

/** @throws {Refusal} `payout_state`, always */
export function refuseState({ id, state }: { id: string; state: BatchState }, why: string): never {
  throw new Refusal("payout_state", `${id} is ${state}: it ${why}.`);
}

/** A batch of which nothing is open is done. */
export async function settleIfDone(tx: Tx, id: string, now: Instant): Promise<void> {
  const sums = await sumItems(tx, id);
  if (!sums.some(({ state }) => state === "open")) await markSettled(tx, { id, at: now });
}
