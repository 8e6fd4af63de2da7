import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

/** A row that was found where there should be none. */
interface Found {
  id: string;
}

const ofPayouts = sql`t.source = 'payout'`;

const strayQuery = query<object>()((db) => ({
  compile: () =>
    sql<Found>`select cast(t.id as text) as id from transfers t
      left join payout_items i on i.id = t.source_id
      where ${ofPayouts} and (i.id is null
        or i.partner_id <> t.partner_id or i.currency <> t.currency or i.amount_minor <> t.amount_minor
        or t.kind = 'payout' and i.state <> 'confirmed' and i.state <> 'returned'
        or t.kind = 'payout_return' and i.state <> 'returned'
        or t.kind <> 'payout' and t.kind <> 'payout_return')
      limit 20`.compile(db),
}));

/** Bookings of payouts that no item explains. */
export const findStrayBookings = (tx: Tx) => tx.all(strayQuery, {});

const missingQuery = query<object>()((db) => ({
  compile: () =>
    sql<Found>`select i.id from payout_items i
      where (i.state = 'confirmed' or i.state = 'returned') and not exists (
        select 1 from transfers t where ${ofPayouts} and t.source_id = i.id and t.kind = 'payout')
      or i.state = 'returned' and not exists (
        select 1 from transfers t where ${ofPayouts} and t.source_id = i.id and t.kind = 'payout_return')
      limit 20`.compile(db),
}));

/** Items that were paid, or came back, and were not booked so. */
export const findUnbookedItems = (tx: Tx) => tx.all(missingQuery, {});
