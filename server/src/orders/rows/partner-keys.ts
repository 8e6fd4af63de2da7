import { type RawBuilder, sql } from "kysely";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";

// On SQLite orders are sorted by partner, and by the buyer's address, some hundred at a time. Whoever looks for a
// partner's reads those that are sorted, and behind them the end of the table (docs/decisions/orders.md).
const sortedUntil = sql`(select until from sorted_orders)`;

/** A row of whatever stands for an order, by its columns. */
interface SortedColumns {
  occurred_at: RawBuilder<unknown>;
  order_key: RawBuilder<unknown>;
}

const columnsOf = (table: string): SortedColumns => ({
  occurred_at: sql.ref(`${table}.occurred_at`),
  order_key: sql.ref(`${table}.order_key`),
});

/** Which of a partner's orders. */
export interface PartnerKeys {
  /** What holds of them beside being the partner's. */
  within(row: SortedColumns): RawBuilder<boolean>;
  /** The first of them in some order, so that no more keys are gathered than are read; all by default. */
  first?: { by(row: SortedColumns): RawBuilder<unknown>; limit: RawBuilder<unknown> };
}

/**
 * The keys of a partner's orders: a query of its own. On SQLite of `first` as many from either half, in no order, so that
 * whoever reads them orders and cuts them again.
 */
export function keysOfPartner(
  engine: Engine,
  partner_id: RawBuilder<unknown>,
  { within, first }: PartnerKeys,
): RawBuilder<{ order_key: OrderKey }> {
  const half = (table: string, from = sql.ref(table), also = sql``) => {
    const row = columnsOf(table);
    const cut = first === undefined ? sql`` : sql` order by ${first.by(row)} limit ${first.limit}`;
    return sql<{ order_key: OrderKey }>`select ${row.order_key} from ${from}
      where ${also}${sql.ref(`${table}.partner_id`)} = ${partner_id} and ${within(row)}${cut}`;
  };
  if (engine !== "sqlite") return half("orders");
  const unsorted = sql`unsorted.rowid > ${sortedUntil} and `;
  return sql`select order_key from (${half("partner_orders")})
    union all select order_key from (${half("unsorted", sql`orders as unsorted not indexed`, unsorted)})`;
}

/** The condition that a row of `orders` is a partner's. */
export const ofPartner = (
  engine: Engine,
  partner_id: RawBuilder<unknown>,
  keys: PartnerKeys,
): RawBuilder<boolean> =>
  engine === "sqlite"
    ? sql`orders.order_key in (${keysOfPartner(engine, partner_id, keys)})`
    : sql`orders.partner_id = ${partner_id} and ${keys.within(columnsOf("orders"))}`;

const nextQuery = query<{ limit: number }>()((db, p) => ({
  compile: () =>
    sql<{ orders: number; first: number | null; last: number | null; until: number }>`select
        count(*) as orders, min(number) as first, max(number) as last, ${sortedUntil} as until
      from (select rowid as number from orders where rowid > ${sortedUntil} order by rowid limit ${p.limit}) as waiting`.compile(
      db,
    ),
}));

/** The next orders that are to be sorted, by the numbers of their rows, and how many are. */
export interface UnsortedOrders {
  /** How many there are, up to the limit. */
  count: number;
  first: number;
  last: number;
  /** The number of the last one that is sorted, which is how many there are. */
  until: number;
}

/** The next orders that are to be sorted, `limit` at the most. */
export async function findUnsortedOrders(tx: Tx, limit: number): Promise<UnsortedOrders> {
  const found = await tx.one(nextQuery, { limit });
  return {
    count: found?.orders ?? 0,
    first: found?.first ?? 0,
    last: found?.last ?? 0,
    until: found?.until ?? 0,
  };
}

interface Span {
  first: number;
  last: number;
}

const sortPartnersQuery = query<Span>()((db, p) => ({
  compile: () =>
    sql`insert into partner_orders (partner_id, occurred_at, order_key)
      select partner_id, occurred_at, order_key from orders
      where rowid >= ${p.first} and rowid <= ${p.last} and partner_id is not null
      order by partner_id, occurred_at, order_key`.compile(db),
}));

const sortEmailsQuery = query<Span & { run: number }>()((db, p) => ({
  compile: () =>
    sql`insert into email_orders (run, email_hash, order_key)
      select ${p.run}, email_hash, order_key from orders
      where rowid >= ${p.first} and rowid <= ${p.last} and email_hash is not null
      order by email_hash, order_key`.compile(db),
}));

const runQuery = query<object>()((db) => ({
  compile: () =>
    sql<{
      run: number;
      orders: number;
    }>`select run, orders from email_runs order by run desc limit 1`.compile(db),
}));

const fillRunQuery = query<{ run: number; orders: number }>()((db, p) => ({
  compile: () =>
    sql`insert into email_runs (run, orders) values (${p.run}, ${p.orders})
      on conflict (run) do update set orders = email_runs.orders + excluded.orders`.compile(db),
}));

const sortedQuery = query<{ last: number }>()((db, p) => ({
  compile: () => sql`update sorted_orders set until = ${p.last} where slot = 'all'`.compile(db),
}));

// A run's pages are written once for each time that some are sorted into it, and each run is asked for an address. So
// runs grow with the table: there are some 64 of them and 64 more for each time that it has grown to 2.7 times its size.
const smallestRun = 4_000;
const runsOfTable = 64;

/** Sorts some orders, the next ones of the table. */
export async function sortOrderRows(tx: Tx, { count, first, last, until }: UnsortedOrders): Promise<void> {
  const newest = await tx.one(runQuery, {});
  const isFull = newest !== undefined && newest.orders >= Math.max(smallestRun, until / runsOfTable);
  const run = (newest?.run ?? 0) + (newest === undefined || isFull ? 1 : 0);
  await tx.run(sortPartnersQuery, { first, last });
  await tx.run(sortEmailsQuery, { first, last, run });
  await tx.run(fillRunQuery, { run, orders: count });
  await tx.run(sortedQuery, { last });
}

const wrongQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ order_key: string }>`select sorted.order_key from partner_orders as sorted where not exists (
        select 1 from orders where orders.order_key = sorted.order_key and orders.partner_id = sorted.partner_id
          and orders.occurred_at = sorted.occurred_at and orders.rowid <= ${sortedUntil})
      union all select sorted.order_key from email_orders as sorted where not exists (
        select 1 from orders where orders.order_key = sorted.order_key and orders.email_hash = sorted.email_hash
          and orders.rowid <= ${sortedUntil})
      union all select 'row ' || until from sorted_orders where until > (select coalesce(max(rowid), 0) from orders)
      limit 20`.compile(db),
}));

// An order may stand in one run alone. Who takes one away and puts another there twice would have to keep both sums.
const totalsQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ partners: number; emails: number; sums: number }>`select
        (select count(*) from partner_orders) - (select count(*) from orders
          where rowid <= ${sortedUntil} and partner_id is not null) as partners,
        sum(number is not null) - (select count(*) from orders
          where rowid <= ${sortedUntil} and email_hash is not null) as emails,
        abs(total(number) - (select total(rowid) from orders where rowid <= ${sortedUntil} and email_hash is not null))
          + abs(total(number * number % 1000003) - (select total(rowid * rowid % 1000003) from orders
            where rowid <= ${sortedUntil} and email_hash is not null)) as sums
      from (select orders.rowid as number from email_orders cross join orders
        on orders.order_key = email_orders.order_key)`.compile(db),
}));

const missingQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ order_key: string }>`select order_key from orders where rowid <= ${sortedUntil} and (
        partner_id is not null and not exists (select 1 from partner_orders as sorted
          where sorted.partner_id = orders.partner_id and sorted.occurred_at = orders.occurred_at
            and sorted.order_key = orders.order_key)
        or email_hash is not null and 1 <> (select count(*) from email_runs cross join email_orders as sorted
          on sorted.run = email_runs.run
          where sorted.email_hash = orders.email_hash and sorted.order_key = orders.order_key))
      limit 20`.compile(db),
}));

/**
 * Orders that are missing among those sorted by partner or address, stand there twice or wrongly: for checking. Each that
 * is there is looked up once; each run is asked for each order only where the sums say that some are missing.
 */
export async function findMislaidOrders(tx: Tx): Promise<string[]> {
  if (tx.engine !== "sqlite") return [];
  const wrong = (await tx.all(wrongQuery, {})).map(({ order_key }) => order_key);
  const totals = await tx.one(totalsQuery, {});
  const agree = totals !== undefined && !totals.partners && !totals.emails && !totals.sums;
  const missing = agree ? [] : (await tx.all(missingQuery, {})).map(({ order_key }) => order_key);
  return [...new Set([...wrong, ...missing])];
}
