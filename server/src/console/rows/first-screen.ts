import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency } from "../../words/ids.ts";

/** Of what waits, no more than this many are counted. */
export const countedAtMost = 1_000;

const owedQuery = query<object>()((db) =>
  db
    .selectFrom("balances")
    .select("currency")
    .select((row) => [
      row.fn.sum<number | string>("held_minor").as("held"),
      row.fn.sum<number | string>("payable_minor").as("payable"),
      row.fn.sum<number | string>("paid_minor").as("paid"),
    ])
    .groupBy("currency")
    .orderBy("currency"),
);

/** What all partners together have in a currency, in minor units. */
export interface Owed {
  currency: Currency;
  heldMinor: number;
  payableMinor: number;
  paidMinor: number;
}

/** Sums of the balances by currency: as many rows as partners have balances, however long the journal is. */
export const sumOwed = async (tx: Tx): Promise<Owed[]> =>
  (await tx.all(owedQuery, {})).map(({ currency, held, payable, paid }) => ({
    currency,
    heldMinor: Number(held),
    payableMinor: Number(payable),
    paidMinor: Number(paid),
  }));

const heldQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ reason: string; orders: number }>`select reason, count(*) as orders
      from (select reason from orders where outcome = 'held' order by order_key desc limit ${sql.lit(countedAtMost)}) as newest
      group by reason order by count(*) desc, reason`.compile(db),
}));

/** The newest held orders by reason, the most first. */
export const countNewestHeld = async (tx: Tx): Promise<{ reason: string; orders: number }[]> =>
  (await tx.all(heldQuery, {})).map(({ reason, orders }) => ({ reason, orders: Number(orders) }));

const waitingQuery = query<object>()((db) =>
  db
    .selectFrom("waiting_deliveries")
    .select(["shop", sql<number>`count(*)`.as("deliveries")])
    .groupBy("shop"),
);

/** How many deliveries of each shop wait to be confirmed by its API. */
export const countWaitingDeliveries = async (tx: Tx): Promise<Map<string, number>> =>
  new Map((await tx.all(waitingQuery, {})).map(({ shop, deliveries }) => [shop, Number(deliveries)]));

const cursorsQuery = query<object>()((db) =>
  db
    .selectFrom("reconcile_cursors")
    .select((row) => ["shop", row.fn.max("read_until").as("read_until")])
    .groupBy("shop"),
);

/** Until when each shop's API was read last. */
export const findReconciled = async (tx: Tx): Promise<Map<string, Instant>> =>
  new Map((await tx.all(cursorsQuery, {})).map(({ shop, read_until }) => [shop, read_until]));

const dealsQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ deals: number }>`select count(*) as deals
      from (select 1 as one from deals where state = 'registered' limit ${sql.lit(countedAtMost)}) as waiting`.compile(
      db,
    ),
}));

/** How many registered customers wait for an answer. */
export const countWaitingDeals = async (tx: Tx): Promise<number> =>
  Number((await tx.one(dealsQuery, {}))?.deals ?? 0);

const stuckQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ state: "failed" | "manual"; messages: number }>`select state, count(*) as messages
      from (select state from outbox where state = 'failed' limit ${sql.lit(countedAtMost)}) as failed group by state
      union all select state, count(*) from (select state from outbox where state = 'manual' limit ${sql.lit(countedAtMost)}) as manual
      group by state`.compile(db),
}));

/** How many messages were given up, or are to be told by hand. */
export const countStuckMessages = async (tx: Tx): Promise<number> =>
  (await tx.all(stuckQuery, {})).reduce((sum, { messages }) => sum + Number(messages), 0);
