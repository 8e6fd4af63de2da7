import { sql } from "kysely";
import { sharesOf } from "../../books/rows/partner-movements.ts";
import { ofPartner } from "../../orders/rows/partner-keys.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderKey, PartnerId } from "../../words/ids.ts";

/** So many orders' bookings are one step of a walk: some milliseconds. */
export const stepBookings = 500;

/** A span of orders by when they arrived: keys behind `after`, and before `until`. */
interface Span {
  partner_id: PartnerId;
  after: OrderKey;
  until: OrderKey;
}

const earnedQuery = query<Span>()((db, p, engine) => {
  const within = sql<boolean>`order_key > ${p.after} and order_key < ${p.until}`;
  const keys = sharesOf(engine, p.partner_id, { within, order: "asc", limit: sql.lit(stepBookings) });
  return db
    .selectFrom("transfers")
    .select([
      "order_key",
      "currency",
      sql<number>`sum(case when debit = 'expense' then amount_minor when credit = 'expense' then -amount_minor else 0 end)`.as(
        "earned_minor",
      ),
      sql<number>`sum(case when credit = 'held' then amount_minor when debit = 'held' then -amount_minor else 0 end)`.as(
        "held_minor",
      ),
      sql<Instant | null>`(select release_at from orders where orders.order_key = transfers.order_key)`.as(
        "release_at",
      ),
    ])
    .where("partner_id", "=", p.partner_id)
    .where("order_key", "is not", null)
    .where(engine === "sqlite" ? sql<boolean>`order_key in (${keys})` : within)
    .groupBy(["order_key", "currency"])
    .orderBy("order_key")
    .limit(sql.lit(stepBookings));
});

/** What a partner earned by the next orders of a span, what of it is held, and when that becomes payable. */
export const walkEarned = (tx: Tx, span: Span) => tx.all(earnedQuery, span);

const nextReleaseQuery = query<{ partner_id: PartnerId; since: Instant; until: Instant }>()((db, p, engine) =>
  db
    .selectFrom("orders")
    .select("release_at")
    .where(
      ofPartner(engine, sql`${p.partner_id}`, {
        within: ({ occurred_at }) => sql`${occurred_at} >= ${p.since} and ${occurred_at} < ${p.until}`,
      }),
    )
    .where("release_at", "is not", null)
    .orderBy("release_at")
    .limit(sql.lit(1)),
);

/** When the next of what a partner sold within some days becomes payable; null when nothing waits. */
export const findNextRelease = async (
  tx: Tx,
  about: { partner_id: PartnerId; since: Instant; until: Instant },
): Promise<Instant | null> => (await tx.one(nextReleaseQuery, about))?.release_at ?? null;
