import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import { adjustmentSource, bookingOf } from "./adjustment.ts";
import { findAdjustments, findUnbooked } from "./rows/adjustment-checks.ts";
import type { NewAdjustmentRow } from "./rows/adjustments.ts";

/** What `ledger verify` checks of bookings by hand: the journal says of each what its adjustment says. */
export const adjustmentCheck: BookCheck = {
  source: adjustmentSource,
  findWrong: async (tx, bookings) => {
    const rows = await findAdjustments(tx, [...new Set(bookings.map(({ sourceId }) => sourceId))]);
    const byId = new Map(rows.map((row) => [row.adjustment_id, row]));
    return bookings.flatMap((booking) => {
      const what = faultOf(booking, byId.get(booking.sourceId));
      return what === undefined ? [] : [{ id: booking.id, what }];
    });
  },
  async *findMissing(tx, since) {
    for (const { adjustment_id } of await findUnbooked(tx, since))
      yield `adjustment ${adjustment_id}: it is booked, and stands nowhere in the journal`;
  },
};

function faultOf(booking: SourcedBooking, row: NewAdjustmentRow | undefined): string | undefined {
  if (row === undefined) return "there is no such adjustment";
  if (row.status !== "booked") return `its adjustment is ${row.status}`;
  const expected = bookingOf(row);
  const agrees = (["partner", "kind", "debit", "credit", "amountMinor", "currency"] as const).every(
    (member) => expected[member] === booking[member],
  );
  return agrees ? undefined : "its adjustment says otherwise";
}
