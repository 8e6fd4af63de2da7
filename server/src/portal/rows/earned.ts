import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, OrderKey, PartnerId } from "../../words/ids.ts";

/** A span of orders by when they arrived: keys from `from`, and before `until`. */
interface Span {
  partner_id: PartnerId;
  from: OrderKey;
  until: OrderKey;
}

const earnedQuery = query<Span>()((db, p) =>
  db
    .selectFrom("transfers")
    .select([
      "currency",
      sql<number>`sum(case when debit = 'expense' then amount_minor when credit = 'expense' then -amount_minor else 0 end)`.as(
        "earned_minor",
      ),
    ])
    .where("partner_id", "=", p.partner_id)
    .where("order_key", "is not", null)
    .where("order_key", ">=", p.from)
    .where("order_key", "<", p.until)
    .groupBy("currency"),
);

/** What a partner earned by the orders of a span, by currency. It walks through that partner's bookings of the span alone. */
export const sumEarned = async (tx: Tx, span: Span): Promise<{ currency: Currency; earnedMinor: number }[]> =>
  (await tx.all(earnedQuery, span)).map((row) => ({
    currency: row.currency,
    earnedMinor: Number(row.earned_minor),
  }));

const nextReleaseQuery = query<{ partner_id: PartnerId; since: Instant }>()((db, p) =>
  db
    .selectFrom("orders")
    .select("release_at")
    .where("partner_id", "=", p.partner_id)
    .where("occurred_at", ">=", p.since)
    .where("release_at", "is not", null)
    .orderBy("release_at")
    .limit(sql.lit(1)),
);

/** When the next of what a partner sold since a day becomes payable; null when nothing waits. */
export const findNextRelease = async (
  tx: Tx,
  about: { partner_id: PartnerId; since: Instant },
): Promise<Instant | null> => (await tx.one(nextReleaseQuery, about))?.release_at ?? null;
