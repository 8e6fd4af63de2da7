import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import { type CheckedItem, findItems, findUnbookedItems } from "./rows/payout-checks.ts";

/** What `ledger verify` checks of payouts: each booking is that of an item that was paid or came back, and each has its own. */
export const payoutCheck: BookCheck = {
  source: "payout",
  findWrong: async (tx, bookings) => {
    const items = await findItems(tx, [...new Set(bookings.map(({ sourceId }) => sourceId))]);
    const byId = new Map(items.map((item) => [item.id, item]));
    return bookings.flatMap((booking) => {
      const what = faultOf(booking, byId.get(booking.sourceId));
      return what === undefined ? [] : [{ id: booking.id, what }];
    });
  },
  async *findMissing(tx, since) {
    for (const { id, state } of await findUnbookedItems(tx, since))
      yield `payout ${id}: it is ${state}, and the journal does not say so`;
  },
};

function faultOf(booking: SourcedBooking, item: CheckedItem | undefined): string | undefined {
  if (item === undefined) return "there is no such payout";
  const states = booking.kind === "payout" ? ["confirmed", "returned"] : ["returned"];
  if (!states.includes(item.state)) return `its payout is ${item.state}`;
  const agrees =
    (booking.kind === "payout" || booking.kind === "payout_return") &&
    item.partner_id === booking.partner &&
    item.currency === booking.currency &&
    item.amount_minor === booking.amountMinor;
  return agrees ? undefined : "its payout says otherwise";
}
