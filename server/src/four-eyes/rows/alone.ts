import { sql } from "kysely";
import { columnsOf } from "../../store/columns.ts";
import { insertList } from "../../store/insert-list.ts";
import { overList } from "../../store/over-list.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";
import type { BookedAloneRow } from "./schema.ts";

/** What was booked alone, before the database has numbered it. */
export type NewBookedAlone = Omit<BookedAloneRow, "booking_no">;

/** Keeps what was booked alone. */
export const insertBookedAlone = insertList<NewBookedAlone>({
  table: "booked_alone",
  columns: columnsOf<NewBookedAlone>({
    deed_id: true,
    partner_id: true,
    currency: true,
    amount_minor: true,
    booked_by: true,
    booked_at: true,
    takes_back: true,
  }),
  numbers: ["amount_minor", "booked_at"],
});

interface Sum {
  partner_id: PartnerId;
  currency: Currency;
  more_minor: number | string | null;
  less_minor: number | string | null;
}

const sums = overList(
  (items) => sql<Sum>`select booked.partner_id, booked.currency,
      sum(case when booked.amount_minor > 0 then booked.amount_minor end) as more_minor,
      sum(case when booked.amount_minor < 0 then booked.amount_minor end) as less_minor
    from ${items} cross join booked_alone as booked
    where booked.partner_id = item.value ->> 0 and booked.currency = item.value ->> 1
      and booked.booked_by = item.value ->> 2 and booked.booked_at >= cast(item.value ->> 3 as bigint)
      and booked.takes_back is null
      and not exists (select 1 from booked_alone as later where later.takes_back = booked.deed_id)
    group by booked.partner_id, booked.currency`,
);

const byDeed = overList(
  (items) => sql<Pick<BookedAloneRow, "deed_id" | "booked_by">>`select booked.deed_id, booked.booked_by
    from ${items} cross join booked_alone as booked where booked.deed_id = item.value ->> 0`,
);

/** Who booked a deed alone; undefined where a second person approved it, or nobody booked it. */
export const findBookedAlone = async (tx: Parameters<typeof byDeed>[0], deed: string) =>
  (await byDeed(tx, [[deed]]))[0]?.booked_by;

/** Of which partner, and in which currency. */
export interface Purse {
  partner: PartnerId;
  currency: Currency;
}

/** What one person booked for a partner with nobody's approval, in minor units, each direction by itself. */
export interface AloneSum extends Purse {
  /** In the partner's favour; 0 or more. */
  moreMinor: number;
  /** In the vendor's; 0 or less. */
  lessMinor: number;
}

/**
 * What actors booked for some partners since a moment, without a second person. What one of them took back itself, alone,
 * counts in neither direction. A purse without a sum is left out.
 */
export async function sumBookedAlone(
  tx: Parameters<typeof sums>[0],
  purses: readonly Purse[],
  { actors, since }: { actors: readonly string[]; since: Instant },
): Promise<AloneSum[]> {
  const found = await sums(
    tx,
    purses.flatMap(({ partner, currency }) => actors.map((actor) => [partner, currency, actor, since])),
  );
  return found.map((row) => ({
    partner: row.partner_id,
    currency: row.currency,
    moreMinor: Number(row.more_minor ?? 0),
    lessMinor: Number(row.less_minor ?? 0),
  }));
}
