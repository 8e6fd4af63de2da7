import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import { type Instant, instant } from "../../words/clock.ts";
import type { Currency, OrderKey } from "../../words/ids.ts";

/** How many orders one step of a walk looks at: a step takes milliseconds, and purchases come between two. */
const stepOrders = sql.lit(500);
const dayMs = sql.lit(86_400_000);

/** Orders of one day, outcome and reason in one step of a walk. */
export interface OutcomeCount {
  /** Days since 1970. */
  day: number;
  outcome: "credited" | "held" | "unattributed";
  reason: string;
  orders: number;
}

const outcomesQuery = query<{ after: OrderKey }>()((db, p) => ({
  compile: () =>
    sql<OutcomeCount & { last: OrderKey }>`select received_at / ${dayMs} as day, outcome, reason,
        count(*) as orders, max(order_key) as last
      from (select received_at, outcome, reason, order_key from orders
        where order_key > ${p.after} and joined_to is null order by order_key limit ${stepOrders}) as step
      group by received_at / ${dayMs}, outcome, reason`.compile(db),
}));

/** A step through the orders from a key on: how many there were by day, outcome and reason, and where the step ended. */
export async function countOutcomes(
  tx: Tx,
  after: OrderKey,
): Promise<{ counts: OutcomeCount[]; last: OrderKey | undefined }> {
  const rows = await tx.all(outcomesQuery, { after });
  const last = rows
    .map((row) => row.last)
    .sort()
    .at(-1);
  const counts = rows.map(({ day, outcome, reason, orders }) => ({
    day: Math.floor(Number(day)),
    outcome,
    reason,
    orders: Number(orders),
  }));
  return { counts, last };
}

const releasesQuery = query<{ from: Instant; until: Instant }>()((db, p) =>
  db
    .selectFrom("orders")
    .innerJoin("transfers", "transfers.order_key", "orders.order_key")
    .select("transfers.currency")
    .select(
      sql<number | string>`sum(case when transfers.credit = 'held' then transfers.amount_minor
        when transfers.debit = 'held' then -transfers.amount_minor else 0 end)`.as("held_minor"),
    )
    .where("orders.release_at", ">=", p.from)
    .where("orders.release_at", "<", p.until)
    .groupBy("transfers.currency"),
);

const releaseStepQuery = query<{ from: Instant; until: Instant }>()((db, p) =>
  db
    .selectFrom("orders")
    .select("release_at")
    .where("release_at", ">=", p.from)
    .where("release_at", "<", p.until)
    .orderBy("release_at")
    .limit(sql.lit(1))
    .offset(stepOrders as never),
);

/** Where the next step of a walk through what becomes payable within a time ends: behind so many orders, or with the time. */
export async function findReleaseStep(tx: Tx, range: { from: Instant; until: Instant }): Promise<Instant> {
  const at = (await tx.one(releaseStepQuery, range))?.release_at ?? range.until;
  // What becomes payable in one instant is one step, however much it is.
  return at > range.from ? at : instant(Math.min(range.from + 1, range.until));
}

/** What becomes payable within a time, by currency. */
export const sumReleases = async (
  tx: Tx,
  range: { from: Instant; until: Instant },
): Promise<{ currency: Currency; heldMinor: number }[]> =>
  (await tx.all(releasesQuery, range)).map(({ currency, held_minor }) => ({
    currency,
    heldMinor: Number(held_minor),
  }));

/** Terms of one partner and currency that end, in one step of a walk. */
export interface EndingTerms {
  partner: string;
  currency: Currency;
  orders: number;
  netMinor: number;
}

const endingQuery = query<{ after: OrderKey; until: OrderKey; term: string }>()((db, p) => ({
  compile: () =>
    sql<{
      partner_id: string | null;
      currency: Currency;
      orders: number;
      net: number | string;
      last: OrderKey;
    }>`
      select partner_id, currency, max(order_key) as last,
        sum(case when ends = 1 then 1 else 0 end) as orders,
        sum(case when ends = 1 then net_minor else 0 end) as net
      from (select o.order_key, o.partner_id, o.currency, o.net_minor,
          case when o.partner_id is not null and o.joined_to is null and o.licence_hash is not null
            and o.lines like ${p.term}
            and not exists (select 1 from orders as later
              where later.licence_hash = o.licence_hash and later.order_key > o.order_key)
            then 1 else 0 end as ends
        from orders as o where o.order_key > ${p.after} and o.order_key < ${p.until}
        order by o.order_key limit ${stepOrders}) as step
      group by partner_id, currency`.compile(db),
}));

/**
 * A step through the orders between two keys: those of a term (`P1Y`) whose licence has no later order, by partner, and
 * where the step ended.
 */
export async function countEndingTerms(
  tx: Tx,
  { after, until, period }: { after: OrderKey; until: OrderKey; period: string },
): Promise<{ terms: EndingTerms[]; last: OrderKey | undefined }> {
  const rows = await tx.all(endingQuery, { after, until, term: `%"period":"${period}"%` });
  const terms = rows.flatMap(({ partner_id, currency, orders, net }) =>
    partner_id === null || Number(orders) === 0
      ? []
      : [{ partner: partner_id, currency, orders: Number(orders), netMinor: Number(net) }],
  );
  return {
    terms,
    last: rows
      .map((row) => row.last)
      .sort()
      .at(-1),
  };
}
