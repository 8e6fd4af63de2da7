import { balanceOf } from "../ledger/settle.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { type Booking, journalRowOf } from "./book.ts";
import { addToBalances, insertPartnerTransfers } from "./rows/many-transfers.ts";
import type { BalanceRow } from "./rows/schema.ts";
import { addToBalance, insertPartnerTransfer, type NewPartnerTransferRow } from "./rows/transfers.ts";

/** A movement on a partner's accounts that no order explains. */
export interface PartnerBooking extends Booking {
  /** What kind of thing made it: `payout`, `adjustment`, `period`, `import`, …. */
  source: string;
  /** That thing's own id: one source books once for a partner, currency and kind. */
  sourceId: string;
}

/**
 * Books what is no order's: payouts, corrections, period terms, opening balances. The same booking again is refused by
 * the database, so a repetition must be noticed before. Both the journal and the sums, in the caller's transaction.
 */
export async function bookForPartner(
  tx: Tx,
  bookings: readonly PartnerBooking[],
  now: Instant,
): Promise<void> {
  for (const booking of [...bookings].sort(byOwner)) {
    await insertPartnerTransfer(tx, rowOf(booking, now));
    await addToBalance(tx, sumOf([booking], booking));
  }
}

/** The same for so many bookings that each in statements of its own would take too long: two statements for all. */
export async function bookManyForPartners(
  tx: Tx,
  bookings: readonly PartnerBooking[],
  now: Instant,
): Promise<void> {
  await insertPartnerTransfers(
    tx,
    bookings.map((booking) => rowOf(booking, now)),
  );
  const accounts = Map.groupBy([...bookings].sort(byOwner), (one) => `${one.partner} ${one.currency}`);
  await addToBalances(
    tx,
    [...accounts.values()].flatMap((some) => (some[0] === undefined ? [] : [sumOf(some, some[0])])),
  );
}

const rowOf = (booking: PartnerBooking, now: Instant): NewPartnerTransferRow => ({
  ...journalRowOf(booking, now),
  source: booking.source,
  source_id: booking.sourceId,
});

const sumOf = (
  bookings: readonly PartnerBooking[],
  { partner, currency }: Pick<PartnerBooking, "partner" | "currency">,
): BalanceRow => ({
  partner_id: partner,
  currency,
  shard: 0,
  held_minor: balanceOf(bookings, "held"),
  payable_minor: balanceOf(bookings, "payable"),
  paid_minor: balanceOf(bookings, "paid"),
});

// Always in the same order, so that two transactions never wait for each other's sums crosswise.
const byOwner = (a: PartnerBooking, b: PartnerBooking): number =>
  a.partner === b.partner ? (a.currency < b.currency ? -1 : 1) : a.partner < b.partner ? -1 : 1;
