import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency } from "../../words/ids.ts";

/** Of what waits, no more than this many are counted. */
export const countedAtMost = 1_000;

const owedQuery = query<object>()((db) => ({
  compile: () =>
    sql<{
      currency: Currency;
      held: number | string;
      payable: number | string;
      owing: number | string;
      paid: number | string;
    }>`select currency, sum(held) as held, sum(case when payable > 0 then payable else 0 end) as payable,
        sum(case when payable < 0 then -payable else 0 end) as owing, sum(paid) as paid
      from (select currency, sum(held_minor) as held, sum(payable_minor) as payable, sum(paid_minor) as paid
        from balances group by currency, partner_id) as of_partners
      group by currency order by currency`.compile(db),
}));

/** What all partners together have in a currency, in minor units. */
export interface Owed {
  currency: Currency;
  heldMinor: number;
  /** Of those who are to be paid. */
  payableMinor: number;
  /** What the others owe, since refunds came after they were paid: it lessens nobody's pay but their own. */
  owingMinor: number;
  paidMinor: number;
}

/** Sums of the balances by currency: as many rows as partners have balances, however long the journal is. */
export const sumOwed = async (tx: Tx): Promise<Owed[]> =>
  (await tx.all(owedQuery, {})).map(({ currency, held, payable, owing, paid }) => ({
    currency,
    heldMinor: Number(held),
    payableMinor: Number(payable),
    owingMinor: Number(owing),
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

const boundedCount = (table: string, condition: string) =>
  query<object>()((db) => ({
    compile: () =>
      sql<{
        many: number;
      }>`select count(*) as many from (select 1 from ${sql.table(table)} where ${sql.raw(condition)} limit ${sql.lit(countedAtMost)}) as waiting`.compile(
        db,
      ),
  }));

/** Read by `disputes_due` and `deals_waiting`: what does not wait costs nothing. */
const dueDisputesQuery = boundedCount("disputes", "due_at is not null");
const waitingDealsQuery = boundedCount("deals", "state = 'registered'");

/** How many contested decisions wait for the vendor. */
export const countDueDisputes = async (tx: Tx): Promise<number> =>
  Number((await tx.one(dueDisputesQuery, {}))?.many ?? 0);

/** How many deals wait for an answer. */
export const countWaitingDeals = async (tx: Tx): Promise<number> =>
  Number((await tx.one(waitingDealsQuery, {}))?.many ?? 0);
