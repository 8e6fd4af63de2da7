import { type RawBuilder, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { type EarningsBy, earningsBy } from "./schema.ts";

/** A sum, as the engine gives it: `Number` reads both. */
export interface EarningsSum {
  value: string | number;
  currency: string;
  orders: number | string;
  net_minor: number | string;
  commission_minor: number | string;
}

const day = sql`occurred_at / ${sql.lit(86_400_000)}`;
const values: Record<EarningsBy, RawBuilder<unknown>> = {
  partner: sql`partner_id`,
  product: sql`product`,
  month: day,
  tier: sql`tier`,
  campaign: sql`campaign`,
  evidence: sql`evidence`,
  reason: sql`reason`,
};

/** An order's net stands in the rows of all tiers, so it counts once where tiers are not told apart. */
export const countsTiersApart = (by: EarningsBy): boolean => by === "partner" || by === "tier";

interface Span {
  since: Instant;
  until: Instant;
}

const sumQuery = (by: EarningsBy) => {
  const once = countsTiersApart(by) ? sql`1 = 1` : sql`tier <= 1`;
  const counted = by === "product" ? once : sql`${once} and counts = 1`;
  return query<Span>()((db, p) => ({
    compile: () =>
      sql<EarningsSum>`select ${values[by]} as value, currency,
          sum(case when ${counted} then 1 else 0 end) as orders,
          sum(case when ${once} then net_minor else 0 end) as net_minor,
          sum(commission_minor) as commission_minor
        from earnings where occurred_at >= ${p.since} and occurred_at <= ${p.until}
        group by 1, 2`.compile(db),
  }));
};

const sumQueries = Object.fromEntries(earningsBy.map((by) => [by, sumQuery(by)])) as Record<
  EarningsBy,
  ReturnType<typeof sumQuery>
>;

/** Earnings of a part of a month, added up by one thing; by month, they are told apart by day. */
export const sumEarnings = (tx: Tx, by: EarningsBy, span: Span) => tx.all(sumQueries[by], span);

const monthsQuery = query<{ by: EarningsBy; first: string; last: string }>()((db, p) => ({
  compile: () =>
    sql<EarningsSum>`select value, currency, sum(orders) as orders, sum(net_minor) as net_minor,
        sum(commission_minor) as commission_minor
      from earnings_months where added_by = ${p.by} and month >= ${p.first} and month <= ${p.last}
      group by value, currency`.compile(db),
}));

/** Earnings of whole months, `first` and `last` among them. */
export const sumMonths = (tx: Tx, by: EarningsBy, months: { first: string; last: string }) =>
  tx.all(monthsQuery, { by, ...months });
