import type { Tx } from "../store/store.ts";
import { findStrayBookings, findUnbookedItems } from "./rows/check-payouts.ts";

/**
 * What is wrong between the journal and the payouts, a sentence for each: every booking of a payout is that of an item
 * that was confirmed, with its partner, currency and amount, and every such item has its booking.
 */
export async function checkPayouts(tx: Tx): Promise<string[]> {
  const stray = await findStrayBookings(tx);
  const unbooked = await findUnbookedItems(tx);
  return [
    ...stray.map(({ id }) => `transfer ${id}: no confirmed payout explains it`),
    ...unbooked.map(({ id }) => `payout ${id}: what became of it is not booked`),
  ];
}
