import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";

/** How much of a rate limit is used up, for one address or account. No row: nothing. */
export interface RateLimitRow {
  /** The limit's scope and the keyed hash of whom it counts. */
  id: string;
  /** When all of it is free again; each attempt moves it on. */
  whole_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    rate_limits: RateLimitRow;
  }
}

const wholeAtQuery = query<{ one: string; other: string }>()((db, p) =>
  db
    .selectFrom("rate_limits")
    .selectAll()
    .where((where) => where.or([where("id", "=", p.one), where("id", "=", p.other)])),
);

/** How much of one or two limits is used up; the second may be the first again. */
export const findLimits = (tx: Tx, ids: { one: string; other: string }) => tx.all(wholeAtQuery, ids);

/** What an attempt takes from a limit, in milliseconds of its recovery. */
export interface LimitCharge {
  id: string;
  now: Instant;
  cost: number;
  /** How far ahead of `now` the limit may be used up; a limit that is whole grants any cost. */
  capacity: number;
}

const weekMilliseconds = 7 * 86_400_000;

/**
 * The latest that a limit can honestly be whole again: a list of addresses may be a debt of days. Whatever lies behind
 * it was left by a clock that ran ahead and was set right, and says nothing.
 */
export const latestWhole = ({ now, cost, capacity }: Omit<LimitCharge, "id">): number =>
  now + Math.max(cost, capacity, weekMilliseconds);

const chargeQuery = query<{
  id: string;
  now: Instant;
  cost: number;
  later: Instant;
  latest: number;
  impossible: number;
}>()((db, p) =>
  db
    .insertInto("rate_limits")
    .values({ id: p.id, whole_at: p.later })
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet({
          whole_at: sql<Instant>`case when rate_limits.whole_at > ${p.impossible} then ${p.later}
              when rate_limits.whole_at > ${p.now} then rate_limits.whole_at + ${p.cost} else ${p.later} end`,
        })
        .where(sql<boolean>`(rate_limits.whole_at <= ${p.latest} or rate_limits.whole_at > ${p.impossible})`),
    ),
);

/** Takes from a limit in one statement, so that of many attempts at once no more pass than it grants. */
export async function chargeLimit(tx: Tx, { id, now, cost, capacity }: LimitCharge): Promise<boolean> {
  const later = (now + cost) as Instant;
  const latest = now + Math.max(0, capacity - cost);
  const impossible = latestWhole({ now, cost, capacity });
  return (await tx.run(chargeQuery, { id, now, cost, later, latest, impossible })) === 1;
}

const giveBackQuery = query<{ id: string; amount: number }>()((db, p) =>
  db
    .updateTable("rate_limits")
    .set({ whole_at: sql<Instant>`whole_at - ${p.amount}` })
    .where("id", "=", p.id),
);

/** Gives back what an attempt was charged too much. */
export const giveBackToLimit = (tx: Tx, refund: { id: string; amount: number }) =>
  tx.run(giveBackQuery, refund);

const deleteWholeQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db
    .deleteFrom("rate_limits")
    .where("id", "in", (inner) =>
      inner
        .selectFrom("rate_limits")
        .select("id")
        .where("whole_at", "<=", p.now)
        .orderBy("whole_at")
        .limit(p.limit),
    )
    .where("whole_at", "<=", p.now),
);

/** Deletes rows that say nothing any more, the oldest first; returns how many. */
export const deleteWholeLimits = (tx: Tx, page: { now: Instant; limit: number }) =>
  tx.run(deleteWholeQuery, page);
