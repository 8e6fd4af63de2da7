import { type RawBuilder, sql } from "kysely";
import { type Engine, type Placeholders, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Currency, OrderKey, PartnerId } from "../../words/ids.ts";

// On SQLite the journal is sorted by partner a thousand movements at a time. Whoever looks for a partner's reads those that
// are sorted, and behind them the end of the journal.
const sortedUntil = sql`(select until from sorted_movements)`;

/** Which movements of a partner, by number from one on. */
export interface AccountFrom {
  partner_id: PartnerId;
  currency: Currency;
  from: number;
}

/**
 * The condition that a row of `transfers` is one of the first `limit` movements of an account that fit, by their numbers.
 *
 * @param fits what else holds of a row of `transfers`
 */
export function ofAccount(
  engine: Engine,
  { partner_id, currency, from }: Placeholders<AccountFrom>,
  { fits, limit }: { fits: RawBuilder<boolean>; limit: RawBuilder<unknown> },
): RawBuilder<boolean> {
  if (engine !== "sqlite")
    return sql`transfers.partner_id = ${partner_id} and transfers.currency = ${currency}
      and transfers.id >= ${from} and ${fits}`;
  return sql`transfers.id in (
    select id from (select transfers.id from partner_movements cross join transfers on transfers.id = partner_movements.id
      where partner_movements.partner_id = ${partner_id} and partner_movements.currency = ${currency}
        and partner_movements.id >= ${from}
        and transfers.partner_id = ${partner_id} and transfers.currency = ${currency} and ${fits}
      order by partner_movements.id limit ${limit})
    union all
    select id from (select transfers.id from transfers not indexed
      where transfers.id > max(${sortedUntil}, ${from} - 1)
        and transfers.partner_id = ${partner_id} and transfers.currency = ${currency} and ${fits}
      order by transfers.id limit ${limit}))`;
}

/**
 * The keys of the first orders of a span, or of the last, of which a partner has or had a share: a query of its own.
 *
 * @param within what holds of their `order_key`
 */
export function sharesOf(
  engine: Engine,
  partner_id: RawBuilder<PartnerId>,
  {
    within,
    order,
    limit,
  }: { within: RawBuilder<boolean>; order: "asc" | "desc"; limit: RawBuilder<unknown> },
): RawBuilder<{ order_key: OrderKey }> {
  const span = sql`partner_id = ${partner_id} and ${within}`;
  const page = sql`order by order_key ${sql.raw(order)} limit ${limit}`;
  if (engine !== "sqlite")
    return sql`select order_key from transfers where order_key is not null and ${span} group by order_key ${page}`;
  return sql`select order_key from (
    select order_key from (select order_key from partner_shares where ${span} ${page})
    union
    select order_key from (select distinct order_key from transfers not indexed where id > ${sortedUntil} and ${span} ${page})
  ) ${page}`;
}

const nextQuery = query<{ limit: number }>()((db, p) => ({
  compile: () =>
    sql<{ movements: number; first: number | null; last: number | null }>`select
        count(*) as movements, min(id) as first, max(id) as last
      from (select id from transfers where id > ${sortedUntil} order by id limit ${p.limit}) as waiting`.compile(
      db,
    ),
}));

/** The next movements that are to be sorted: how many there are, up to `limit`, and the first and last of them. */
export async function findUnsorted(
  tx: Tx,
  limit: number,
): Promise<{ count: number; first: number; last: number }> {
  const found = await tx.one(nextQuery, { limit });
  return { count: found?.movements ?? 0, first: found?.first ?? 0, last: found?.last ?? 0 };
}

interface Span {
  first: number;
  last: number;
}

const sortMovementsQuery = query<Span>()((db, p) => ({
  compile: () =>
    sql`insert into partner_movements (partner_id, currency, id)
      select partner_id, currency, id from transfers where id >= ${p.first} and id <= ${p.last}
      order by partner_id, currency, id`.compile(db),
}));

const sortSharesQuery = query<Span>()((db, p) => ({
  compile: () =>
    sql`insert into partner_shares (partner_id, order_key)
      select distinct partner_id, order_key from transfers
      where id >= ${p.first} and id <= ${p.last} and order_key is not null
      order by partner_id, order_key on conflict do nothing`.compile(db),
}));

const sortedQuery = query<{ last: number }>()((db, p) =>
  db.updateTable("sorted_movements").set({ until: p.last }).where("slot", "=", sql.lit("all")),
);

/** Sorts the movements from one to another, the next ones of the journal. */
export async function sortMovements(tx: Tx, { first, last }: Span): Promise<void> {
  const span = { first, last };
  await tx.run(sortMovementsQuery, span);
  await tx.run(sortSharesQuery, span);
  await tx.run(sortedQuery, span);
}

const mislaidQuery = query<object>()((db) => ({
  compile: () =>
    sql<{ id: number }>`select id from transfers where id <= ${sortedUntil} and (
        not exists (select 1 from partner_movements as sorted where sorted.partner_id = transfers.partner_id
          and sorted.currency = transfers.currency and sorted.id = transfers.id)
        or order_key is not null and not exists (select 1 from partner_shares as sorted
          where sorted.partner_id = transfers.partner_id and sorted.order_key = transfers.order_key))
      union all select until from sorted_movements where until > (select coalesce(max(id), 0) from transfers)
      limit 20`.compile(db),
}));

/** Transfers, also of the future, that no reader would find among their partner's: for checking. There should be none. */
export const findMislaid = async (tx: Tx): Promise<number[]> =>
  tx.engine === "sqlite" ? (await tx.all(mislaidQuery, {})).map(({ id }) => id) : [];
