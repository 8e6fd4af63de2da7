import type { BookCheck, SourcedBooking } from "../books/book-check.ts";
import type { Tx } from "../store/store.ts";
import { sumTermOfClose, walkUnbookedTerms } from "./rows/booked-terms.ts";

/** Explains to `ledger verify` what closes of periods booked: each transfer is the sum of what its close found of a term. */
export const periodCheck: BookCheck = {
  source: "period",
  findWrong: async (tx, bookings) => {
    const wrong: { id: number; what: string }[] = [];
    for (const booking of bookings) {
      const what = await whatIsWrong(tx, booking);
      if (what !== undefined) wrong.push({ id: booking.id, what });
    }
    return wrong;
  },
  async *findMissing(tx, since) {
    for (const { closed_in, partner_id, term, currency } of await walkUnbookedTerms(tx, since))
      yield `period ${closed_in}: what term ${term} comes to for ${partner_id} in ${currency} was not booked`;
  },
};

async function whatIsWrong(tx: Tx, booking: SourcedBooking): Promise<string | undefined> {
  const { sourceId, partner, currency, kind, credit, amountMinor } = booking;
  const [closed_in = "", term = ""] = sourceId.split(" ");
  if (kind !== "term") return "a close books terms alone";
  const row = await sumTermOfClose(tx, { closed_in, partner_id: partner, term, currency });
  if (row === undefined || row.change_minor === null) return "no close found this term";
  const change = Number(row.change_minor);
  return change === (credit === "payable" ? amountMinor : -amountMinor)
    ? undefined
    : `its close found ${change} in minor units`;
}
